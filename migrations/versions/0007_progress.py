"""The first tables of progress."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0007_progress"
down_revision = "0006_assessment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('progress_completion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(length=12), nullable=False),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("decision IN ('lulus', 'tidak_lulus')", name=op.f('ck_progress_completion_decision')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> person_id', name=op.f('ck_progress_completion_not_about_oneself')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_progress_completion_person_id_identity_person')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_progress_completion_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_progress_completion_enrolment_id_enrolment_enrolment')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_progress_completion_version_id_catalogue_course_version')),
    sa.ForeignKeyConstraint(['decided_by'], ['identity_person.id'], name=op.f('fk_progress_completion_decided_by_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_completion')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_progress_completion_enrolment_id')),
    sa.UniqueConstraint('person_id', 'course', 'angkatan_id', name=op.f('uq_progress_completion_person_id_course_angkatan_id'))
    )
    op.create_index('ix_progress_completion_angkatan_id', 'progress_completion', ['angkatan_id'], unique=False)


def downgrade() -> None:
    op.drop_table('progress_completion')
