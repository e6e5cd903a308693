"""An enrolment, and a draw of forms, may belong to a path of coaching instead of a class."""

import sqlalchemy as sa
from alembic import op

revision = "0012_paths_in_enrolment"
down_revision = "0011_indicators"
branch_labels = None
depends_on = None

TABLES = ("enrolment_enrolment", "assessment_form_draw")
EITHER = "(angkatan_id IS NULL) <> (path_id IS NULL)"


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as change:
            change.add_column(sa.Column("path_id", sa.Integer(), nullable=True))
            change.alter_column("angkatan_id", existing_type=sa.Integer(), nullable=True)
            change.create_unique_constraint(op.f(f"uq_{table}_path_id"), ["path_id"])
            change.create_check_constraint(op.f(f"ck_{table}_place"), EITHER)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DELETE FROM {table} WHERE angkatan_id IS NULL")  # noqa: S608 - a name of our own
        with op.batch_alter_table(table) as change:
            change.drop_constraint(op.f(f"ck_{table}_place"), type_="check")
            change.drop_constraint(op.f(f"uq_{table}_path_id"), type_="unique")
            change.alter_column("angkatan_id", existing_type=sa.Integer(), nullable=False)
            change.drop_column("path_id")
