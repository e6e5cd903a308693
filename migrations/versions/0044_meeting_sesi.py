"""Find the newest meetings of a sesi quickly, for what the field says back to authors."""

from alembic import op

revision = "0044_meeting_sesi"
down_revision = "0041_version_texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_fieldwork_meeting_sesi_on_day", "fieldwork_meeting", ["sesi", "on_day"])


def downgrade() -> None:
    op.drop_index("ix_fieldwork_meeting_sesi_on_day", table_name="fieldwork_meeting")
