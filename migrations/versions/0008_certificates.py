"""The first tables of certificates."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0008_certificates"
down_revision = "0007_progress"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificates_counter',
    sa.Column('issuer_unit_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['issuer_unit_id'], ['identity_unit.id'], name=op.f('fk_certificates_counter_issuer_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('issuer_unit_id', 'year', name=op.f('pk_certificates_counter'))
    )
    op.create_table('certificates_certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=120), nullable=False),
    sa.Column('issuer_unit_id', sa.Integer(), nullable=False),
    sa.Column('issuer_path', sa.String(length=200), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('completion_id', sa.Integer(), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('course_title', sa.String(length=200), nullable=False),
    sa.Column('angkatan_name', sa.String(length=120), nullable=False),
    sa.Column('held', sa.String(length=200), nullable=False),
    sa.Column('printed', sa.JSON(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', UtcDateTime(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revoked_by', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(status = 'dicabut') = (revoked_on IS NOT NULL)", name=op.f('ck_certificates_certificate_revoked')),
    sa.CheckConstraint("status IN ('berlaku', 'dicabut')", name=op.f('ck_certificates_certificate_status')),
    sa.CheckConstraint('seq > 0', name=op.f('ck_certificates_certificate_seq')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_certificates_certificate_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['completion_id'], ['progress_completion.id'], name=op.f('fk_certificates_certificate_completion_id_progress_completion')),
    sa.ForeignKeyConstraint(['issuer_unit_id'], ['identity_unit.id'], name=op.f('fk_certificates_certificate_issuer_unit_id_identity_unit')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_certificates_certificate_person_id_identity_person')),
    sa.ForeignKeyConstraint(['replaces_id'], ['certificates_certificate.id'], name=op.f('fk_certificates_certificate_replaces_id_certificates_certificate')),
    sa.ForeignKeyConstraint(['revoked_by'], ['identity_person.id'], name=op.f('fk_certificates_certificate_revoked_by_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificates_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificates_certificate_code')),
    sa.UniqueConstraint('issuer_unit_id', 'year', 'number', name=op.f('uq_certificates_certificate_issuer_unit_id_year_number')),
    sa.UniqueConstraint('issuer_unit_id', 'year', 'seq', name=op.f('uq_certificates_certificate_issuer_unit_id_year_seq')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_certificates_certificate_replaces_id'))
    )
    op.create_index(op.f('ix_certificates_certificate_angkatan_id'), 'certificates_certificate', ['angkatan_id'], unique=False)
    op.create_index('ix_certificates_certificate_number', 'certificates_certificate', ['number'], unique=False)
    op.create_index(op.f('ix_certificates_certificate_person_id'), 'certificates_certificate', ['person_id'], unique=False)
    op.create_index('ux_certificates_certificate_stands', 'certificates_certificate', ['completion_id'], unique=True, sqlite_where=sa.text("status = 'berlaku'"), postgresql_where=sa.text("status = 'berlaku'"))
    op.create_table('certificates_drawing',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('pdf', sa.LargeBinary(), nullable=False),
    sa.Column('drawn_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates_certificate.id'], name=op.f('fk_certificates_drawing_certificate_id_certificates_certificate')),
    sa.PrimaryKeyConstraint('certificate_id', name=op.f('pk_certificates_drawing'))
    )


def downgrade() -> None:
    for table in ("drawing", "certificate", "counter"):
        op.drop_table(f"certificates_{table}")
