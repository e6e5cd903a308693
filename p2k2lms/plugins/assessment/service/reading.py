"""What the pages of a test show: one question, the map, the whole paper, the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import kind_of
from p2k2lms.plugins.assessment.models import Attempt, Form
from p2k2lms.plugins.assessment.permissions import CREATE_ATTEMPT
from p2k2lms.plugins.assessment.rules import timing
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.values import SEALED, Answer, Item, Paper, Verdict

MOST_ITEMS = 1000
NONE, EVERY = 0, -1  # of the questions of a paper


@dataclass(frozen=True)
class AttemptCard:
    """An attempt as its pages name it; `seconds` are left until the deadline, None without one, `since` have passed."""

    id: int
    enrolment_id: int
    course: str
    purpose: str
    number: int
    size: int
    sesi: str
    seconds: int | None
    since: int
    is_over: bool
    finished_at: datetime | None
    zone: str

    @property
    def sealed(self) -> bool:
        """Its keys are on the server alone until the review opens."""
        return self.purpose in SEALED


@dataclass(frozen=True)
class Place:
    """One place of the map: its number, and how far its answer is."""

    number: int
    item: str
    answered: bool
    doubtful: bool
    saved_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """A question with the answer that stands, and at once what was right where nothing is sealed."""

    place: Place
    paper: Paper
    answer: Answer
    verdicts: tuple[Verdict, ...] = ()
    why: str = ""
    right: bool = False


@dataclass(frozen=True)
class Sheet:
    """A paper in progress: the attempt, its map, and the questions that were asked for."""

    attempt: AttemptCard
    places: tuple[Place, ...]
    asked: tuple[Asked, ...]

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers that have no whole answer."""
        return tuple(place.number for place in self.places if not place.answered)

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The numbers marked as doubtful."""
        return tuple(place.number for place in self.places if place.doubtful)


def question(actor: Actor, attempt_id: int, number: int) -> Sheet:
    """The paper with one question; NotFound beyond the last."""
    sheet = _sheet(actor, attempt_id, number) if 1 <= number <= MOST_ITEMS else None
    if sheet is None or not sheet.asked:
        raise NotFound("question")
    return sheet


def overview(actor: Actor, attempt_id: int) -> Sheet:
    """The paper as its map."""
    return _sheet(actor, attempt_id, NONE)


def whole(actor: Actor, attempt_id: int) -> Sheet:
    """The paper with every question."""
    return _sheet(actor, attempt_id, EVERY)


def _sheet(actor: Actor, attempt_id: int, number: int) -> Sheet:
    attempt, form = own_attempt(actor, attempt_id)
    rows = queries.sheet(attempt)
    wanted = [row for row in rows if number in (EVERY, row.position)]
    items = frozen.items([_name(row) for row in wanted])
    asked = tuple(_asked(attempt, row, items[_name(row)]) for row in wanted)
    return Sheet(card_of(attempt, form), tuple(map(_place, rows)), asked)


def own_attempt(actor: Actor, attempt_id: int) -> tuple[Attempt, Form]:
    """The attempt and its form; NotFound unless it is the actor's own sitting."""
    found = queries.attempt_and_form(attempt_id)
    if found is None or found[0].skipped or not allowed(actor, CREATE_ATTEMPT, found[0]):
        raise NotFound("attempt")
    return found[0], found[1]


def card_of(attempt: Attempt, form: Form) -> AttemptCard:
    """The attempt as its pages name it."""
    now = clock.now()
    return AttemptCard(
        id=attempt.id,
        enrolment_id=attempt.enrolment_id,
        course=form.course,
        purpose=attempt.purpose,
        number=attempt.number,
        size=form.size,
        sesi=form.name.partition(":")[2],
        seconds=timing.seconds_left(attempt.deadline, now),
        since=int((now - attempt.started_at).total_seconds()),
        is_over=not timing.still_takes(attempt.deadline, attempt.grace_seconds, now),
        finished_at=attempt.finished_at,
        zone=attempt.zone,
    )


def _place(row: Any) -> Place:
    return Place(row.position, row.item, bool(row.whole), bool(row.doubtful), row.saved_at)


def _name(row: Any) -> frozen.Name:
    return row.item_version_id, row.hash


def _asked(attempt: Attempt, row: Any, item: Item) -> Asked:
    kind, place = kind_of(item), _place(row)
    paper = kind.paper(item, attempt.seed)
    if attempt.purpose in SEALED or not place.answered:
        return Asked(place, paper, row.value)
    right = kind.share(item, row.value) == 1.0
    return Asked(place, paper, row.value, kind.review(item, row.value), item.why, right)


def first_open(sheet: Sequence[Place]) -> int:
    """The first number without an answer, else the first."""
    return next((place.number for place in sheet if not place.answered), 1)
