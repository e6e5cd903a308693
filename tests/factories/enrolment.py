"""Classes for tests: a whole one each, a test names only what it is about."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any, TypeVar

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import is_open, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.packs import shelf
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person
from p2k2lms.plugins.identity.values import UnitCard
from tests import ground
from tests.factories.catalogue import TINY, a_course
from tests.factories.identity import someone, the_units

T = TypeVar("T")
_number = count(1)
FIRST = 1  # the number of a version that is laid
_ready: dict[str, dict[Any, Any]] = {}  # what was kept ready of it once it was built
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


def on_a_course(name: str, build: Callable[[], T]) -> T:
    """What `build` makes of the tiny course and its people today, laid again where neither of them stands."""
    if is_open():
        return build()
    whole = f"{name} {clock.today()} {hash(frozenset(the_units().items()))}"
    built: list[T] = []

    def watched() -> T:
        built.append(build())
        return built[0]

    made = ground.stand(whole, watched, Document, Person)
    if built:
        if ground.is_kept(whole):
            _ready.setdefault(whole, {key: found for key, found in shelf()._kept.items() if key[1] == FIRST})
    else:
        shelf().forget(FIRST)  # its number may have been another course's before
        for key, found in _ready[whole].items():
            shelf()._put(key, *found)
    return made


def an_angkatan(
    *, centre: str = "R4", trainer: int | None = None, panitia: int | None = None, **traits: Any
) -> AngkatanCard:
    """An online class of the regional centre with a shut door, without an end."""

    def build() -> int:
        version, unit = the_course(), the_unit(centre)
        ordinary = {"course": version.course, "version_id": version.id, "name": f"Angkatan {next(_number)}"}
        where = {"centre_unit_id": unit.id, "centre_path": unit.path, "mode": "daring", "starts": date(2026, 1, 5)}
        with unit_of_work("test.an_angkatan") as uow:
            made = uow.add(Angkatan(**ordinary | where | traits)).id
            for person_id, role in ((trainer, "trainer"), (panitia, "panitia")):
                if person_id is not None:
                    uow.add(AngkatanStaff(angkatan_id=made, person_id=person_id, role=role))
        return made

    return service.angkatan(on_a_course(f"a class {centre} {trainer} {panitia} {sorted(traits.items())}", build))


def a_member(angkatan: AngkatanCard, person_id: int | None = None, state: str = "berjalan") -> EnrolmentCard:
    """A pendamping of Banjar, or this person, in the class."""
    with unit_of_work("test.a_member"):
        member = person_id or someone("pendamping", BANJAR)
        service.admit(angkatan.id, [member])
    card = next(m for m in service.members(angkatan.id) if m.person_id == member)
    if card.state != state:
        service.set_state(card.id, state)
    return service.enrolment(card.id)


def some_members(angkatan: AngkatanCard, number: int) -> list[EnrolmentCard]:
    """So many pendamping of Banjar who came into the class together."""
    with unit_of_work("test.some_members"):
        people = [someone("pendamping", BANJAR) for _n in range(number)]
        service.admit(angkatan.id, people)
    return [card for card in service.members(angkatan.id) if card.person_id in people]
