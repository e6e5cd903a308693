"""The first tables of delivery."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0005_delivery"
down_revision = "0004_enrolment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('delivery_position',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('step', sa.String(length=60), nullable=False),
    sa.Column('scroll', sa.Double(), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('scroll BETWEEN 0 AND 1', name=op.f('ck_delivery_position_scroll')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_delivery_position_person_id_identity_person')),
    sa.PrimaryKeyConstraint('person_id', 'course', name=op.f('pk_delivery_position'))
    )
    op.create_table('delivery_step_done',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('step', sa.String(length=60), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_delivery_step_done_enrolment_id_enrolment_enrolment')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_delivery_step_done_person_id_identity_person')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_delivery_step_done_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('person_id', 'course', 'step', name=op.f('pk_delivery_step_done'))
    )


def downgrade() -> None:
    for table in ("step_done", "position"):
        op.drop_table(f"delivery_{table}")
