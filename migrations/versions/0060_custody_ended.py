"""Groups that nobody holds any more are found by the custody that ended, without a walk through every group."""

import sqlalchemy as sa
from alembic import op

revision = "0060_custody_ended"
down_revision = "0059_action_without_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("valid_to IS NOT NULL")
    op.create_index(
        "ix_fieldwork_custody_ended", "fieldwork_custody", ["valid_to"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_index("ix_fieldwork_custody_ended", "fieldwork_custody")
