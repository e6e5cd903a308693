"""The four levels of a class and of a centre, each as strong as what stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard
from p2k2lms.plugins.evaluation import service as evaluation
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.outcomes.permissions import READ_CENTRE, READ_CLASS
from p2k2lms.plugins.outcomes.queries import levels as read
from p2k2lms.plugins.outcomes.rules import rungs
from p2k2lms.plugins.outcomes.rules.rungs import Part, Rung

BEFORE, YEAR = timedelta(days=183), timedelta(days=366)


@dataclass(frozen=True)
class Levels:
    """The rungs of a class or a centre, the lowest level first, over which days, and as known when."""

    name: str
    people: int
    classes: int
    first: date
    last: date
    rungs: tuple[Rung, ...]
    centre: UnitCard
    counted_at: datetime
    may_centre: bool = False
    angkatan: AngkatanCard | None = None

    @property
    def last_day(self) -> date:
        """The last day of its training."""
        return self.last - timedelta(days=1)


@dataclass(frozen=True)
class _Seat:
    enrolment_id: int
    person_id: int


def class_levels(actor: Actor, angkatan_id: int) -> Levels:
    """One class: its people from the tests to the field, six months before it and twelve after."""
    require(actor, READ_CLASS)
    questions.ask(enrolment.ahead_of_members(angkatan_id))
    card = enrolment.angkatan(angkatan_id)
    require(actor, READ_CLASS, card)
    seats = [_Seat(m.id, m.person_id) for m in enrolment.members(angkatan_id) if m.state != STOPPED]
    ended = (card.ends or clock.today()) + timedelta(days=1)
    centre = identity.unit(card.centre_unit_id)
    found = _rungs(seats, card.starts, ended)
    may = allowed(actor, READ_CENTRE, centre.path)
    return Levels(card.name, len(seats), 1, card.starts, ended, found, centre, clock.now(), may, card)


def levels_of_centre(unit: UnitCard) -> Levels:
    """All classes of a centre that ended within the last year; the field before and after each one's own training."""
    today = clock.today()
    rows = enrolment.seats_of_centre(unit.path, today - YEAR, today)
    seats = [_Seat(enrolment_id, person_id) for enrolment_id, person_id, *_days in rows]
    began = min((row[3] for row in rows), default=today)
    ended = max((row[4] for row in rows), default=today) + timedelta(days=1)
    classes = len({row[2] for row in rows})
    found = _rungs(seats, began, ended)
    return Levels(unit.name, len(seats), classes, began, ended, found, unit, clock.now(), may_centre=True)


def _rungs(seats: Sequence[_Seat], began: date, ended: date) -> tuple[Rung, ...]:
    people, asked = [seat.person_id for seat in seats], len(seats)
    questions.ask(assessment.ahead_of_scores(_enrolments(seats)) + evaluation.ahead_of_said(people, began))
    reaction, applying = evaluation.found_useful(people, began), evaluation.applying(people, began)
    field = read.around(people, (began - BEFORE).replace(day=1), min((ended + YEAR).replace(day=1), last_month()))
    return (
        rungs.said(1, "useful", reaction.asked, len(reaction.yes), sum(reaction.yes)),
        rungs.learned(asked, _pairs(seats)),
        rungs.shared(3, "met", asked, [_part(row, "met", "due") for row in field]),
        rungs.shared(4, "came", asked, [_part(row, "present", "invited") for row in field]),
        rungs.shared(4, "apply", applying.asked, [Part(0, 0, *both) for both in applying.parts]),
    )


def _enrolments(seats: Sequence[_Seat]) -> list[int]:
    return [seat.enrolment_id for seat in seats]


def last_month() -> date:
    """The first day of the month before the one that runs: the last that is whole."""
    return (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)


def _part(row: dict[str, Any], above: str, below: str) -> Part:
    return Part(row[f"{above}_before"], row[f"{below}_before"], row[above], row[below])


def _pairs(seats: Sequence[_Seat]) -> list[tuple[float, float]]:
    """Percent before and after of who sat both tests, without scores that wait for a decision."""
    scores = assessment.scores_of(_enrolments(seats)).values()
    both = [(one[PRE], one[POST]) for one in scores if PRE in one and POST in one]
    return [
        (100 * pre.points / pre.max, 100 * post.points / post.max)
        for pre, post in both
        if pre.verified and post.verified
    ]
