"""Hold the sums of reach and of the cube to what sums can be, and count reach again where nothing was known of it."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0051_reach"
down_revision = "0051_held"
branch_labels = None
depends_on = None

REACH = "0 <= reached AND reached <= reachable AND 0 <= unticked"
SUMMED = ("met", "came", "load", "left", "seen", "does")
CUBE = {
    "people": "0 <= first AND 0 <= stayed AND stayed <= there",
    "sums": " AND ".join(f"0 <= n_{name} AND 0 <= sq_{name}" for name in SUMMED),
    "truth": "0 <= said AND said <= checked AND 0 <= truly AND truly <= checked",
    "drawn": "checked <= drawn",
}

MONTHS = sa.table("fieldwork_group_month", sa.column("month", sa.Date))
AGAIN = (
    "INSERT INTO core_dirty_mark (unit_id, month, fact) SELECT DISTINCT unit_id, month, 'fieldwork.month' "
    "FROM fieldwork_group_month WHERE due = 1 AND reachable = 0 AND month >= :since"
)


def upgrade() -> None:
    """Months of before reach was counted stand there with zeros; the job that takes marks away counts a year of them
    again. Of those before, all is unknown, as the pages say."""
    with op.batch_alter_table("fieldwork_group_month") as batch:
        batch.create_check_constraint(op.f("ck_fieldwork_group_month_reach"), REACH)
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        for name, condition in CUBE.items():
            batch.create_check_constraint(op.f(f"ck_outcomes_cube_outcome_{name}"), condition)
    newest = op.get_bind().scalar(sa.select(sa.func.max(MONTHS.c.month)))
    if newest is not None:
        op.execute(again(newest))


def again(newest: date) -> sa.TextClause:
    """The marks of the year that ends with this month."""
    return sa.text(AGAIN).bindparams(sa.bindparam("since", newest.replace(year=newest.year - 1), sa.Date))


def downgrade() -> None:
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        for name in reversed(CUBE):
            batch.drop_constraint(op.f(f"ck_outcomes_cube_outcome_{name}"), type_="check")
    with op.batch_alter_table("fieldwork_group_month") as batch:
        batch.drop_constraint(op.f("ck_fieldwork_group_month_reach"), type_="check")
