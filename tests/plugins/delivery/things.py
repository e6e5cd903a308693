"""What the table of routes needs of delivery: a card and a scene of the tiny course, and a photo."""

from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery.parcels import parcels
from tests.access.world import World
from tests.factories.catalogue import TINY
from tests.factories.photos import a_picture


def things(world: World) -> dict[str, object]:
    """Course, sesi, langkah and scene by their ids, and the name of a pack of one sesi."""
    version = next(one for one in catalogue.courses() if one.course == TINY)
    with world.app.test_request_context():
        name = parcels(version.id)["tf-s01"].name
    told = {"course": TINY, "sesi": "tf-s01", "langkah": "tf-s01-l01", "adegan": "tf-s01-a01"}
    photo = catalogue.put_media(a_picture())
    return told | {"delivery_packs.sesi:name": name, "delivery_photos.photo:sha": photo.sha, "kind": photo.kind}
