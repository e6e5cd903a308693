"""A pendamping's NIK, sealed, with a blind index to find an equal one."""

import sqlalchemy as sa
from alembic import op

revision = "0010_sealed_nik"
down_revision = "0009_fieldwork"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("identity_person", sa.Column("nik_enc", sa.Text(), nullable=True))
    op.add_column("identity_person", sa.Column("nik_blind", sa.String(length=64), nullable=True))
    op.create_index("ix_identity_person_nik_blind", "identity_person", ["nik_blind"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_identity_person_nik_blind", table_name="identity_person")
    op.drop_column("identity_person", "nik_blind")
    op.drop_column("identity_person", "nik_enc")
