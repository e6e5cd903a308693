"""The first tables of enrolment."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0004_enrolment"
down_revision = "0003_catalogue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enrolment_angkatan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('centre_unit_id', sa.Integer(), nullable=False),
    sa.Column('centre_path', sa.String(length=200), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('open_door', sa.Boolean(), nullable=False),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("NOT open_door OR mode = 'daring'", name=op.f('ck_enrolment_angkatan_door')),
    sa.CheckConstraint("mode IN ('luring', 'campuran', 'daring')", name=op.f('ck_enrolment_angkatan_mode')),
    sa.CheckConstraint('ends IS NULL OR ends >= starts', name=op.f('ck_enrolment_angkatan_span')),
    sa.CheckConstraint('seats IS NULL OR seats > 0', name=op.f('ck_enrolment_angkatan_seats')),
    sa.ForeignKeyConstraint(['centre_unit_id'], ['identity_unit.id'], name=op.f('fk_enrolment_angkatan_centre_unit_id_identity_unit')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_enrolment_angkatan_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_angkatan')),
    sa.UniqueConstraint('centre_unit_id', 'name', name=op.f('uq_enrolment_angkatan_centre_unit_id_name'))
    )
    op.create_index(op.f('ix_enrolment_angkatan_centre_path'), 'enrolment_angkatan', ['centre_path'], unique=False)
    op.create_table('enrolment_exposure_spell',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('object_ref', sa.String(length=80), nullable=False),
    sa.Column('called_at', sa.Date(), nullable=True),
    sa.Column('call_rule', sa.String(length=40), nullable=False),
    sa.Column('offered_at', sa.Date(), nullable=True),
    sa.Column('lottery_draw', sa.Integer(), nullable=True),
    sa.Column('hours', sa.Double(), nullable=True),
    sa.Column('share_attended', sa.Double(), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('kelas', 'coaching', 'penyegaran')", name=op.f('ck_enrolment_exposure_spell_kind')),
    sa.CheckConstraint("status IN ('berjalan', 'lulus', 'selesai', 'berhenti')", name=op.f('ck_enrolment_exposure_spell_status')),
    sa.CheckConstraint('share_attended IS NULL OR share_attended BETWEEN 0 AND 1', name=op.f('ck_enrolment_exposure_spell_share')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_enrolment_exposure_spell_span')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_exposure_spell_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_exposure_spell')),
    sa.UniqueConstraint('person_id', 'kind', 'object_ref', name=op.f('uq_enrolment_exposure_spell_person_id_kind_object_ref'))
    )
    op.create_index('ix_enrolment_exposure_spell_status_valid_from', 'enrolment_exposure_spell', ['status', 'valid_from'], unique=False)
    op.create_table('enrolment_angkatan_staff',
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.CheckConstraint("role IN ('trainer', 'panitia')", name=op.f('ck_enrolment_angkatan_staff_role')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_angkatan_staff_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_angkatan_staff_person_id_identity_person')),
    sa.PrimaryKeyConstraint('angkatan_id', 'person_id', name=op.f('pk_enrolment_angkatan_staff'))
    )
    op.create_index(op.f('ix_enrolment_angkatan_staff_person_id'), 'enrolment_angkatan_staff', ['person_id'], unique=False)
    op.create_table('enrolment_enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('enrolled_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("state IN ('berjalan', 'lulus', 'berhenti')", name=op.f('ck_enrolment_enrolment_state')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_enrolment_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_enrolment_person_id_identity_person')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_enrolment_enrolment_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_enrolment')),
    sa.UniqueConstraint('person_id', 'angkatan_id', name=op.f('uq_enrolment_enrolment_person_id_angkatan_id'))
    )
    op.create_index(op.f('ix_enrolment_enrolment_angkatan_id'), 'enrolment_enrolment', ['angkatan_id'], unique=False)


def downgrade() -> None:
    for table in ("enrolment", "angkatan_staff", "exposure_spell", "angkatan"):
        op.drop_table(f"enrolment_{table}")
