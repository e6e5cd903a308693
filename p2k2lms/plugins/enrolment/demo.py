"""Synthetic classes: an open online one, a class of the demo widyaiswara, and at larger scales many more."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import queries, service
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff, Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.values import COMMITTEE, RUNNING, TRAINER
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

COURSE = "diklat-p2k2"
CENTRE = "R4"
OPEN_CLASS = "Diklat P2K2 daring, pintu terbuka"
OWN_CLASS = "Diklat P2K2 luring, angkatan 1"
IN_OPEN_CLASS, IN_CLASS = 10, 30
CHUNK = 2000


def load(scale: str, seed: int) -> None:
    """Classes for the people who are there; called again, it adds only what is missing.

    `seed` has nothing to choose here: who sits where follows from the order of the people.
    """
    try:
        version, centre = catalogue.latest(COURSE), identity.unit_by_code(CENTRE)
    except NotFound:
        return
    known = identity.find_people(["pendamping", "widyaiswara", "panitia"])
    people = list(_pendamping("/ID/" if scale == "national" else centre.path))
    learner = [known["pendamping"].id] if "pendamping" in known else []
    others = [p for p in people if p not in learner]
    with unit_of_work("enrolment.load_demo", subject=scale):
        door = _class(OPEN_CLASS, "daring", version, centre)
        own = _class(OWN_CLASS, "luring", version, centre)
        for number, role in (("widyaiswara", TRAINER), ("panitia", COMMITTEE)):
            if number in known:
                _staff(door, known[number].id, role)
                _staff(own, known[number].id, role)
        service.admit(door, [*learner, *others[: IN_OPEN_CLASS - 1]])
        service.admit(own, others[IN_OPEN_CLASS - 1 : IN_OPEN_CLASS - 1 + IN_CLASS])
        if scale != "small":
            _fill(version, centre, others[IN_OPEN_CLASS - 1 + IN_CLASS :])


def _pendamping(path: str) -> Iterator[int]:
    after = 0
    while found := identity.people_of_units([path], ["pendamping"], clock.today(), after_id=after, limit=CHUNK):
        yield from (person.id for person in found)
        after = found[-1].id


def _class(name: str, mode: str, version: VersionCard, centre: UnitCard, starts: date | None = None) -> int:
    known = queries.angkatan_named(centre.id, name)
    if known is not None:
        return known
    first = starts or clock.today() - timedelta(days=5)
    row = {"course": version.course, "version_id": version.id, "name": name, "mode": mode, "starts": first}
    place = {"centre_unit_id": centre.id, "centre_path": centre.path, "open_door": mode == "daring"}
    ends = None if mode == "daring" else first + timedelta(days=9)
    queries.insert_many(Angkatan, [{**row, **place, "ends": ends, "seats": None if mode == "daring" else 35}])
    return _class(name, mode, version, centre)


def _staff(angkatan_id: int, person_id: int, role: str) -> None:
    if queries.staff_row(angkatan_id, person_id) is None:
        queries.insert_many(AngkatanStaff, [{"angkatan_id": angkatan_id, "person_id": person_id, "role": role}])


def _fill(version: VersionCard, centre: UnitCard, people: Sequence[int]) -> None:
    """Every second group of thirty sits in a class of its own, the others learn online."""
    for n, start in enumerate(range(0, len(people), IN_CLASS), 2):
        group = people[start : start + IN_CLASS]
        if n % 2:
            angkatan_id, mode = _class(OPEN_CLASS, "daring", version, centre), "daring"
        else:
            first = clock.today() - timedelta(days=5 + n % 60)
            angkatan_id, mode = _class(f"Diklat P2K2 luring, angkatan {n}", "luring", version, centre, first), "luring"
        _seat(angkatan_id, mode, version, group)


def _seat(angkatan_id: int, mode: str, version: VersionCard, people: Sequence[int]) -> None:
    here = {row.person_id for row in queries.enrolment_rows(angkatan_id, people)}
    new = [p for p in people if p not in here]
    card = service.angkatan(angkatan_id)
    same = {"angkatan_id": angkatan_id, "course": version.course, "version_id": card.version_id, "state": RUNNING}
    spell = {"kind": "kelas", "mode": mode, "object_ref": f"angkatan:{angkatan_id}", "call_rule": "", "status": RUNNING}
    since = {"valid_from": card.starts, "source": "demo"}
    queries.insert_many(Enrolment, [{**same, "person_id": p, "enrolled_at": clock.now()} for p in new])
    queries.insert_many(ExposureSpell, [{**spell, **since, "person_id": p} for p in new])
