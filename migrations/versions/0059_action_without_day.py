"""What was agreed in a talk is kept, also when nobody said until when."""

import sqlalchemy as sa
from alembic import op

revision = "0059_action_without_day"
down_revision = "0058_asked_in_turn"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("coaching_agreed_action") as table:
        table.alter_column("due_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    op.execute("UPDATE coaching_agreed_action SET due_on = coalesce(settled_on, CURRENT_DATE) WHERE due_on IS NULL")
    with op.batch_alter_table("coaching_agreed_action") as table:
        table.alter_column("due_on", existing_type=sa.Date(), nullable=False)
