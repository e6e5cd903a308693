"""Reads what is held in the names of people whom an officer sees."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select, text
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.core.models import HELD, Submission
from p2k2lms.core.questions import Asking, Question, below
from p2k2lms.core.questions import paths as named
from p2k2lms.plugins.identity.models import Person, Posting, Unit
from p2k2lms.plugins.identity.queries.people import within

MOST_COUNTED = 100


def page(paths: Sequence[str], day: date, after: int, limit: int) -> list[Submission]:
    """What is held in the names of people whom an officer of these units sees, the oldest first, behind one of them."""
    place = Submission.key + 0  # the key itself would lead through the whole journal, past the index of what is held
    wanted = select(Submission).where(text(HELD), place > after, _seen(within(paths), day))
    return list(db.session.scalars(wanted.order_by(place).limit(limit)))


def _seen(here: ColumnElement[bool], day: Any) -> ColumnElement[bool]:
    """It bears the name of somebody posted here now or later, or of one posted nowhere any more who was here.

    The twin of `seen_by_officer`, asked row by row: what is held is little, and a country has many people.
    """
    then, now = aliased(Posting), aliased(Posting)
    ever = (then.person_id == Submission.person_id, then.unit_id == Unit.id, here)
    still = exists().where(*ever, or_(then.valid_to.is_(None), then.valid_to > day))
    anywhere = exists().where(now.person_id == Submission.person_id, or_(now.valid_to.is_(None), now.valid_to > day))
    return and_(Submission.person_id >= 1, or_(still, and_(exists().where(*ever), ~anywhere)))  # so the index is used


@lru_cache(maxsize=8)
def _counted(units: int) -> Select[int]:
    """How many an officer of so many units may decide, counted no further than `MOST_COUNTED`."""
    officer: Any = bindparam("officer_id")
    others = (Submission.person_id != officer, Submission.sender_id != officer)
    here = _seen(below(Unit.path, "officer_in", units), bindparam("day"))
    some = select(literal(1)).select_from(Submission).where(text(HELD), *others, here).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery())


def _to_decide(officer_id: int, paths: Sequence[str], day: date) -> Asking:
    return _counted(len(paths)), {"officer_id": officer_id, "day": day, **named("officer_in", paths)}


to_decide: Question[int, Sequence[str], date, int] = Question(_to_decide, lambda rows: rows.scalar_one())
"""How many wait for this officer, up to a hundred."""


def of_nobody() -> ColumnElement[bool]:
    """It bears a number that no person has."""
    return and_(Submission.person_id >= 1, ~exists().where(Person.id == Submission.person_id))


def is_any_of_nobody() -> bool:
    """True if such a thing is held."""
    return bool(db.session.scalar(select(exists().where(text(HELD), of_nobody()))))
