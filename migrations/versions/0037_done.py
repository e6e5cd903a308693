"""Alerts: the day on which something was done about one, and an index of those that were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0037_done"
down_revision = "0036_rights"
branch_labels = None
depends_on = None

ANSWERED = sa.text("verdict <> ''")


def upgrade() -> None:
    op.add_column("dashboards_alert", sa.Column("done_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_dashboards_alert_answered",
        "dashboards_alert",
        ["rule"],
        sqlite_where=ANSWERED,
        postgresql_where=ANSWERED,
    )


def downgrade() -> None:
    op.drop_index("ix_dashboards_alert_answered", table_name="dashboards_alert")
    op.drop_column("dashboards_alert", "done_on")
