"""What one person has to do with coaching today: own path, people coached, paths that ask for a coach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.once import once_per_page
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.coaching.permissions import CREATE_OBSERVATION, LIST_COVERAGE, READ_COACHING
from p2k2lms.plugins.coaching.queries import asked as asked_of
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.queries import sheets as read_sheets
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.service import coaches, covering, starting
from p2k2lms.plugins.coaching.service.observing import Agreement, agreement_on
from p2k2lms.plugins.coaching.values import About, PathCard, Sheet
from p2k2lms.plugins.coaching.values.words import RUNNING
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED
from p2k2lms.plugins.enrolment.values import RUNNING as LEARNING
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard


@dataclass(frozen=True)
class Coached:
    """One path that the actor coaches, and how far it is."""

    path: PathCard
    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Desk:
    """The page Bimbingan: everything of the actor's in one look."""

    mine: tuple[PathCard, ...]
    steps: dict[int, tuple[int, int]]
    offer: starting.Offer
    coached: tuple[Coached, ...]
    asked: tuple[covering.WaitingPath, ...]
    coach: PersonCard | None
    willing: bool
    may_agree: bool
    leads: bool


@dataclass(frozen=True)
class Next:
    """The own running path in one line: where it stands, whom it waits for."""

    path: PathCard
    done: int
    total: int
    waiting: rules.Waiting | None


def desk(actor: Actor) -> Desk:
    """Own paths first, then the people one coaches, then who asks."""
    require(actor, READ_COACHING)
    today = clock.today()
    both = read.concerning(actor.id or 0, today)
    mine = [path for path in both if path.person_id == actor.id]
    held = [path for path in both if path.person_id != actor.id]
    asked = covering.asked(actor)
    coach_id = next((path.coach_id for path in mine if path.state == RUNNING and path.coach_id), None)
    others = [*(path.person_id for path in held), *(one.path.person_id for one in asked)]
    people = identity.people([*others, *([coach_id] if coach_id else [])])
    steps = read.steps_done([path.id for path in [*mine, *held]])
    may_agree = "pendamping" in actor.roles and enrolment.is_prepared(actor.id or 0, today)
    return Desk(
        mine=tuple(mine),
        steps=steps,
        offer=starting.offer(actor, mine),
        coached=tuple(Coached(path, people[path.person_id].name, *steps.get(path.id, (0, 0))) for path in held),
        asked=tuple(replace(one, name=people[one.path.person_id].name) for one in asked),
        coach=people.get(coach_id or 0),
        willing=may_agree and coaches.willing(actor),
        may_agree=may_agree,
        leads=bool(actor.roles & LIST_COVERAGE.roles),
    )


@once_per_page
def _of(person_id: int) -> tuple[PathCard, ...]:
    return tuple(read.paths_of([person_id], clock.today()))


def path_of(person_id: int) -> PathCard | None:
    """The running path of one person, for the plugins above."""
    return next((path for path in _of(person_id) if path.state == RUNNING), None)


def paths_of(person_ids: Sequence[int]) -> list[PathCard]:
    """Every path of these people, the newest first: for the plugins above."""
    if len(person_ids) == 1:
        return list(_of(person_ids[0]))
    return read.paths_of(person_ids, clock.today())


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of paths: the own one, and those of people in care."""
    me, today, units = actor.id or 0, clock.today(), actor.paths("koordinator")
    asked = [asked_of.walked.ahead(me, today)] if "pendamping" in actor.roles else []
    if "supervisor" in actor.roles:
        asked.append(asked_of.guided.ahead(me, today))
    if units:
        asked.append(asked_of.led.ahead(units, today))
    return asked


def home(actor: Actor) -> Next | None:
    """Where the own running path stands; None without one."""
    on_a_path = any(card.path_id for card in enrolment.enrolments_of(actor.id or 0))
    found = asked_of.walked(actor.id or 0, clock.today()) if on_a_path else None
    if found is None:
        return None
    path, done, total = found
    return Next(path, done, total, rules.waiting(path.asked_on, True, clock.today()))


@dataclass(frozen=True)
class ClassSheets:
    """The micro-teachings of a class: its members, and the sheets about each."""

    angkatan_id: int
    name: str
    version_id: int
    members: tuple[tuple[int, str], ...]
    sheets: dict[int, tuple[Sheet, ...]]
    agreement: Agreement


def class_sheets(actor: Actor, angkatan_id: int) -> ClassSheets:
    """The micro-teachings of a class, for who teaches in it; NotFound for others."""
    require(actor, CREATE_OBSERVATION)
    found = enrolment.roster(actor, angkatan_id)
    sheets: dict[int, tuple[Sheet, ...]] = {}
    for sheet in read_sheets.of_subject(f"angkatan:{angkatan_id}"):
        sheets[sheet.person_id] = (*sheets.get(sheet.person_id, ()), sheet)
    members = tuple((line.person.id, line.person.name) for line in found.lines)
    version = found.angkatan.version_id
    twice = agreement_on(version, [sheet for about in sheets.values() for sheet in about])
    return ClassSheets(angkatan_id, found.angkatan.name, version, members, sheets, twice)


def may_start(actor: Actor) -> bool:
    """True for a pendamping who is not prepared, sits in no class and has begun nothing."""
    if any(card.state in (LEARNING, PASSED) for card in enrolment.enrolments_of(actor.id or 0)):
        return False  # who has passed is prepared, as `is_prepared` would say
    return not enrolment.is_prepared(actor.id or 0, clock.today()) and bool(starting.offer(actor, []).templates)


def about_today(person_id: int) -> About:
    """Somebody, as a permission sees it today."""
    return About(person_id, clock.today())
