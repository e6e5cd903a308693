"""Hand-overs of groups, with what the phone of the old holder still keeps."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0013_hand_over"
down_revision = "0012_paths_in_enrolment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_hand_over',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('old_id', sa.Integer(), nullable=True),
    sa.Column('new_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('on_phone', sa.Integer(), nullable=True),
    sa.Column('told_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint('on_phone >= 0', name=op.f('ck_fieldwork_hand_over_on_phone')),
    sa.ForeignKeyConstraint(['by_id'], ['identity_person.id'], name=op.f('fk_fieldwork_hand_over_by_id_identity_person')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_hand_over_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['new_id'], ['identity_person.id'], name=op.f('fk_fieldwork_hand_over_new_id_identity_person')),
    sa.ForeignKeyConstraint(['old_id'], ['identity_person.id'], name=op.f('fk_fieldwork_hand_over_old_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_hand_over'))
    )
    op.create_index(op.f('ix_fieldwork_hand_over_group_id'), 'fieldwork_hand_over', ['group_id'], unique=False)


def downgrade() -> None:
    op.drop_table("fieldwork_hand_over")
