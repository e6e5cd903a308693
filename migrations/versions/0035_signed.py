"""Documents of certificates are found by their hash."""

from alembic import op

revision = "0035_signed"
down_revision = "0034_second_factor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_certificates_drawing_sha", "certificates_drawing", ["sha"])


def downgrade() -> None:
    op.drop_index("ix_certificates_drawing_sha", "certificates_drawing")
