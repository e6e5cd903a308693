"""The cube counts one more outcome: families who left on their own."""

import sqlalchemy as sa
from alembic import op

revision = "0037_cube"
down_revision = "0037_done"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        batch.add_column(sa.Column("n_left", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("sum_left", sa.Double(), server_default="0", nullable=False))
        batch.add_column(sa.Column("sq_left", sa.Double(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outcomes_cube_outcome") as batch:
        for name in ("sq_left", "sum_left", "n_left"):
            batch.drop_column(name)
