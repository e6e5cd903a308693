"""What the table of routes needs of assessment: a pre-test that was begun."""

from p2k2lms.plugins.assessment import service
from tests.access.world import World


def things(world: World) -> dict[str, object]:
    """The pendamping's attempt."""
    attempt = service.start(world.actor("pendamping"), int(str(world.ids["enrolment_id"])), "pre", "")
    return {"attempt_id": attempt, "purpose": "pre"}
