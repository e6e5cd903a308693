"""Attempts are found by their form: the clinic judges an item on all classes that sat it."""

from alembic import op

revision = "0031_attempts_by_form"
down_revision = "0030_scene_played"
branch_labels = None
depends_on = None

NAME = "ix_assessment_attempt_form_id"


def upgrade() -> None:
    op.create_index(NAME, "assessment_attempt", ["form_id"])


def downgrade() -> None:
    op.drop_index(NAME, "assessment_attempt")
