"""Role-play scenes: the way on which a person last played each to its end."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0030_scene_played"
down_revision = "0029_analysis_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('delivery_scene_played',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('scene', sa.String(length=60), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_delivery_scene_played_person_id_identity_person')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_delivery_scene_played_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('person_id', 'course', 'scene', name=op.f('pk_delivery_scene_played'))
    )


def downgrade() -> None:
    op.drop_table('delivery_scene_played')
