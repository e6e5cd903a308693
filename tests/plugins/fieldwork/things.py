"""What the table of routes needs of fieldwork: a group of the pendamping, and a meeting."""

import uuid

from tests.access.world import World
from tests.factories.fieldwork import a_group, a_meeting, sends


def things(world: World) -> dict[str, object]:
    """The group and its meeting."""
    group, sent = a_group(world.person("pendamping")), str(uuid.uuid4())
    answer = sends(world.actor("pendamping"), "meeting", a_meeting([group.id]), id=sent)
    assert answer.status == "accepted", answer
    return {
        "group_id": group.id,
        "meeting_id": sent,
        "fieldwork.teach:sesi": "m1-s01",
        "fieldwork.report:sesi": "m1-s01",
    }
