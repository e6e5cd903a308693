"""Where a test was begun: in the room of the class or alone; of those from before this nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0063_place_kind"
down_revision = "0062_of_another"
branch_labels = None
depends_on = None

PLACE = "ck_assessment_attempt_place"


def upgrade() -> None:
    with op.batch_alter_table("assessment_attempt") as change:
        change.add_column(sa.Column("place", sa.String(length=10), nullable=False, server_default=""))
        change.create_check_constraint(op.f(PLACE), "place IN ('kelas', 'sendiri', '')")


def downgrade() -> None:
    with op.batch_alter_table("assessment_attempt") as change:
        change.drop_constraint(op.f(PLACE), type_="check")
        change.drop_column("place")
