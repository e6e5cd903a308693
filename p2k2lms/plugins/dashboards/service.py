"""Use-cases: compose the home page, list people in care, open one person's page, and read the bell."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from p2k2lms.core import clock, notices, questions
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.notices import NoticeLine
from p2k2lms.core.panels import offers, questions_of
from p2k2lms.plugins.dashboards import rules
from p2k2lms.plugins.dashboards.permissions import (
    LIST_PEOPLE,
    READ_HOME,
    READ_NOTICES,
    READ_PERSON,
    READ_UNIT,
    UNIT_LEADERS,
)
from p2k2lms.plugins.dashboards.rules import Home
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard, UnitCard
from p2k2lms.plugins.progress import service as progress
from p2k2lms.plugins.progress.values import PersonRow

PAGE = 50


@dataclass(frozen=True)
class Greeting:
    """How the home page opens: the hour's greeting and the day."""

    words: str
    today: date


@dataclass(frozen=True)
class PersonHead:
    """The head of a person's page: who, and where posted today."""

    card: PersonCard
    unit: UnitCard | None


def greet(zone: str) -> Greeting:
    """The greeting of this hour, on the clock of this zone."""
    local = clock.now().astimezone(ZoneInfo(zone))
    return Greeting(rules.greeting(local.hour), local.date())


def home(actor: Actor) -> Home:
    """What this person should do next, and at most three more things."""
    require(actor, READ_HOME)
    questions.ask([notices.unread.ahead(_id(actor)), *questions_of("home.ahead", actor=actor)])
    return proposed(actor)


def proposed(actor: Actor) -> Home:
    """The same from what each plugin asks for itself, unless it has been asked before."""
    return rules.compose([*offers("home.next", actor=actor), *offers("home.cards", actor=actor)])


def people(actor: Actor, after_id: int = 0) -> list[PersonRow]:
    """One page of the people in the actor's care, with progress and marks, from behind `after_id`."""
    require(actor, LIST_PEOPLE)
    return progress.people(actor, after_id, PAGE)


def person(actor: Actor, person_id: int, part: str) -> PersonHead:
    """Whose page this is; NotFound for everybody who may not see it. What its `part` will ask is asked together."""
    questions.ask(questions_of("person.ahead", actor=actor, person_id=person_id, part=part))
    require(actor, READ_PERSON, person_id)
    found, unit = identity.head(person_id, clock.today())
    if found is None:
        raise NotFound("person")
    return PersonHead(found, unit)


@dataclass(frozen=True)
class UnitHead:
    """The head of a unit's page: which unit, the smaller ones in it, and the months around the one that is shown.

    `others` are those that the actor leads beside it; `later` is None where the month is still running.
    """

    unit: UnitCard
    parts: tuple[UnitCard, ...]
    others: tuple[UnitCard, ...]
    month: date
    before: date
    later: date | None


def unit(actor: Actor, code: str, wanted: date | None) -> UnitHead:
    """Whose page this is, with the month, the last whole one unless said; NotFound for other units."""
    require(actor, READ_UNIT)
    card, parts = identity.unit_with_parts(code)
    require(actor, READ_UNIT, card.path)
    return UnitHead(card, tuple(parts), _beside(actor, card), *rules.months_around(wanted, clock.today()))


def _beside(actor: Actor, card: UnitCard) -> tuple[UnitCard, ...]:
    """The other units that the actor leads; nothing is looked up for who leads one."""
    several = len(actor.paths(*UNIT_LEADERS)) > 1
    return tuple(top for top in identity.tops_of(actor, *UNIT_LEADERS) if top.id != card.id) if several else ()


def own_unit(actor: Actor) -> UnitCard:
    """The highest of the units that the actor leads."""
    require(actor, READ_UNIT)
    found = identity.tops_of(actor, *UNIT_LEADERS)
    if not found:
        raise NotFound("unit")
    return found[0]


def bell(actor: Actor) -> list[NoticeLine]:
    """The newest lines in this person's bell."""
    require(actor, READ_NOTICES)
    return notices.of_person(_id(actor))


def unread(actor: Actor) -> int:
    """How many lines wait in the bell."""
    return notices.unread(_id(actor))


def mark_read(actor: Actor) -> None:
    """All lines have been seen."""
    require(actor, READ_NOTICES)
    notices.mark_read(actor)


def _id(actor: Actor) -> int:
    if actor.id is None:
        raise ValueError("a visitor has no bell")
    return actor.id
