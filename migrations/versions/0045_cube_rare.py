"""The cube counts what was seen at random visits, and what families say that they do."""

import sqlalchemy as sa
from alembic import op

revision = "0045_cube_rare"
down_revision = "0044_meeting_sesi"
branch_labels = None
depends_on = None
SUMS = ("n_seen", "sum_seen", "sq_seen", "n_does", "sum_does", "sq_does")


def upgrade() -> None:
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        for name in SUMS:
            kind = sa.Integer() if name.startswith("n_") else sa.Double()
            batch.add_column(sa.Column(name, kind, server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        for name in reversed(SUMS):
            batch.drop_column(name)
