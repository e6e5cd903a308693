"""Meetings of a class: timetable, trainers of subjects, attendance, joining, and the queue for a seat."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0019_class_meetings"
down_revision = "0018_monthly"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enrolment_class_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('starts', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('modul', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('jp', sa.Integer(), nullable=False),
    sa.Column('live_url', sa.String(length=400), nullable=False),
    sa.Column('secret', sa.String(length=64), nullable=False),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.Column('head_count', sa.Integer(), nullable=True),
    sa.Column('count_note', sa.String(length=300), nullable=False),
    sa.CheckConstraint('head_count IS NULL OR head_count >= 0', name=op.f('ck_enrolment_class_session_head_count')),
    sa.CheckConstraint('jp BETWEEN 0 AND 16', name=op.f('ck_enrolment_class_session_jp')),
    sa.CheckConstraint('minutes BETWEEN 5 AND 720 AND starts + minutes <= 1440', name=op.f('ck_enrolment_class_session_minutes')),
    sa.CheckConstraint('starts BETWEEN 0 AND 1439', name=op.f('ck_enrolment_class_session_starts')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_class_session_angkatan_id_enrolment_angkatan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_class_session')),
    sa.UniqueConstraint('angkatan_id', 'on_day', 'starts', name=op.f('uq_enrolment_class_session_angkatan_id_on_day_starts'))
    )
    op.create_table('enrolment_subject_trainer',
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('modul', sa.String(length=80), nullable=False),
    sa.Column('substitute', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_subject_trainer_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_subject_trainer_person_id_identity_person')),
    sa.PrimaryKeyConstraint('angkatan_id', 'modul', 'substitute', name=op.f('pk_enrolment_subject_trainer'))
    )
    op.create_index(op.f('ix_enrolment_subject_trainer_person_id'), 'enrolment_subject_trainer', ['person_id'], unique=False)
    op.create_table('enrolment_waiting',
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('lottery_draw', sa.Integer(), nullable=True),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_enrolment_waiting_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_waiting_person_id_identity_person')),
    sa.PrimaryKeyConstraint('angkatan_id', 'person_id', name=op.f('pk_enrolment_waiting')),
    sa.UniqueConstraint('angkatan_id', 'place', name=op.f('uq_enrolment_waiting_angkatan_id_place'))
    )
    op.create_index(op.f('ix_enrolment_waiting_person_id'), 'enrolment_waiting', ['person_id'], unique=False)
    op.create_table('enrolment_attendance',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=10), nullable=False),
    sa.Column('browser', sa.String(length=32), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.Column('marked_by', sa.Integer(), nullable=False),
    sa.CheckConstraint("how IN ('qr', 'petugas')", name=op.f('ck_enrolment_attendance_how')),
    sa.CheckConstraint("late >= 0 AND (late = 0 OR status = 'hadir')", name=op.f('ck_enrolment_attendance_late')),
    sa.CheckConstraint("status IN ('hadir', 'izin', 'sakit', 'alpa')", name=op.f('ck_enrolment_attendance_status')),
    sa.ForeignKeyConstraint(['marked_by'], ['identity_person.id'], name=op.f('fk_enrolment_attendance_marked_by_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_attendance_person_id_identity_person')),
    sa.ForeignKeyConstraint(['session_id'], ['enrolment_class_session.id'], name=op.f('fk_enrolment_attendance_session_id_enrolment_class_session')),
    sa.PrimaryKeyConstraint('session_id', 'person_id', name=op.f('pk_enrolment_attendance'))
    )
    op.create_index(op.f('ix_enrolment_attendance_person_id'), 'enrolment_attendance', ['person_id'], unique=False)
    op.create_table('enrolment_joining',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('first_at', UtcDateTime(), nullable=False),
    sa.Column('last_at', UtcDateTime(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_enrolment_joining_person_id_identity_person')),
    sa.ForeignKeyConstraint(['session_id'], ['enrolment_class_session.id'], name=op.f('fk_enrolment_joining_session_id_enrolment_class_session')),
    sa.PrimaryKeyConstraint('session_id', 'person_id', name=op.f('pk_enrolment_joining'))
    )
    op.create_index(op.f('ix_enrolment_joining_person_id'), 'enrolment_joining', ['person_id'], unique=False)
    op.add_column('enrolment_angkatan', sa.Column('place', sa.String(length=200), nullable=False, server_default=''))
    op.add_column('enrolment_angkatan', sa.Column('online_until', sa.Date(), nullable=True))
    op.add_column('enrolment_angkatan', sa.Column('calendar_key', sa.String(length=64), nullable=True))
    op.add_column('enrolment_angkatan', sa.Column('letter_number', sa.String(length=80), nullable=False, server_default=''))
    op.add_column('enrolment_angkatan', sa.Column('letter_on', sa.Date(), nullable=True))
    op.create_index('ux_enrolment_angkatan_calendar_key', 'enrolment_angkatan', ['calendar_key'], unique=True)
    op.add_column('enrolment_enrolment', sa.Column('online_passed_at', UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("enrolment_enrolment", "online_passed_at")
    op.drop_index("ux_enrolment_angkatan_calendar_key", table_name="enrolment_angkatan")
    for name in ("letter_on", "letter_number", "calendar_key", "online_until", "place"):
        op.drop_column("enrolment_angkatan", name)
    for table in ("joining", "attendance", "waiting", "subject_trainer", "class_session"):
        op.drop_table(f"enrolment_{table}")
