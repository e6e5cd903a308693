"""The check of memory: a purpose of an attempt, and the rounds that are open."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.triggers import append_only

revision = "0046_ping"
down_revision = "0045_cube_rare"
branch_labels = None
depends_on = None

ATTEMPT, SCORE, OPENING = "assessment_attempt", "assessment_score", "assessment_ping_opening"
PURPOSE = "ck_assessment_attempt_purpose"
BEFORE = "purpose IN ('pre', 'post', 'cek', 'latihan')"


def upgrade() -> None:
    op.create_table(
        OPENING,
        sa.Column("enrolment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_assessment_ping_opening_number")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment_enrolment.id"],
            name=op.f("fk_assessment_ping_opening_enrolment_id_enrolment_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["assessment_attempt.id"], name=op.f("fk_assessment_ping_opening_post_id_assessment_attempt")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "number", name=op.f("pk_assessment_ping_opening")),
    )
    op.create_index(op.f("ix_assessment_ping_opening_post_id"), OPENING, ["post_id"])
    _purposes(BEFORE.replace("'latihan'", "'latihan', 'ping'"))


def downgrade() -> None:
    """What was answered in a check of memory goes with it, its scores included."""
    _unguard()
    for table in (SCORE, "assessment_answer"):
        op.execute(f"DELETE FROM {table} WHERE attempt_id IN (SELECT id FROM {ATTEMPT} WHERE purpose = 'ping')")
    _guard()
    op.execute(f"DELETE FROM {ATTEMPT} WHERE purpose = 'ping'")
    _purposes(BEFORE)
    op.drop_table(OPENING)


def _purposes(allowed: str) -> None:
    with op.batch_alter_table(ATTEMPT) as change:
        change.drop_constraint(op.f(PURPOSE), type_="check")
        change.create_check_constraint(op.f(PURPOSE), allowed)


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only(SCORE, "sqlite"):
            op.execute(statement)
    else:
        op.execute(f"ALTER TABLE {SCORE} ENABLE TRIGGER {SCORE}_append_only")


def _unguard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {SCORE}_no_{verb}")
    else:
        op.execute(f"ALTER TABLE {SCORE} DISABLE TRIGGER {SCORE}_append_only")
