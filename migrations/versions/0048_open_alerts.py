"""Find what is open or answered in a place at once, whatever the database knows of its own rows."""

import sqlalchemy as sa
from alembic import op

revision = "0046_open_alerts"
down_revision = "0045_roster_numbers"
branch_labels = None
depends_on = None
OPEN, ANSWERED = sa.text("closed_on IS NULL"), sa.text("verdict <> ''")
ALERT, BY_ANSWER = "dashboards_alert", "ix_dashboards_alert_answered"


def upgrade() -> None:
    op.create_index("ix_dashboards_alert_open_path", ALERT, ["unit_path"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index(BY_ANSWER, ALERT)
    op.create_index(BY_ANSWER, ALERT, ["unit_path"], sqlite_where=ANSWERED, postgresql_where=ANSWERED)


def downgrade() -> None:
    op.drop_index(BY_ANSWER, ALERT)
    op.create_index(BY_ANSWER, ALERT, ["rule"], sqlite_where=ANSWERED, postgresql_where=ANSWERED)
    op.drop_index("ix_dashboards_alert_open_path", ALERT)
