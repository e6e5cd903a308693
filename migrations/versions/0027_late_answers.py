"""Late answers of a timed test: kept apart until a widyaiswara rules, and the score that follows a ruling."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.triggers import append_only

revision = "0027_late_answers"
down_revision = "0026_people_sheets"
branch_labels = None
depends_on = None

SCORE, WAITING = "assessment_score", "ix_assessment_attempt_waiting"
OLD = "uq_assessment_score_attempt_id_key_version_id"
NEW = "uq_assessment_score_attempt_id_key_version_id_ruling"
TIMING = "ck_assessment_attempt_timing"


def upgrade() -> None:
    op.create_table(
        "assessment_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_assessment_ruling_attempt_id_assessment_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_ruling")),
    )
    op.create_index(op.f("ix_assessment_ruling_attempt_id"), "assessment_ruling", ["attempt_id"])
    op.create_table(
        "assessment_late_answer",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("elapsed", sa.Integer(), nullable=True),
        sa.Column("ruling_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_assessment_late_answer_{column}_{table}"))
            for column, table in (
                ("attempt_id", "assessment_attempt"),
                ("item_version_id", "assessment_item_version"),
                ("ruling_id", "assessment_ruling"),
            )
        ),
        sa.PrimaryKeyConstraint("attempt_id", "item_version_id", name=op.f("pk_assessment_late_answer")),
    )
    with op.batch_alter_table("assessment_attempt") as change:
        change.add_column(sa.Column("timing", sa.String(length=10), nullable=False, server_default="ok"))
        change.create_check_constraint(op.f(TIMING), "timing IN ('ok', 'unverified')")
    waits = sa.text("timing = 'unverified'")
    op.create_index(WAITING, "assessment_attempt", ["id"], sqlite_where=waits, postgresql_where=waits)
    with op.batch_alter_table(SCORE) as change:
        change.add_column(sa.Column("ruling", sa.Integer(), nullable=False, server_default="0"))
        change.drop_constraint(op.f(OLD), type_="unique")
        change.create_unique_constraint(op.f(NEW), ["attempt_id", "key_version_id", "ruling"])
    _guard()


def downgrade() -> None:
    """Scores that followed a ruling go: the older ones stand, as if late answers had never counted."""
    _unguard()
    op.execute("DELETE FROM assessment_score WHERE ruling > 0")
    with op.batch_alter_table(SCORE) as change:
        change.drop_constraint(op.f(NEW), type_="unique")
        change.create_unique_constraint(op.f(OLD), ["attempt_id", "key_version_id"])
        change.drop_column("ruling")
    _guard()
    op.drop_index(WAITING, table_name="assessment_attempt")
    with op.batch_alter_table("assessment_attempt") as change:
        change.drop_constraint(op.f(TIMING), type_="check")
        change.drop_column("timing")
    op.drop_table("assessment_late_answer")
    op.drop_table("assessment_ruling")


def _guard() -> None:
    """SQLite loses the triggers of a table that it makes anew; PostgreSQL keeps them unless they were taken off."""
    here = op.get_bind()
    if here.dialect.name == "sqlite":
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
