"""What groups and pendamping come to in a month."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0016_month_facts"
down_revision = "0015_code_alone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_leader_month',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('duty_days', sa.Integer(), nullable=False),
    sa.Column('on_duty_end', sa.Integer(), nullable=False),
    sa.Column('led', sa.Integer(), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.Column('unprepared', sa.Integer(), nullable=False),
    sa.Column('as_of', UtcDateTime(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('met', sa.Integer(), nullable=False),
    sa.Column('reported', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('set_aside', sa.Integer(), nullable=False),
    sa.Column('exits_own', sa.Integer(), nullable=False),
    sa.Column('exits_natural', sa.Integer(), nullable=False),
    sa.Column('exits_other', sa.Integer(), nullable=False),
    sa.Column('caseload_end', sa.Integer(), nullable=False),
    sa.Column('person_days', sa.Integer(), nullable=False),
    sa.Column('sesi_done', sa.Integer(), nullable=False),
    sa.Column('steps_done', sa.Integer(), nullable=False),
    sa.Column('steps_due', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_leader_month_person_id_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_fieldwork_leader_month_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('person_id', 'month', name=op.f('pk_fieldwork_leader_month'))
    )
    op.create_index('ix_fieldwork_leader_month_month_unit_id', 'fieldwork_leader_month', ['month', 'unit_id'], unique=False)
    op.create_table('fieldwork_group_month',
    sa.Column('group_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('responsible_id', sa.Integer(), nullable=True),
    sa.Column('last_met', sa.Date(), nullable=True),
    sa.Column('silent_days', sa.Integer(), nullable=True),
    sa.Column('as_of', UtcDateTime(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('met', sa.Integer(), nullable=False),
    sa.Column('reported', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('set_aside', sa.Integer(), nullable=False),
    sa.Column('exits_own', sa.Integer(), nullable=False),
    sa.Column('exits_natural', sa.Integer(), nullable=False),
    sa.Column('exits_other', sa.Integer(), nullable=False),
    sa.Column('caseload_end', sa.Integer(), nullable=False),
    sa.Column('person_days', sa.Integer(), nullable=False),
    sa.Column('sesi_done', sa.Integer(), nullable=False),
    sa.Column('steps_done', sa.Integer(), nullable=False),
    sa.Column('steps_due', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_group_month_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['responsible_id'], ['identity_person.id'], name=op.f('fk_fieldwork_group_month_responsible_id_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_fieldwork_group_month_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('group_id', 'month', name=op.f('pk_fieldwork_group_month'))
    )
    op.create_index('ix_fieldwork_group_month_month_responsible_id', 'fieldwork_group_month', ['month', 'responsible_id'], unique=False)
    op.create_index('ix_fieldwork_group_month_month_unit_id', 'fieldwork_group_month', ['month', 'unit_id'], unique=False)


def downgrade() -> None:
    op.drop_table('fieldwork_group_month')
    op.drop_table('fieldwork_leader_month')
