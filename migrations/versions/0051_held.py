"""What was held for somebody else is found by that person, so that covered words are found there too."""

import sqlalchemy as sa
from alembic import op

revision = "0051_held"
down_revision = "0045_studio"
branch_labels = None
depends_on = None

HELD = sa.text("status = 'held'")


def upgrade() -> None:
    op.create_index(
        "ix_core_submission_held", "core_submission", ["person_id"], sqlite_where=HELD, postgresql_where=HELD
    )


def downgrade() -> None:
    op.drop_index("ix_core_submission_held", table_name="core_submission")
