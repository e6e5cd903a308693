"""What the table of routes needs of coaching: a path of the pendamping, coached by the supervisor, and a sheet."""

import uuid

from p2k2lms.core import photos
from p2k2lms.plugins.coaching.routes import packs
from p2k2lms.plugins.coaching.values import SheetKey
from tests.access.world import World
from tests.factories.coaching import a_path_of, watches
from tests.factories.enrolment import the_course
from tests.factories.photos import a_picture


def things(world: World) -> dict[str, object]:
    """The path with its first meeting, what was agreed, a sheet, and the template."""
    person, sent = world.person("pendamping"), str(uuid.uuid4())
    path_id = a_path_of(person, world.person("supervisor"))
    photo = photos.receive(world.actor("supervisor"), a_picture())
    answer = watches(world.actor("supervisor"), person, the_course().id, id=sent, photo=photo)
    assert answer.status == "accepted", answer
    return {
        "path_id": path_id,
        "number": 1,
        "action_id": 1,
        "sheet_id": answer.id,
        "coaching.photo:photo_id": photos.of("coaching.observation", [sent])[0].id,
        "coaching_packs.sheet:name": _file(world),
        "template_id": 1,
        "coaching.publish_template:do": "ajukan",
        "coaching.observe:sesi": "m1-s01",
        "coaching.observe:version_id": the_course().id,
    }


def _file(world: World) -> str:
    """The name of the file of a sheet."""
    with world.app.test_request_context():
        return packs.parcel(SheetKey(the_course().id, "m1-s01")).name
