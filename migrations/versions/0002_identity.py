"""The first tables of identity."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import no_overlap

revision = "0002_identity"
down_revision = "0001_core"
branch_labels = None
depends_on = None

ONE_AT_A_TIME = {"identity_posting": ("person_id", "role", "unit_id"), "identity_supervision": ("pendamping_id",)}


def upgrade() -> None:
    op.create_table('identity_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_on_certificate', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('pkh_id', sa.String(length=40), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('birth_place', sa.String(length=80), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('sex', sa.String(length=1), nullable=False),
    sa.Column('education', sa.String(length=40), nullable=False),
    sa.Column('nip', sa.String(length=30), nullable=False),
    sa.Column('rank', sa.String(length=60), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.CheckConstraint("name <> ''", name=op.f('ck_identity_person_name')),
    sa.CheckConstraint("sex IN ('', 'L', 'P')", name=op.f('ck_identity_person_sex')),
    sa.CheckConstraint("status IN ('active', 'closed')", name=op.f('ck_identity_person_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_person')),
    sa.UniqueConstraint('email', name=op.f('uq_identity_person_email')),
    sa.UniqueConstraint('phone', name=op.f('uq_identity_person_phone')),
    sa.UniqueConstraint('pkh_id', name=op.f('uq_identity_person_pkh_id'))
    )
    op.create_index(op.f('ix_identity_person_name'), 'identity_person', ['name'], unique=False)
    op.create_table('identity_sign_in_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_sign_in_attempt'))
    )
    op.create_index(op.f('ix_identity_sign_in_attempt_at'), 'identity_sign_in_attempt', ['at'], unique=False)
    op.create_index('ix_identity_sign_in_attempt_key_at', 'identity_sign_in_attempt', ['key', 'at'], unique=False)
    op.create_table('identity_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kemendagri_code', sa.String(length=20), nullable=False),
    sa.Column('bps_code', sa.String(length=20), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('ancestors', sa.JSON(), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("(parent_id IS NULL) = (level = 'nasional')", name=op.f('ck_identity_unit_parent')),
    sa.CheckConstraint("level IN ('nasional', 'regional', 'provinsi', 'kabupaten', 'kecamatan', 'desa')", name=op.f('ck_identity_unit_level')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_identity_unit_span')),
    sa.ForeignKeyConstraint(['parent_id'], ['identity_unit.id'], name=op.f('fk_identity_unit_parent_id_identity_unit')),
    sa.ForeignKeyConstraint(['predecessor_id'], ['identity_unit.id'], name=op.f('fk_identity_unit_predecessor_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_unit')),
    sa.UniqueConstraint('bps_code', name=op.f('uq_identity_unit_bps_code')),
    sa.UniqueConstraint('kemendagri_code', name=op.f('uq_identity_unit_kemendagri_code')),
    sa.UniqueConstraint('path', name=op.f('uq_identity_unit_path'))
    )
    op.create_index(op.f('ix_identity_unit_parent_id'), 'identity_unit', ['parent_id'], unique=False)
    op.create_table('identity_login_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('device_key', sa.String(length=64), nullable=False),
    sa.Column('device_label', sa.String(length=80), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('last_seen', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('revoked_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_login_session_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_login_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_identity_login_session_token_hash'))
    )
    op.create_index('ix_identity_login_session_person_id_device_key', 'identity_login_session', ['person_id', 'device_key'], unique=False)
    op.create_table('identity_posting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('end_reason', sa.String(length=200), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("role IN ('pendamping', 'supervisor', 'koordinator', 'dinsos', 'widyaiswara', 'panitia', 'evaluator', 'admin')", name=op.f('ck_identity_posting_role')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_identity_posting_span')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_identity_posting_person_id_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_identity_posting_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_posting'))
    )
    op.create_index('ix_identity_posting_person_id_role_unit_id', 'identity_posting', ['person_id', 'role', 'unit_id'], unique=False)
    op.create_index('ix_identity_posting_unit_id_role_person_id', 'identity_posting', ['unit_id', 'role', 'person_id'], unique=False)
    op.create_table('identity_supervision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('supervisor_id', sa.Integer(), nullable=False),
    sa.Column('pendamping_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('supervisor_id <> pendamping_id', name=op.f('ck_identity_supervision_two_people')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_identity_supervision_span')),
    sa.ForeignKeyConstraint(['pendamping_id'], ['identity_person.id'], name=op.f('fk_identity_supervision_pendamping_id_identity_person')),
    sa.ForeignKeyConstraint(['supervisor_id'], ['identity_person.id'], name=op.f('fk_identity_supervision_supervisor_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_supervision'))
    )
    op.create_index(op.f('ix_identity_supervision_pendamping_id'), 'identity_supervision', ['pendamping_id'], unique=False)
    op.create_index(op.f('ix_identity_supervision_supervisor_id'), 'identity_supervision', ['supervisor_id'], unique=False)
    for table, key in ONE_AT_A_TIME.items():
        for statement in no_overlap(table, key, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("supervision", "posting", "login_session", "sign_in_attempt", "person", "unit"):
        op.drop_table(f"identity_{table}")
    if op.get_bind().dialect.name == "postgresql":
        for table in ONE_AT_A_TIME:
            op.execute(f"DROP FUNCTION {table}_no_overlap()")
