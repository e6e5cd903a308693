"""What a pendamping replies to a remark, and when the remark was settled by a reply or a correction."""

import sqlalchemy as sa
from alembic import op

from p2k2lms.core.db import UtcDateTime

revision = "0053_replies"
down_revision = "0053_unasked"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fieldwork_meeting_remark") as batch:
        batch.add_column(sa.Column("reply", sa.String(500), nullable=False, server_default=""))
        batch.add_column(sa.Column("replied_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("settled_at", UtcDateTime(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_fieldwork_meeting_remark_replied_by_identity_person"), "identity_person", ["replied_by"], ["id"]
        )
    with op.batch_alter_table("fieldwork_meeting_remark") as batch:
        batch.alter_column("reply", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("fieldwork_meeting_remark") as batch:
        batch.drop_constraint(op.f("fk_fieldwork_meeting_remark_replied_by_identity_person"), type_="foreignkey")
        batch.drop_column("settled_at")
        batch.drop_column("replied_by")
        batch.drop_column("reply")
