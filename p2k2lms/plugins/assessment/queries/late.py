"""Reads and writes the answers that came after the time of a test, and what was decided about them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from p2k2lms.core.db import db, is_sqlite
from p2k2lms.plugins.assessment.models import Attempt, FormItem, GivenAnswer, LateAnswer, Ruling
from p2k2lms.plugins.assessment.values import UNVERIFIED

SAID = ("device", "seq", "value", "whole", "doubtful", "saved_at", "occurred_at", "elapsed", "ruling_id")


class LatePlace(NamedTuple):
    """A late answer at its place on the paper; `before` when another answer of it had come in time."""

    position: int
    answer: LateAnswer
    before: bool


class Waiting(NamedTuple):
    """An attempt whose late answers wait for a ruling, and how many they are."""

    attempt: Attempt
    answers: int


@cache
def _upsert(insert_into: Callable[[Any], Any]) -> Any:
    upsert = insert_into(LateAnswer.__table__)
    new, stands = upsert.excluded, LateAnswer.__table__.c
    later = or_(new.device != stands.device, new.seq >= stands.seq)
    key = [stands.attempt_id, stands.item_version_id]
    changed = {name: new[name] for name in SAID}
    return upsert.on_conflict_do_update(index_elements=key, set_=changed, where=later).returning(stands.attempt_id)


def save_late(values: dict[str, Any]) -> bool:
    """Keep a late answer unless the same device has sent a later one; False if it has."""
    upsert = _upsert(sqlite.insert if is_sqlite() else postgresql.insert)
    return db.session.execute(upsert, {"ruling_id": None, **values}).scalar() is not None


def undecided(attempt_id: int) -> list[LateAnswer]:
    """The late answers of an attempt that no ruling has settled."""
    wanted = select(LateAnswer).where(LateAnswer.attempt_id == attempt_id, LateAnswer.ruling_id.is_(None))
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def late_places(attempt: Attempt) -> list[LatePlace]:
    """The undecided late answers of an attempt in the order of its paper."""
    wanted = (
        select(FormItem.position, LateAnswer, GivenAnswer.item_version_id.is_not(None))
        .join(FormItem, FormItem.item_version_id == LateAnswer.item_version_id)
        .outerjoin(
            GivenAnswer,
            (GivenAnswer.attempt_id == LateAnswer.attempt_id)
            & (GivenAnswer.item_version_id == LateAnswer.item_version_id),
        )
        .where(LateAnswer.attempt_id == attempt.id, FormItem.form_id == attempt.form_id)
        .where(LateAnswer.ruling_id.is_(None))
        .order_by(FormItem.position)
    )
    return [LatePlace(position, answer, bool(before)) for position, answer, before in db.session.execute(wanted)]


def rulings(attempt_id: int) -> list[Ruling]:
    """What was decided about the late answers of an attempt, the newest first."""
    return list(db.session.scalars(select(Ruling).where(Ruling.attempt_id == attempt_id).order_by(Ruling.id.desc())))


def waiting(enrolments: Any, after: int, limit: int) -> Sequence[Waiting]:
    """The attempts of these enrolments (a SELECT of ids) that wait for a ruling, the oldest first, behind one."""
    answers = (
        select(func.count())
        .where(LateAnswer.attempt_id == Attempt.id, LateAnswer.ruling_id.is_(None))
        .correlate(Attempt)
        .scalar_subquery()
    )
    wanted = (
        select(Attempt, answers)
        .where(Attempt.timing == literal(UNVERIFIED, literal_execute=True), Attempt.id > after)
        .where((Attempt.enrolment_id + 0).in_(enrolments))  # from the few that wait, not from every enrolment
        .order_by(Attempt.id)
        .limit(limit)
    )
    return [Waiting(attempt, number) for attempt, number in db.session.execute(wanted)]
