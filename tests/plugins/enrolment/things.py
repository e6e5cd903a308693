"""What the table of routes needs of enrolment: a class at the centre with staff and the pendamping in it."""

from tests.access.world import World
from tests.factories.enrolment import a_member, an_angkatan


def things(world: World) -> dict[str, object]:
    """A class, and the pendamping's place in it."""
    angkatan = an_angkatan(
        centre="62.03", trainer=world.person("widyaiswara"), panitia=world.person("panitia"), open_door=True
    )
    member = a_member(angkatan, world.person("pendamping"))
    return {"angkatan_id": angkatan.id, "enrolment_id": member.id, "version_id": member.version_id}
