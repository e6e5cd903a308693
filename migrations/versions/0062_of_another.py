"""What one person sent in the name of another is found by whose name it bears, so that its words can go with them."""

import sqlalchemy as sa
from alembic import op

revision = "0062_of_another"
down_revision = "0061_no_truncate"
branch_labels = None
depends_on = None

OF_ANOTHER = sa.text("person_id <> sender_id")


def upgrade() -> None:
    op.create_index(
        "ix_core_submission_of_another",
        "core_submission",
        ["person_id"],
        sqlite_where=OF_ANOTHER,
        postgresql_where=OF_ANOTHER,
    )


def downgrade() -> None:
    op.drop_index("ix_core_submission_of_another", table_name="core_submission")
