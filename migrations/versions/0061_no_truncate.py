"""Append-only tables refuse TRUNCATE as well, which row triggers of PostgreSQL do not see."""

from alembic import op

from p2k2lms.core.triggers import no_truncate

revision = "0061_no_truncate"
down_revision = "0060_custody_ended"
branch_labels = None
depends_on = None

TABLES = (
    "core_audit",
    "catalogue_course_version",
    "catalogue_media",
    "assessment_item_version",
    "assessment_score",
    "fieldwork_roster_change",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in no_truncate(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
