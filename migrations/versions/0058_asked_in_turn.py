"""Let the people of a wave wait in its queue: who is to be asked is kept before the asking begins."""

from alembic import op

revision = "0058_asked_in_turn"
down_revision = "0056_audit_officers"
branch_labels = None
depends_on = None

CHECK = "ck_evaluation_wave_unasked_reason"
BEFORE, QUEUED = "'atasan', 'kelompok', 'menolak'", "'antre'"


def upgrade() -> None:
    """Bands are frozen with the asking: the job that did it later has no handler any more, and waits no longer."""
    op.execute("DELETE FROM core_job WHERE name = 'evaluation.frame_wave' AND done_at IS NULL")
    _hold_to(f"{QUEUED}, {BEFORE}")


def downgrade() -> None:
    """Who waits in the queue is told as waiting for a supervisor: the next night of either release asks again."""
    op.execute(f"UPDATE evaluation_wave_unasked SET reason = 'atasan' WHERE reason = {QUEUED}")
    _hold_to(BEFORE)


def _hold_to(reasons: str) -> None:
    with op.batch_alter_table("evaluation_wave_unasked") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), f"reason IN ({reasons})")
