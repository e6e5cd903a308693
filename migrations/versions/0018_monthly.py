"""Monthly reports as signed and acknowledged, and remarks beside a report's fields."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0018_monthly"
down_revision = "0017_obstacles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_monthly_report',
    sa.Column('pendamping_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('signed', UtcDateTime(), nullable=False),
    sa.Column('ack_korkab', UtcDateTime(), nullable=True),
    sa.Column('ack_korkab_by', sa.Integer(), nullable=True),
    sa.Column('ack_dinsos', UtcDateTime(), nullable=True),
    sa.Column('ack_dinsos_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['ack_dinsos_by'], ['identity_person.id'], name=op.f('fk_fieldwork_monthly_report_ack_dinsos_by_identity_person')),
    sa.ForeignKeyConstraint(['ack_korkab_by'], ['identity_person.id'], name=op.f('fk_fieldwork_monthly_report_ack_korkab_by_identity_person')),
    sa.ForeignKeyConstraint(['pendamping_id'], ['identity_person.id'], name=op.f('fk_fieldwork_monthly_report_pendamping_id_identity_person')),
    sa.PrimaryKeyConstraint('pendamping_id', 'month', name=op.f('pk_fieldwork_monthly_report'))
    )
    op.create_index('ix_fieldwork_monthly_report_month_unit_path', 'fieldwork_monthly_report', ['month', 'unit_path'], unique=False)
    op.create_table('fieldwork_meeting_remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("verdict IN ('dilihat', 'ditanya', 'dikembalikan')", name=op.f('ck_fieldwork_meeting_remark_verdict')),
    sa.ForeignKeyConstraint(['meeting_id'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_meeting_remark_meeting_id_fieldwork_meeting')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['identity_person.id'], name=op.f('fk_fieldwork_meeting_remark_reviewer_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_meeting_remark'))
    )
    op.create_index(op.f('ix_fieldwork_meeting_remark_meeting_id'), 'fieldwork_meeting_remark', ['meeting_id'], unique=False)


def downgrade() -> None:
    op.drop_table("fieldwork_meeting_remark")
    op.drop_table("fieldwork_monthly_report")
