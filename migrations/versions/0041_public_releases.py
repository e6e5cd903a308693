"""What of a release was published, and when."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0039_public_releases"
down_revision = "0037_media"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outcomes_release") as batch:
        batch.add_column(sa.Column("published_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("published", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outcomes_release") as batch:
        batch.drop_column("published")
        batch.drop_column("published_at")
