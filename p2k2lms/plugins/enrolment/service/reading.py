"""What enrolment answers: to its own pages, with access decided, and to the plugins above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment import queries, rules
from p2k2lms.plugins.enrolment import spell_queries as spells
from p2k2lms.plugins.enrolment.permissions import CHANGE_ANGKATAN, READ_ANGKATAN
from p2k2lms.plugins.enrolment.queries import asked, attending, seats, sessions
from p2k2lms.plugins.enrolment.service import asking
from p2k2lms.plugins.enrolment.values import RUNNING, STOPPED, AngkatanCard, AttendanceShare, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard, UnitCard

PAGE = 100
MOST_CLASSES = 20
MOST_DOORS = 20


@dataclass(frozen=True)
class RosterLine:
    """One member of a class as a page shows it."""

    enrolment: EnrolmentCard
    person: PersonCard


@dataclass(frozen=True)
class Roster:
    """A class with one page of its members, and its staff by name."""

    angkatan: AngkatanCard
    lines: tuple[RosterLine, ...]
    staff: tuple[tuple[str, PersonCard], ...]
    next_after: int | None


@dataclass(frozen=True)
class Candidates:
    """People of a unit who could be added, one page of them."""

    unit: UnitCard
    people: tuple[PersonCard, ...]
    next_after: int | None
    unknown: bool = False


@dataclass(frozen=True)
class OwnClass:
    """A class in which one learns oneself."""

    enrolment: EnrolmentCard
    angkatan: AngkatanCard


def angkatan(angkatan_id: int) -> AngkatanCard:
    """The class with this id; raises NotFound."""
    found = queries.angkatan(angkatan_id)
    if found is None:
        raise NotFound("angkatan")
    return found


def angkatan_by_ids(ids: Sequence[int]) -> dict[int, AngkatanCard]:
    """These classes by id; unknown ids are left out."""
    return {card.id: card for card in queries.angkatan_by_ids(ids)}


def classes_of(person_id: int) -> list[AngkatanCard]:
    """The classes in which this person sits, or sat, newest first."""
    return list(asked.classes_of(person_id))


def all_classes() -> Iterator[AngkatanCard]:
    """Every class, oldest first: for the demo loaders of the plugins above."""
    return (angkatan(angkatan_id) for angkatan_id in queries.all_ids())


def centres_teaching(course: str) -> list[UnitCard]:
    """The centres that ever held a class of this course."""
    return list(identity.units(queries.centres_teaching(course)).values())


def angkatan_to_change(actor: Actor, angkatan_id: int) -> AngkatanCard:
    """The class, for somebody who may change it; NotFound for all others."""
    card = angkatan(angkatan_id)
    require(actor, CHANGE_ANGKATAN, card)
    return card


def enrolment(enrolment_id: int) -> EnrolmentCard:
    """The enrolment with this id; raises NotFound."""
    found = queries.enrolment(enrolment_id)
    if found is None:
        raise NotFound("enrolment")
    return found


def enrolments_of(person_id: int) -> list[EnrolmentCard]:
    """All enrolments of one person, the running ones first, then the latest."""
    return list(queries.of_person(person_id))


def enrolments_of_people(person_ids: Sequence[int]) -> list[EnrolmentCard]:
    """The enrolments of several people in one query."""
    return queries.of_people(person_ids)


def taught_by(person_id: int) -> Any:
    """A SELECT of `person_id` of who sits, or sat, in the classes in which somebody works: a filter for lists."""
    return queries.taught_by(person_id)


def enrolments_seen_by(trainer_id: int, person_ids: Sequence[int]) -> list[tuple[EnrolmentCard, bool]]:
    """The enrolments of several people, each with whether this trainer works in its class."""
    return queries.seen_by(trainer_id, person_ids)


def enrolment_in(person_id: int, course: str) -> EnrolmentCard | None:
    """The enrolment that counts for a course: the running one, else the latest."""
    return next((card for card in queries.of_person(person_id) if card.course == course), None)


def prepared_since(person_ids: Sequence[int], day: date) -> dict[int, date]:
    """Who of these people has a passed class or a finished path by this day, and since when."""
    return {person: since for person, (_kind, since) in spells.prepared(tuple(person_ids), day).items()}


def prepared_ways(person_ids: Sequence[int], day: date) -> dict[int, tuple[str, date]]:
    """The same with the way: the kind of exposure that was finished first."""
    return spells.prepared(tuple(person_ids), day)


def is_prepared(person_id: int, day: date) -> bool:
    """True for who has passed a class or finished a path of coaching by this day."""
    return person_id in spells.prepared((person_id,), day)


def prepared_ahead(person_id: int, day: date) -> Ahead:
    """The same question, to be asked together with others."""
    return spells.prepared.ahead((person_id,), day)


def sits_in_class(person_id: int) -> bool:
    """True while a class in which this person learns is not closed; who did not pass may read on after that."""
    running = any(card.state == RUNNING and card.angkatan_id for card in queries.of_person(person_id))
    return running and sessions.sits_in_class(person_id)


def members(angkatan_id: int, after_id: int = 0, limit: int | None = None) -> list[EnrolmentCard]:
    """Who sits in a class (those who stopped too), in order of coming."""
    whole = not after_id and limit is None
    return list(seats.members(angkatan_id) if whole else seats.page(angkatan_id, after_id, limit))


def names_of(angkatan_id: int, after_id: int = 0, limit: int | None = None) -> dict[int, str]:
    """What they are called, by person."""
    return seats.names(angkatan_id, after_id, limit)


def attended(angkatan_id: int) -> list[tuple[EnrolmentCard, AttendanceShare | None]]:
    """The same, each with the share of the meetings up to today; None where no meeting was held."""
    return list(attending.attended(angkatan_id, clock.today()))


def people_in(angkatan_id: int) -> Any:
    """A SELECT of `person_id` of who sits in a class, for those who count what they sent."""
    return seats.people_in(angkatan_id)


def seats_in(angkatan_id: int) -> Any:
    """A SELECT of the ids of all enrolments of a class, for those who look for what was sat in it."""
    return seats.seats_in(angkatan_id)


def members_elsewhere_too(card: AngkatanCard) -> list[EnrolmentCard]:
    """All enrolments in the course of a class of those who sit, or sat, in it: also in other classes, and on paths."""
    return list(seats.members_elsewhere_too(card.id))


def trains(actor: Actor, before: int | None = None) -> list[AngkatanCard]:
    """The classes that the actor teaches, runs or administers, newest first, a page at a time."""
    return list(queries.run_by(actor, before, MOST_CLASSES, False))


def still_runs(actor: Actor) -> list[AngkatanCard]:
    """Those that are not closed yet, the newest first, at most a page."""
    return list(queries.run_by(actor, None, MOST_CLASSES, True))


def own_classes(actor: Actor) -> list[OwnClass]:
    """The classes in which the actor learns or has learned."""
    mine = queries.of_person(actor.id or 0)
    known = angkatan_by_ids([card.angkatan_id for card in mine if card.angkatan_id])
    return [OwnClass(card, known[card.angkatan_id]) for card in mine if card.angkatan_id]


def judged_by(actor: Actor, paths: Sequence[str]) -> Any:
    """A SELECT of the ids of enrolments in the actor's own classes, or on a path in these units: a filter for lists."""
    return queries.judged_by(actor, paths, clock.today())


def has_passed(enrolment_id: Any) -> Any:
    """That the enrolment in this column was passed, as a condition for the lists of others."""
    return spells.has_passed(enrolment_id)


def in_own_angkatan(actor: Actor, angkatan_id: int) -> bool:
    """True for trainer or panitia of the class, and for an admin of its unit."""
    card = queries.angkatan(angkatan_id)
    return card is not None and allowed(actor, READ_ANGKATAN, card)


def in_own_class(actor: Actor, person_id: int) -> bool:
    """True for trainer or panitia of a class in which this person sits, or sat, and for an admin of its unit."""
    return any(allowed(actor, READ_ANGKATAN, card) for card in asked.classes_of(person_id))


def of_own_class(actor: Actor, seat: EnrolmentCard) -> bool:
    """The same of the class of this enrolment alone."""
    mine = (card for card in asked.classes_of(seat.person_id) if card.id == seat.angkatan_id)
    return any(allowed(actor, READ_ANGKATAN, card) for card in mine)


def open_doors(actor: Actor) -> list[AngkatanCard]:
    """Open online classes that the actor may walk into as a learner; those in which he sits already are among them."""
    return list(queries.open_doors(*_doors(actor)))


def _doors(actor: Actor) -> tuple[Actor, tuple[str, ...], date, int]:
    centres = rules.ancestors(posting.unit_path for posting in actor.postings)
    return actor, tuple(centres), clock.today(), MOST_DOORS


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of classes: the own ones, those that the actor runs, for a pendamping open doors."""
    asked = [queries.of_person.ahead(actor.id or 0)]
    if actor.roles & asking.RUN_CLASSES:
        asked.append(queries.run_by.ahead(actor, None, MOST_CLASSES, True))
    if "pendamping" in actor.roles:
        asked += queries.open_doors.ahead(*_doors(actor)), spells.prepared.ahead((actor.id or 0,), clock.today())
    return asked


def roster(actor: Actor, angkatan_id: int, after_id: int = 0) -> Roster:
    """One page of a class for its staff, asked together with how it is prepared; NotFound for all others."""
    questions.ask(
        [
            *asking.ahead_of_members(angkatan_id, after_id, PAGE),
            sessions.summary.ahead(angkatan_id),
            sessions.waiting_by_name.ahead(angkatan_id),
        ]
    )
    card = angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    page = members(angkatan_id, after_id, PAGE)
    people = identity.people([m.person_id for m in page] + [s.person_id for s in card.staff])
    lines = [RosterLine(m, people[m.person_id]) for m in page if m.person_id in people]
    lines.sort(key=lambda line: (line.enrolment.state == STOPPED, line.person.name))
    staff = tuple((s.role, people[s.person_id]) for s in card.staff if s.person_id in people)
    return Roster(card, tuple(lines), staff, page[-1].id if len(page) == PAGE else None)


def candidates(actor: Actor, card: AngkatanCard, unit_code: str, after_id: int = 0) -> Candidates:
    """Pendamping of a unit who do not sit in the class yet, a page at a time.

    Without a code, and for a code that is not in the centre's area, the unit is the centre itself.
    """
    require(actor, CHANGE_ANGKATAN, card)
    named = _unit_within(card, unit_code)
    unit = named or identity.unit(card.centre_unit_id)
    found = identity.people_of_units([unit.path], ["pendamping"], clock.today(), after_id=after_id, limit=PAGE)
    here = {m.person_id for m in members_of(card.id, [p.id for p in found])}
    people = tuple(person for person in found if person.id not in here)
    return Candidates(unit, people, found[-1].id if len(found) == PAGE else None, bool(unit_code) and named is None)


def _unit_within(card: AngkatanCard, code: str) -> UnitCard | None:
    try:
        unit = identity.unit_by_code(code) if code and code.isprintable() else None
    except NotFound:
        return None
    return unit if unit is not None and unit.path.startswith(card.centre_path) else None


def members_of(angkatan_id: int, person_ids: Sequence[int]) -> list[EnrolmentCard]:
    """Those of these people who run or have passed in the class."""
    return [card for card in queries.of_people(person_ids) if card.angkatan_id == angkatan_id and card.state != STOPPED]
