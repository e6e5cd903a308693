"""What the table of routes needs of certificates: one that the pendamping holds, from a class that is over."""

from p2k2lms.core import nature
from p2k2lms.plugins.assessment.values import PRE
from p2k2lms.plugins.certificates import service
from tests.access.world import World
from tests.factories.enrolment import a_member, an_angkatan
from tests.factories.progress import a_score, read_all


def things(world: World) -> dict[str, object]:
    """The code of the certificate; the database is a demo, where whoever signs is known."""
    nature.be_born(demo=True)
    owner = world.actor("pendamping")
    staff = {"trainer": world.person("widyaiswara"), "panitia": world.person("panitia")}
    angkatan = an_angkatan(centre="62.03", open_door=True, **staff)
    member = a_member(angkatan, owner.id)
    a_score(member, 8, PRE)
    read_all(owner, member)
    a_score(member, 16)
    return {"code": service.of_person(owner.id or 0)[0].code}
