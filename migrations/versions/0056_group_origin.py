"""Which groups a divided group goes on from: the sesi that its families had there stand on its map."""

import sqlalchemy as sa
from alembic import op

revision = "0056_group_origin"
down_revision = "0053_replies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fieldwork_group_origin",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["fieldwork_group.id"], name=op.f("fk_fieldwork_group_origin_group_id_fieldwork_group")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["fieldwork_group.id"], name=op.f("fk_fieldwork_group_origin_origin_id_fieldwork_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "origin_id", name=op.f("pk_fieldwork_group_origin")),
    )


def downgrade() -> None:
    op.drop_table("fieldwork_group_origin")
