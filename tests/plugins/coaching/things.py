"""What the table of routes needs of coaching: a path of the pendamping, coached by the supervisor, and a sheet."""

import uuid

from tests.access.world import World
from tests.factories.coaching import a_path_of, watches
from tests.factories.enrolment import the_course


def things(world: World) -> dict[str, object]:
    """The path with its first meeting, what was agreed, a sheet, and the template."""
    person, sent = world.person("pendamping"), str(uuid.uuid4())
    path_id = a_path_of(person, world.person("supervisor"))
    answer = watches(world.actor("supervisor"), person, the_course().id, id=sent)
    assert answer.status == "accepted", answer
    return {
        "path_id": path_id,
        "number": 1,
        "action_id": 1,
        "sheet_id": answer.id,
        "template_id": 1,
        "coaching.observe:sesi": "m1-s01",
        "coaching.observe:version_id": the_course().id,
    }
