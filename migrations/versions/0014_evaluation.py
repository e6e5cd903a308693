"""Instruments of evaluation, waves, replies."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0014_evaluation"
down_revision = "0013_hand_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evaluation_instrument_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('change_class', sa.String(length=2), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('published_at', UtcDateTime(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.CheckConstraint("change_class IN ('', 'K0', 'K1', 'K2', 'K3', 'K4')", name=op.f('ck_evaluation_instrument_version_change_class')),
    sa.CheckConstraint("state IN ('draf', 'uji', 'terbit', 'pensiun')", name=op.f('ck_evaluation_instrument_version_state')),
    sa.ForeignKeyConstraint(['author_id'], ['identity_person.id'], name=op.f('fk_evaluation_instrument_version_author_id_identity_person')),
    sa.ForeignKeyConstraint(['based_on'], ['evaluation_instrument_version.id'], name=op.f('fk_evaluation_instrument_version_based_on_evaluation_instrument_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_instrument_version')),
    sa.UniqueConstraint('code', 'number', name=op.f('uq_evaluation_instrument_version_code_number'))
    )
    op.create_index('uq_evaluation_instrument_version_draft', 'evaluation_instrument_version', ['code'], unique=True, sqlite_where=sa.text("state = 'draf'"), postgresql_where=sa.text("state = 'draf'"))
    op.create_table('evaluation_wave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('instrument_code', sa.String(length=40), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('anchor', sa.Date(), nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=False),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.Column('draw_seed', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("code IN ('UJI', 'W0', 'W0+', 'W3', 'W6', 'W12', 'KHUSUS')", name=op.f('ck_evaluation_wave_code')),
    sa.CheckConstraint('closes >= opens', name=op.f('ck_evaluation_wave_span')),
    sa.ForeignKeyConstraint(['made_by'], ['identity_person.id'], name=op.f('fk_evaluation_wave_made_by_identity_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['identity_unit.id'], name=op.f('fk_evaluation_wave_unit_id_identity_unit')),
    sa.ForeignKeyConstraint(['version_id'], ['evaluation_instrument_version.id'], name=op.f('fk_evaluation_wave_version_id_evaluation_instrument_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_wave')),
    sa.UniqueConstraint('code', 'instrument_code', 'unit_id', 'anchor', name=op.f('uq_evaluation_wave_code_instrument_code_unit_id_anchor'))
    )
    op.create_index(op.f('ix_evaluation_wave_unit_path'), 'evaluation_wave', ['unit_path'], unique=False)
    op.create_table('evaluation_wave_assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('respondent_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('subject_ref', sa.String(length=40), nullable=False),
    sa.Column('arm', sa.String(length=8), nullable=False),
    sa.Column('kabupaten_id', sa.Integer(), nullable=True),
    sa.Column('unit_path', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('sex', sa.String(length=1), nullable=False),
    sa.Column('age_band', sa.String(length=8), nullable=False),
    sa.Column('log_band', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('excuse', sa.String(length=120), nullable=False),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('drawn', sa.Boolean(), nullable=False),
    sa.CheckConstraint("arm IN ('dilatih', 'belum', '')", name=op.f('ck_evaluation_wave_assignment_arm')),
    sa.CheckConstraint("state IN ('menunggu', 'dijawab', 'dilepas')", name=op.f('ck_evaluation_wave_assignment_state')),
    sa.ForeignKeyConstraint(['kabupaten_id'], ['identity_unit.id'], name=op.f('fk_evaluation_wave_assignment_kabupaten_id_identity_unit')),
    sa.ForeignKeyConstraint(['respondent_id'], ['identity_person.id'], name=op.f('fk_evaluation_wave_assignment_respondent_id_identity_person')),
    sa.ForeignKeyConstraint(['subject_id'], ['identity_person.id'], name=op.f('fk_evaluation_wave_assignment_subject_id_identity_person')),
    sa.ForeignKeyConstraint(['wave_id'], ['evaluation_wave.id'], name=op.f('fk_evaluation_wave_assignment_wave_id_evaluation_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_wave_assignment')),
    sa.UniqueConstraint('wave_id', 'respondent_id', 'subject_id', 'subject_ref', name=op.f('uq_evaluation_wave_assignment_wave_id_respondent_id_subject_id_subject_ref'))
    )
    op.create_index('ix_evaluation_wave_assignment_respondent_id_state', 'evaluation_wave_assignment', ['respondent_id', 'state'], unique=False)
    op.create_index(op.f('ix_evaluation_wave_assignment_subject_id'), 'evaluation_wave_assignment', ['subject_id'], unique=False)
    op.create_table('evaluation_reply',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('amends', sa.Uuid(), nullable=True),
    sa.Column('mode', sa.String(length=8), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('consent_sha', sa.String(length=64), nullable=False),
    sa.Column('comment', sa.String(length=500), nullable=False),
    sa.Column('occurred_at', UtcDateTime(), nullable=False),
    sa.Column('received_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("mode IN ('daring', 'luring', 'telepon', 'impor')", name=op.f('ck_evaluation_reply_mode')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_evaluation_reply_number')),
    sa.ForeignKeyConstraint(['amends'], ['evaluation_reply.id'], name=op.f('fk_evaluation_reply_amends_evaluation_reply')),
    sa.ForeignKeyConstraint(['assignment_id'], ['evaluation_wave_assignment.id'], name=op.f('fk_evaluation_reply_assignment_id_evaluation_wave_assignment')),
    sa.ForeignKeyConstraint(['version_id'], ['evaluation_instrument_version.id'], name=op.f('fk_evaluation_reply_version_id_evaluation_instrument_version')),
    sa.ForeignKeyConstraint(['wave_id'], ['evaluation_wave.id'], name=op.f('fk_evaluation_reply_wave_id_evaluation_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_reply')),
    sa.UniqueConstraint('assignment_id', 'number', name=op.f('uq_evaluation_reply_assignment_id_number'))
    )
    op.create_index('ix_evaluation_reply_wave_id_newest', 'evaluation_reply', ['wave_id', 'newest'], unique=False)
    op.create_table('evaluation_answer_value',
    sa.Column('reply_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('part', sa.String(length=30), nullable=False),
    sa.Column('number', sa.Float(), nullable=True),
    sa.Column('choice', sa.String(length=30), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('missing', sa.String(length=14), nullable=False),
    sa.Column('system', sa.String(length=60), nullable=False),
    sa.CheckConstraint("missing IN ('', 'tidak_tahu', 'tidak_berlaku', 'kosong')", name=op.f('ck_evaluation_answer_value_missing')),
    sa.ForeignKeyConstraint(['reply_id'], ['evaluation_reply.id'], name=op.f('fk_evaluation_answer_value_reply_id_evaluation_reply')),
    sa.PrimaryKeyConstraint('reply_id', 'code', 'part', name=op.f('pk_evaluation_answer_value'))
    )
        # ### end Alembic commands ###


def downgrade() -> None:
    for table in ("answer_value", "reply", "wave_assignment", "wave", "instrument_version"):
        op.drop_table(f"evaluation_{table}")
