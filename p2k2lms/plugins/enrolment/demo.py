"""Synthetic classes: an open online one, one that is over, one that runs, and at larger scales many more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import queries, rules, service
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff, Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.values import COMMITTEE, RUNNING, TRAINER
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard, UnitCard

COURSE = "diklat-p2k2"
CENTRE = "R4"
OPEN_CLASS = "Diklat P2K2 daring, pintu terbuka"
PAST_CLASS = "Diklat P2K2 luring, angkatan 1"
OWN_CLASS = "Diklat P2K2 luring, angkatan 2"
NEXT_CLASS = "Diklat P2K2 luring, angkatan 3"
OPEN_SINCE, PAST_SINCE, OWN_SINCE, NEXT_SINCE = 60, 75, 5, -25
NEXT_SEATS, NEXT_WAITING = 4, 2
DAYS_OF_CLASS = 9
DEALT, IN_CLASS = 39, 30
LEFT_OUT = slice(10, 18)
"""Of the people so many are in no class: they walk a path of coaching, or wait."""
MOST_CLASSES, GROUPS_OF_WAVE = 60, 10
CHUNK = 2000


def load(scale: str, seed: int) -> None:
    """Classes for the people who are there; called again, it adds only what is missing.

    Who sits where follows from the order of the people; `seed` says when each came.
    """
    try:
        version, centre = catalogue.latest(COURSE), identity.unit_by_code(CENTRE)
    except NotFound:
        return
    known = identity.find_people(["pendamping", "widyaiswara", "panitia"])
    learner = [known["pendamping"].id] if "pendamping" in known else []
    path = "/ID/" if scale == "national" else centre.path
    everyone = [person for person in _holders("pendamping", path) if person not in learner]
    others = everyone[: LEFT_OUT.start] + everyone[LEFT_OUT.stop : DEALT]
    with unit_of_work("enrolment.load_demo", subject=scale):
        door = _class(OPEN_CLASS, "daring", version, centre, OPEN_SINCE, None)
        past = _class(PAST_CLASS, "luring", version, centre, PAST_SINCE, DAYS_OF_CLASS)
        own = _class(OWN_CLASS, "luring", version, centre, OWN_SINCE, DAYS_OF_CLASS)
        planned = _class(NEXT_CLASS, "luring", version, centre, NEXT_SINCE, DAYS_OF_CLASS)
        _people_of(known, (door, past, own, planned), centre)
        service.admit(door, learner)
        for n, angkatan_id in enumerate((door, past, own)):
            _seat(angkatan_id, others[n::3], seed)
        if scale != "small":
            _fill(version, centre, everyone[DEALT:], seed)
    if "widyaiswara" in known:
        _meet((past, own, planned), known["widyaiswara"].id, seed)


def _people_of(known: Mapping[str, PersonCard], classes: Sequence[int], centre: UnitCard) -> None:
    """The demo widyaiswara and panitia, and one more who teaches and stands in."""
    trainers = [known["widyaiswara"].id] if "widyaiswara" in known else []
    trainers += [t for t in _holders("widyaiswara", centre.path) if t not in trainers][: len(trainers)]
    for angkatan_id in classes:
        for person_id in trainers:
            _staff(angkatan_id, person_id, TRAINER)
        if "panitia" in known:
            _staff(angkatan_id, known["panitia"].id, COMMITTEE)


def _meet(classes: Sequence[int], trainer: int, seed: int) -> None:
    """The classes in a room have their timetable and lists; the places of the last one will be drawn."""
    for angkatan_id in classes:
        service.hold_meetings(angkatan_id, seed)
    service.agree_on_draw(classes[-1], trainer, NEXT_SEATS, NEXT_WAITING)


def _holders(role: str, path: str) -> Iterator[int]:
    after = 0
    while found := identity.people_of_units([path], [role], clock.today(), after_id=after, limit=CHUNK):
        yield from (person.id for person in found)
        after = found[-1].id


def _class(name: str, mode: str, version: VersionCard, centre: UnitCard, since: int, days: int | None) -> int:
    """The class with this name, made now if it is not there; the door of one without an end stands open."""
    known = queries.angkatan_named(centre.id, name)
    if known is not None:
        return known
    first: date = clock.today() - timedelta(days=since)
    row = {"course": version.course, "version_id": version.id, "name": name, "mode": mode, "starts": first}
    place = {"centre_unit_id": centre.id, "centre_path": centre.path, "open_door": days is None}
    ends = None if days is None else first + timedelta(days=days)
    queries.insert_many(Angkatan, [{**row, **place, "ends": ends, "seats": 35 if mode == "luring" else None}])
    return _class(name, mode, version, centre, since, days)


def _staff(angkatan_id: int, person_id: int, role: str) -> None:
    if queries.staff_row(angkatan_id, person_id) is None:
        queries.insert_many(AngkatanStaff, [{"angkatan_id": angkatan_id, "person_id": person_id, "role": role}])


def _fill(version: VersionCard, centre: UnitCard, people: Sequence[int], seed: int) -> None:
    """Classes of thirty in the months before, as many as a centre can hold, and waves that learn online."""
    trainers = list(_holders("widyaiswara", centre.path))
    for n, start in enumerate(range(0, len(people), IN_CLASS), 3):
        if n % 2 and n <= 2 * MOST_CLASSES:
            name, mode, since, days = f"Diklat P2K2 luring, angkatan {n}", "luring", 3 + 7 * n % 300, DAYS_OF_CLASS
        else:
            name, mode, since, days = f"Diklat P2K2 daring, gelombang {n // GROUPS_OF_WAVE + 1}", "daring", 20, 45
        angkatan_id = _class(name, mode, version, centre, since, days)
        _staff(angkatan_id, trainers[n % len(trainers)], TRAINER)
        _seat(angkatan_id, people[start : start + IN_CLASS], seed)


def _seat(angkatan_id: int, people: Sequence[int], seed: int) -> None:
    here = {row.person_id for row in queries.enrolment_rows(angkatan_id, people)}
    card = service.angkatan(angkatan_id)
    came = {p: service.demo_way(card, p, seed).began for p in people if p not in here}
    same = {"angkatan_id": angkatan_id, "course": card.course, "version_id": card.version_id, "state": RUNNING}
    spell = {"kind": "kelas", "mode": card.mode, "object_ref": f"angkatan:{angkatan_id}", "call_rule": ""}
    told = {"status": RUNNING, "source": "demo"}
    queries.insert_many(Enrolment, [{**same, "person_id": p, "enrolled_at": at} for p, at in came.items()])
    since = {p: rules.exposed_from(card.starts, clock.on_day(at, service.ZONE)) for p, at in came.items()}
    queries.insert_many(
        ExposureSpell, [{**spell, **told, "person_id": p, "valid_from": day} for p, day in since.items()]
    )
