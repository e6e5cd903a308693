"""Questions about paths that the home page asks together with those of others; each is built once."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from p2k2lms.core.questions import Asking, Question, paths
from p2k2lms.plugins.coaching.models import CoachingPath, PathStage, PathTemplate
from p2k2lms.plugins.coaching.queries.paths import SIGNED_BY_BOTH, cards, cards_of, running
from p2k2lms.plugins.coaching.values import PathCard
from p2k2lms.plugins.coaching.values.words import FINISHED, RUNNING
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

WHO: Any = bindparam("person_id")
DAY: Any = bindparam("day")


@cache
def _own() -> Any:
    planned = select(func.count()).where(PathStage.path_id == CoachingPath.id).correlate(CoachingPath)
    wanted = cards(DAY).add_columns(
        planned.where(PathStage.id.in_(SIGNED_BY_BOTH)).scalar_subquery(), planned.scalar_subquery()
    )
    return wanted.where(CoachingPath.person_id == WHO, CoachingPath.state == RUNNING).limit(1)


def _walked(person_id: int, day: date) -> Asking:
    return _own(), {"person_id": person_id, "day": day}


def _walk(rows: Iterable[Any]) -> tuple[PathCard, int, int] | None:
    return next(((PathCard(*row[:-2]), row[-2], row[-1]) for row in rows), None)


walked = Question(_walked, _walk)
"""The running path of one person, how many of its meetings are signed by both, and how many there are."""


@cache
def _of_supervised() -> Any:
    return running(identity.supervised(WHO, DAY), DAY)


def _guided(supervisor_id: int, day: date) -> Asking:
    return _of_supervised(), {"person_id": supervisor_id, "day": day}


@cache
def _of_units(number: int) -> Any:
    return running(identity.posted_below("led", number, "pendamping", DAY), DAY)


def _led(unit_paths: Sequence[str], day: date) -> Asking:
    return _of_units(len(unit_paths)), {"day": day, **paths("led", unit_paths)}


@cache
def _done(number: int, decided: Any, put_off: Any) -> Any:
    there = CoachingPath.person_id.in_(identity.posted_below("done", number, "pendamping", DAY))
    wanted = cards(DAY).where(CoachingPath.state == FINISHED, PathTemplate.modul == "", there)
    open_still = wanted.where(~enrolment.has_passed(CoachingPath.enrolment_id), CoachingPath.id.not_in(decided))
    return open_still.order_by(CoachingPath.id.in_(put_off), CoachingPath.id).limit(bindparam("finished"))


def _finished(unit_paths: Sequence[str], limit: int, decided: Any, put_off: Any, day: date) -> Asking:
    return _done(len(unit_paths), decided, put_off), {"day": day, "finished": limit, **paths("done", unit_paths)}


guided = Question(_guided, cards_of)
"""The running paths of whom a supervisor supervises on the day, the longest waiting first."""
led = Question(_led, cards_of)
"""The running paths of the pendamping of these units, the longest waiting first."""
finished = Question(_finished, cards_of)
"""Finished whole paths of the pendamping of these units that are not among the decided, oldest first, and those that
were put off behind the others: for who decides, who says both as a SELECT of ids that is built once."""
