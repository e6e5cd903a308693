"""Coverage upward: how many groups of a kabupaten have had each sesi."""

import sqlalchemy as sa
from alembic import op

revision = "0033_coverage"
down_revision = "0032_entry_codes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fieldwork_coverage_report",
        sa.Column(
            "unit_path",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sesi", sa.String(length=80), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("had", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "0 <= whole AND whole <= had AND had <= groups", name=op.f("ck_fieldwork_coverage_report_counts")
        ),
        sa.PrimaryKeyConstraint("unit_path", "sesi", name=op.f("pk_fieldwork_coverage_report")),
    )


def downgrade() -> None:
    op.drop_table("fieldwork_coverage_report")
