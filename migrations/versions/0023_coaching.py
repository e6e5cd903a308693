"""The first tables of coaching."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import no_overlap

revision = "0023_coaching"
down_revision = "0022_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('coaching_contact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("mode IN ('telepon', 'pesan', 'kunjungan', 'bertemu', 'kelompok')", name=op.f('ck_coaching_contact_mode')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_coaching_contact_minutes')),
    sa.ForeignKeyConstraint(['coach_id'], ['identity_person.id'], name=op.f('fk_coaching_contact_coach_id_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_coaching_contact_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', 'person_id', name=op.f('pk_coaching_contact'))
    )
    op.create_index('ix_coaching_contact_coach_id_on_day', 'coaching_contact', ['coach_id', 'on_day'], unique=False)
    op.create_index('ix_coaching_contact_person_id_on_day', 'coaching_contact', ['person_id', 'on_day'], unique=False)
    op.create_table('coaching_observation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('observer_id', sa.Integer(), nullable=False),
    sa.Column('context', sa.String(length=16), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('sesi', sa.String(length=60), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('steps', sa.String(length=60), nullable=False),
    sa.Column('scores', sa.String(length=40), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('max_points', sa.Integer(), nullable=False),
    sa.Column('adapted', sa.String(length=12), nullable=False),
    sa.Column('evidence', sa.String(length=500), nullable=False),
    sa.Column('administrative', sa.String(length=500), nullable=False),
    sa.Column('educative', sa.String(length=500), nullable=False),
    sa.Column('supportive', sa.String(length=500), nullable=False),
    sa.Column('subject_ref', sa.String(length=60), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("context IN ('latihan', 'pertemuan', 'micro_teaching', 'acak')", name=op.f('ck_coaching_observation_context')),
    sa.CheckConstraint('points BETWEEN 0 AND max_points', name=op.f('ck_coaching_observation_points')),
    sa.ForeignKeyConstraint(['observer_id'], ['identity_person.id'], name=op.f('fk_coaching_observation_observer_id_identity_person')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_coaching_observation_person_id_identity_person')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_coaching_observation_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_observation'))
    )
    op.create_index('ix_coaching_observation_on_day', 'coaching_observation', ['on_day'], unique=False)
    op.create_index('ix_coaching_observation_person_id_on_day', 'coaching_observation', ['person_id', 'on_day'], unique=False)
    op.create_index('ix_coaching_observation_subject_ref', 'coaching_observation', ['subject_ref'], unique=False)
    op.create_table('coaching_path_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('modul', sa.String(length=20), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_coaching_path_template_number')),
    sa.ForeignKeyConstraint(['author_id'], ['identity_person.id'], name=op.f('fk_coaching_path_template_author_id_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_coaching_path_template_unit_id_identity_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_path_template')),
    sa.UniqueConstraint('unit_id', 'name', 'number', name=op.f('uq_coaching_path_template_unit_id_name_number'))
    )
    op.create_table('coaching_willing_peer',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('home_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_coaching_willing_peer_person_id_identity_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_coaching_willing_peer'))
    )
    op.create_index(op.f('ix_coaching_willing_peer_home_path'), 'coaching_willing_peer', ['home_path'], unique=False)
    op.create_table('coaching_path',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('berjalan', 'selesai', 'berhenti')", name=op.f('ck_coaching_path_state')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_coaching_path_span')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_coaching_path_enrolment_id_enrolment_enrolment')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_coaching_path_person_id_identity_person')),
    sa.ForeignKeyConstraint(['template_id'], ['coaching_path_template.id'], name=op.f('fk_coaching_path_template_id_coaching_path_template')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_coaching_path_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_path'))
    )
    op.create_index('ix_coaching_path_person_id', 'coaching_path', ['person_id'], unique=False)
    op.create_index('ux_coaching_path_running', 'coaching_path', ['person_id', 'course'], unique=True, sqlite_where=sa.text("state = 'berjalan'"), postgresql_where=sa.text("state = 'berjalan'"))
    op.create_table('coaching_agreed_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('path_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('agreed_by', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=300), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by'], ['identity_person.id'], name=op.f('fk_coaching_agreed_action_agreed_by_identity_person')),
    sa.ForeignKeyConstraint(['path_id'], ['coaching_path.id'], name=op.f('fk_coaching_agreed_action_path_id_coaching_path')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_agreed_action'))
    )
    op.create_index('ix_coaching_agreed_action_path_id', 'coaching_agreed_action', ['path_id'], unique=False)
    op.create_table('coaching_coach_assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('path_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('assigned_by', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('supervisor', 'rekan')", name=op.f('ck_coaching_coach_assignment_kind')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_coaching_coach_assignment_span')),
    sa.ForeignKeyConstraint(['assigned_by'], ['identity_person.id'], name=op.f('fk_coaching_coach_assignment_assigned_by_identity_person')),
    sa.ForeignKeyConstraint(['coach_id'], ['identity_person.id'], name=op.f('fk_coaching_coach_assignment_coach_id_identity_person')),
    sa.ForeignKeyConstraint(['path_id'], ['coaching_path.id'], name=op.f('fk_coaching_coach_assignment_path_id_coaching_path')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_coach_assignment'))
    )
    op.create_index('ix_coaching_coach_assignment_coach_id', 'coaching_coach_assignment', ['coach_id'], unique=False)
    op.create_index('ix_coaching_coach_assignment_path_id', 'coaching_coach_assignment', ['path_id'], unique=False)
    op.create_table('coaching_path_stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('path_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('sesi', sa.JSON(), nullable=False),
    sa.Column('practice', sa.Boolean(), nullable=False),
    sa.Column('observed', sa.Boolean(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('reflection', sa.String(length=1000), nullable=False),
    sa.ForeignKeyConstraint(['path_id'], ['coaching_path.id'], name=op.f('fk_coaching_path_stage_path_id_coaching_path')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_path_stage')),
    sa.UniqueConstraint('path_id', 'number', name=op.f('uq_coaching_path_stage_path_id_number'))
    )
    op.create_table('coaching_sign_off',
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('sent_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("side IN ('pendamping', 'pembimbing')", name=op.f('ck_coaching_sign_off_side')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_coaching_sign_off_person_id_identity_person')),
    sa.ForeignKeyConstraint(['stage_id'], ['coaching_path_stage.id'], name=op.f('fk_coaching_sign_off_stage_id_coaching_path_stage')),
    sa.PrimaryKeyConstraint('stage_id', 'side', name=op.f('pk_coaching_sign_off'))
    )
    for statement in no_overlap("coaching_coach_assignment", ["path_id"], op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP TRIGGER coaching_coach_assignment_no_overlap ON coaching_coach_assignment")
        op.execute("DROP FUNCTION coaching_coach_assignment_no_overlap()")
    for table in (
        "coaching_sign_off",
        "coaching_path_stage",
        "coaching_coach_assignment",
        "coaching_agreed_action",
        "coaching_path",
        "coaching_willing_peer",
        "coaching_path_template",
        "coaching_observation",
        "coaching_contact",
    ):
        op.drop_table(table)
