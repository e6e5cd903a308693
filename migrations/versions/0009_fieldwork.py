"""The first tables of the field."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only, no_overlap

revision = "0009_fieldwork"
down_revision = "0008_certificates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fieldwork_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('merged_into', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("name <> ''", name=op.f('ck_fieldwork_group_name')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_fieldwork_group_span')),
    sa.ForeignKeyConstraint(['merged_into'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_group_merged_into_fieldwork_group')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_fieldwork_group_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_group')),
    sa.UniqueConstraint('unit_id', 'name', name=op.f('uq_fieldwork_group_unit_id_name'))
    )
    op.create_index(op.f('ix_fieldwork_group_unit_path'), 'fieldwork_group', ['unit_path'], unique=False)
    op.create_table('fieldwork_meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('leader_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('start', sa.Time(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('sesi', sa.String(length=60), nullable=False),
    sa.Column('steps', sa.String(length=60), nullable=False),
    sa.Column('handraise', sa.String(length=5), nullable=False),
    sa.Column('obstacle', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('cancel_reason', sa.String(length=200), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('corrects', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('replaced', sa.Boolean(), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("status IN ('sah', 'batal', 'ditolak')", name=op.f('ck_fieldwork_meeting_status')),
    sa.CheckConstraint('(corrects IS NULL) = (version = 1)', name=op.f('ck_fieldwork_meeting_version')),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_fieldwork_meeting_minutes')),
    sa.ForeignKeyConstraint(['corrects'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_meeting_corrects_fieldwork_meeting')),
    sa.ForeignKeyConstraint(['leader_id'], ['identity_person.id'], name=op.f('fk_fieldwork_meeting_leader_id_identity_person')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_fieldwork_meeting_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_meeting')),
    sa.UniqueConstraint('corrects', 'version', name=op.f('uq_fieldwork_meeting_corrects_version'))
    )
    op.create_index('ix_fieldwork_meeting_leader_id_on_day', 'fieldwork_meeting', ['leader_id', 'on_day'], unique=False)
    op.create_table('fieldwork_review',
    sa.Column('pendamping_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("verdict IN ('disetujui', 'dilihat', 'ditanya', 'dikembalikan')", name=op.f('ck_fieldwork_review_verdict')),
    sa.ForeignKeyConstraint(['pendamping_id'], ['identity_person.id'], name=op.f('fk_fieldwork_review_pendamping_id_identity_person')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['identity_person.id'], name=op.f('fk_fieldwork_review_reviewer_id_identity_person')),
    sa.PrimaryKeyConstraint('pendamping_id', 'month', name=op.f('pk_fieldwork_review'))
    )
    op.create_table('fieldwork_custody',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('pendamping_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_fieldwork_custody_span')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_custody_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['pendamping_id'], ['identity_person.id'], name=op.f('fk_fieldwork_custody_pendamping_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_custody'))
    )
    op.create_index('ix_fieldwork_custody_group_id_valid_from', 'fieldwork_custody', ['group_id', 'valid_from'], unique=False)
    op.create_index(op.f('ix_fieldwork_custody_pendamping_id'), 'fieldwork_custody', ['pendamping_id'], unique=False)
    op.create_table('fieldwork_meeting_group',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('women', sa.Integer(), nullable=False),
    sa.Column('men', sa.Integer(), nullable=False),
    sa.Column('children', sa.Integer(), nullable=False),
    sa.Column('homework_back', sa.Integer(), nullable=False),
    sa.CheckConstraint('due >= 0 AND women >= 0 AND men >= 0 AND children >= 0 AND homework_back >= 0', name=op.f('ck_fieldwork_meeting_group_counts')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_meeting_group_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['meeting_id'], ['fieldwork_meeting.id'], name=op.f('fk_fieldwork_meeting_group_meeting_id_fieldwork_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', 'group_id', name=op.f('pk_fieldwork_meeting_group'))
    )
    op.create_index('ix_fieldwork_meeting_group_group_id_on_day', 'fieldwork_meeting_group', ['group_id', 'on_day'], unique=False)
    op.create_table('fieldwork_no_meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_no_meeting_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_no_meeting_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_no_meeting')),
    sa.UniqueConstraint('group_id', 'month', name=op.f('uq_fieldwork_no_meeting_group_id_month'))
    )
    op.create_table('fieldwork_roster_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('delta', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('numbers', sa.String(length=400), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("reason IN ('masuk', 'graduasi_mandiri', 'graduasi_alamiah', 'tidak_patuh', 'pindah', 'meninggal', 'pindah_kelompok')", name=op.f('ck_fieldwork_roster_change_reason')),
    sa.CheckConstraint('delta <> 0', name=op.f('ck_fieldwork_roster_change_delta')),
    sa.ForeignKeyConstraint(['group_id'], ['fieldwork_group.id'], name=op.f('fk_fieldwork_roster_change_group_id_fieldwork_group')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_fieldwork_roster_change_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fieldwork_roster_change'))
    )
    op.create_index('ix_fieldwork_roster_change_group_id_on_day', 'fieldwork_roster_change', ['group_id', 'on_day'], unique=False)

    for statement in no_overlap("fieldwork_custody", ["group_id"], op.get_bind().dialect.name):
        op.execute(statement)
    for statement in append_only("fieldwork_roster_change", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in ("review", "no_meeting", "meeting_group", "meeting", "roster_change", "custody", "group"):
        op.drop_table(f"fieldwork_{table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION fieldwork_custody_no_overlap()")
        op.execute("DROP FUNCTION fieldwork_roster_change_append_only()")
