"""What the table of routes needs of assessment: a pre-test that was begun, and an item of the tiny course."""

from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.catalogue import service as catalogue
from tests.access.world import World
from tests.factories.catalogue import TINY


def things(world: World) -> dict[str, object]:
    """The pendamping's attempt."""
    attempt = service.start(world.actor("pendamping"), int(str(world.ids["enrolment_id"])), "pre", "")
    item = catalogue.bank(TINY).items[0].id
    return {"attempt_id": attempt, "purpose": "pre", "item": item, "assessment_items.export:format": "gift"}
