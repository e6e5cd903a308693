"""Classes for tests: a whole one each, a test names only what it is about."""

from datetime import date
from itertools import count
from typing import Any

from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from tests.factories.catalogue import TINY, a_course
from tests.factories.identity import someone, the_units

_number = count(1)
KAPUAS, BANJAR = "62.03", "63.03"


def the_course() -> VersionCard:
    """The tiny course, published once per test."""
    known = [version for version in catalogue.courses() if version.course == TINY]
    return known[0] if known else a_course()


def the_unit(code: str) -> UnitCard:
    """The unit with this code, in the tree that ships."""
    try:
        return identity.unit_by_code(code)
    except NotFound:
        the_units()
        return identity.unit_by_code(code)


def an_angkatan(
    *, centre: str = "R4", trainer: int | None = None, panitia: int | None = None, **traits: Any
) -> AngkatanCard:
    """An online class of the regional centre with a shut door, without an end."""
    version, unit = the_course(), the_unit(centre)
    ordinary = {"course": version.course, "version_id": version.id, "name": f"Angkatan {next(_number)}"}
    where = {"centre_unit_id": unit.id, "centre_path": unit.path, "mode": "daring", "starts": date(2026, 1, 5)}
    with unit_of_work("test.an_angkatan") as uow:
        made = uow.add(Angkatan(**ordinary | where | traits)).id
        for person_id, role in ((trainer, "trainer"), (panitia, "panitia")):
            if person_id is not None:
                uow.add(AngkatanStaff(angkatan_id=made, person_id=person_id, role=role))
    return service.angkatan(made)


def a_member(angkatan: AngkatanCard, person_id: int | None = None, state: str = "berjalan") -> EnrolmentCard:
    """A pendamping of Banjar, or this person, in the class."""
    member = person_id or someone("pendamping", BANJAR)
    service.admit(angkatan.id, [member])
    card = next(m for m in service.members(angkatan.id) if m.person_id == member)
    service.set_state(card.id, state)
    return service.enrolment(card.id)
