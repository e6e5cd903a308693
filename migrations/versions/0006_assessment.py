"""The first tables of assessment."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only

revision = "0006_assessment"
down_revision = "0005_delivery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assessment_item_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=80), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_item_version')),
    sa.UniqueConstraint('item', 'hash', name=op.f('uq_assessment_item_version_item_hash'))
    )
    op.create_table('assessment_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=90), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('grace_seconds', sa.Integer(), nullable=False),
    sa.Column('attempts_post', sa.Integer(), nullable=False),
    sa.Column('review', sa.String(length=20), nullable=False),
    sa.Column('pass_percent', sa.Integer(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.CheckConstraint("review IN ('langsung', 'setelah-angkatan', 'skor-saja')", name=op.f('ck_assessment_form_review')),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_assessment_form_minutes')),
    sa.ForeignKeyConstraint(['version_id'], ['catalogue_course_version.id'], name=op.f('fk_assessment_form_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_form')),
    sa.UniqueConstraint('version_id', 'name', name=op.f('uq_assessment_form_version_id_name'))
    )
    op.create_table('assessment_form_draw',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('angkatan_id', sa.Integer(), nullable=False),
    sa.Column('form_order', sa.String(length=2), nullable=False),
    sa.Column('block', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("form_order IN ('AB', 'BA')", name=op.f('ck_assessment_form_draw_form_order')),
    sa.ForeignKeyConstraint(['angkatan_id'], ['enrolment_angkatan.id'], name=op.f('fk_assessment_form_draw_angkatan_id_enrolment_angkatan')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_assessment_form_draw_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_form_draw')),
    sa.UniqueConstraint('angkatan_id', 'position', name=op.f('uq_assessment_form_draw_angkatan_id_position')),
    sa.UniqueConstraint('person_id', 'angkatan_id', name=op.f('uq_assessment_form_draw_person_id_angkatan_id'))
    )
    op.create_table('assessment_form_item',
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('item_version_id', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['form_id'], ['assessment_form.id'], name=op.f('fk_assessment_form_item_form_id_assessment_form')),
    sa.ForeignKeyConstraint(['item_version_id'], ['assessment_item_version.id'], name=op.f('fk_assessment_form_item_item_version_id_assessment_item_version')),
    sa.PrimaryKeyConstraint('form_id', 'position', name=op.f('pk_assessment_form_item')),
    sa.UniqueConstraint('form_id', 'item_version_id', name=op.f('uq_assessment_form_item_form_id_item_version_id'))
    )
    op.create_index(op.f('ix_assessment_form_item_item_version_id'), 'assessment_form_item', ['item_version_id'], unique=False)
    op.create_table('assessment_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.Column('deadline', UtcDateTime(), nullable=True),
    sa.Column('grace_seconds', sa.Integer(), nullable=False),
    sa.Column('extra_minutes', sa.Integer(), nullable=False),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('skipped', sa.Boolean(), nullable=False),
    sa.Column('skip_reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("NOT skipped OR (purpose = 'pre' AND skip_reason <> '' AND finished_at IS NOT NULL)", name=op.f('ck_assessment_attempt_skip')),
    sa.CheckConstraint("purpose IN ('pre', 'post', 'cek', 'latihan')", name=op.f('ck_assessment_attempt_purpose')),
    sa.CheckConstraint('extra_minutes >= 0', name=op.f('ck_assessment_attempt_extra_minutes')),
    sa.CheckConstraint('number > 0', name=op.f('ck_assessment_attempt_number')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_assessment_attempt_enrolment_id_enrolment_enrolment')),
    sa.ForeignKeyConstraint(['form_id'], ['assessment_form.id'], name=op.f('fk_assessment_attempt_form_id_assessment_form')),
    sa.ForeignKeyConstraint(['person_id'], ['identity_person.id'], name=op.f('fk_assessment_attempt_person_id_identity_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_attempt')),
    sa.UniqueConstraint('enrolment_id', 'purpose', 'number', name=op.f('uq_assessment_attempt_enrolment_id_purpose_number'))
    )
    op.create_index('ix_assessment_attempt_person_id', 'assessment_attempt', ['person_id'], unique=False)
    op.create_index('ux_assessment_attempt_running', 'assessment_attempt', ['enrolment_id', 'purpose', 'form_id'], unique=True, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
    op.create_table('assessment_extra_time',
    sa.Column('enrolment_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=False),
    sa.Column('given_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint('minutes >= 0 AND minutes <= 240', name=op.f('ck_assessment_extra_time_minutes')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_assessment_extra_time_enrolment_id_enrolment_enrolment')),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_assessment_extra_time'))
    )
    op.create_table('assessment_post_opening',
    sa.Column('enrolment_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment_enrolment.id'], name=op.f('fk_assessment_post_opening_enrolment_id_enrolment_enrolment')),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_assessment_post_opening'))
    )
    op.create_table('assessment_answer',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item_version_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('value', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('doubtful', sa.Boolean(), nullable=False),
    sa.Column('saved_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['assessment_attempt.id'], name=op.f('fk_assessment_answer_attempt_id_assessment_attempt')),
    sa.ForeignKeyConstraint(['item_version_id'], ['assessment_item_version.id'], name=op.f('fk_assessment_answer_item_version_id_assessment_item_version')),
    sa.PrimaryKeyConstraint('attempt_id', 'item_version_id', name=op.f('pk_assessment_answer'))
    )
    op.create_table('assessment_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('key_version_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Double(), nullable=False),
    sa.Column('max_points', sa.Double(), nullable=False),
    sa.Column('objectives', sa.JSON(), nullable=False),
    sa.Column('mended', sa.JSON(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('points >= 0 AND points <= max_points', name=op.f('ck_assessment_score_points')),
    sa.ForeignKeyConstraint(['attempt_id'], ['assessment_attempt.id'], name=op.f('fk_assessment_score_attempt_id_assessment_attempt')),
    sa.ForeignKeyConstraint(['key_version_id'], ['catalogue_course_version.id'], name=op.f('fk_assessment_score_key_version_id_catalogue_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_score')),
    sa.UniqueConstraint('attempt_id', 'key_version_id', name=op.f('uq_assessment_score_attempt_id_key_version_id'))
    )
    for table in ("assessment_item_version", "assessment_score"):
        for statement in append_only(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in (
        "assessment_score",
        "assessment_answer",
        "assessment_post_opening",
        "assessment_extra_time",
        "assessment_attempt",
        "assessment_form_item",
        "assessment_form_draw",
        "assessment_form",
        "assessment_item_version",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION assessment_item_version_append_only()")
        op.execute("DROP FUNCTION assessment_score_append_only()")
