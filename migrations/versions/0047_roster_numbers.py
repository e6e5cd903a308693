"""Keep who came to a meeting by number of the roster, and count whom a group reached in three months."""

import sqlalchemy as sa
from alembic import op

revision = "0045_roster_numbers"
down_revision = "0046_ping"
branch_labels = None
depends_on = None
REACH = ("reached", "reachable", "unticked")


def upgrade() -> None:
    with op.batch_alter_table("fieldwork_meeting_group") as batch:
        batch.add_column(sa.Column("numbers", sa.LargeBinary(length=125), nullable=True))
    with op.batch_alter_table("fieldwork_group_month") as batch:
        for name in REACH:
            batch.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("fieldwork_group_month") as batch:
        for name in reversed(REACH):
            batch.drop_column(name)
    with op.batch_alter_table("fieldwork_meeting_group") as batch:
        batch.drop_column("numbers")
