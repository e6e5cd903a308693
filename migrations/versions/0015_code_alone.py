"""A certificate is looked up by its code alone: nobody asks by number any more."""

from alembic import op

revision = "0015_code_alone"
down_revision = "0014_evaluation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_certificates_certificate_number", table_name="certificates_certificate")


def downgrade() -> None:
    op.create_index("ix_certificates_certificate_number", "certificates_certificate", ["number"])
