"""Reads scores: of one attempt, of a person, of a whole class; and writes synthetic ones in bulk."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from p2k2lms.core import bulk, clock
from p2k2lms.core.db import among_named, db, is_sqlite, look, packed
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.assessment.models import (
    Attempt,
    Form,
    FormItem,
    ItemVersion,
    PingOpening,
    PostOpening,
    Score,
)
from p2k2lms.plugins.assessment.values import PING, POST, QUICK, SEALED
from p2k2lms.plugins.identity.values import ZONES

A_LOT = 5000


class Scored(NamedTuple):
    """An attempt with its newest score and its form."""

    attempt: Attempt
    score: Score | None
    form: Form

    @property
    def limit(self) -> int:
        """The pass line in percent."""
        return self.form.pass_percent


class Step(NamedTuple):
    """A sealed attempt with its mark; a row without one says that the post-test is open, or the ping of this number."""

    enrolment_id: int
    attempt_id: int | None
    purpose: str
    number: int
    finished_at: datetime | None
    skipped: bool
    points: float | None
    max_points: float
    limit: int
    timing: str
    place: str


class MarkRow(NamedTuple):
    """The mark of one attempt, lean enough for a whole class at once."""

    enrolment_id: int
    person_id: int
    purpose: str
    points: float
    max_points: float
    finished_at: datetime
    limit: int
    timing: str
    place: str


NEWEST = select(func.max(Score.id)).where(Score.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
CHECKS = (
    select(Form.name, Score.points, Score.max_points)
    .join(Attempt, Attempt.form_id == Form.id)
    .join(Score, Score.id == NEWEST)
    .where(Attempt.person_id == bindparam("person_id"), Attempt.purpose == QUICK, Form.course == bindparam("course"))
)


def _asked_checks(person_id: int, course: str) -> Asking:
    return CHECKS, {"person_id": person_id, "course": course}


quick_of = Question(_asked_checks, lambda rows: [(name, points, most) for name, points, most in rows])
"""The finished cek cepat of one person in one course: the form's name, points, and the most there were."""


def asked_before(key_version_id: int, enrolment_ids: Any) -> list[tuple[int, str]]:
    """Id and hash of each item on a finished paper of these enrolments that the keys of this version did not mark."""
    marked = select(Score.id).where(Score.attempt_id == Attempt.id, Score.key_version_id == key_version_id)
    wanted = (
        select(ItemVersion.id, ItemVersion.hash)
        .join(FormItem, FormItem.item_version_id == ItemVersion.id)
        .join(Attempt, Attempt.form_id == FormItem.form_id)
        .where(*_finished(enrolment_ids), ~marked.exists())
    )
    return [(key, mark) for key, mark in db.session.execute(wanted.distinct())]


@cache
def _scored() -> Any:
    """Built once: every result asks for it."""
    newest = select(func.max(Score.id)).where(Score.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    ids: Any = bindparam("ids", expanding=True)
    purposes: Any = bindparam("purposes", expanding=True)
    return (
        select(Attempt, Score, Form)
        .join(Form, Form.id == Attempt.form_id)
        .outerjoin(Score, Score.id == newest)
        .where(Attempt.enrolment_id.in_(ids), Attempt.purpose.in_(purposes))
        .order_by(Attempt.enrolment_id, Attempt.purpose, Attempt.number)
    )


def scored(enrolment_ids: Sequence[int], purposes: Sequence[str]) -> list[Scored]:
    """The attempts of these enrolments for these purposes, in order of their number."""
    found: Any = db.session.execute(_scored(), {"ids": enrolment_ids, "purposes": purposes})
    return [Scored(*row) for row in found]


@cache
def _steps() -> Any:
    """Built once: every page of learning asks for it."""
    ids: Any = bindparam("ids", expanding=True)
    newest = select(func.max(Score.id)).where(Score.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    sat = (
        select(
            Attempt.enrolment_id,
            Attempt.id,
            Attempt.purpose,
            Attempt.number,
            Attempt.finished_at,
            Attempt.skipped,
            Score.points,
            Score.max_points,
            Form.pass_percent,
            Attempt.timing,
            Attempt.place,
        )
        .join(Form, Form.id == Attempt.form_id)
        .outerjoin(Score, Score.id == newest)
        .where(Attempt.enrolment_id.in_(ids), Attempt.purpose.in_(SEALED))
    )
    opened = select(PostOpening.enrolment_id, null(), literal(POST), *[null()] * 8)
    pings = select(PingOpening.enrolment_id, null(), literal(PING), PingOpening.number, *[null()] * 7)
    return union_all(
        sat,
        opened.where(PostOpening.enrolment_id.in_(ids)),
        pings.where(PingOpening.enrolment_id.in_(ids), PingOpening.closes_on >= bindparam("today")),
    )


def steps_of(enrolment_ids: Sequence[int]) -> list[Step]:
    """The sealed attempts of these enrolments with their newest marks, and whether the post-test is open."""
    today = min(clock.today(zone) for zone in ZONES)  # a check is open until its last day is over everywhere
    rows = [Step._make(row) for row in look(_steps(), {"ids": enrolment_ids, "today": today})]
    return sorted(rows, key=lambda row: (row.purpose, row.number or 0))


@cache
def _marks(sqlite: bool) -> Any:
    """Built once for each engine: every grid and list of people asks for it."""
    purposes: Any = bindparam("purposes", expanding=True)
    later = aliased(Score)
    newer = select(later.id).where(later.attempt_id == Score.attempt_id, later.id > Score.id).exists()
    return (
        select(
            Attempt.enrolment_id,
            Attempt.person_id,
            Attempt.purpose,
            Score.points,
            Score.max_points,
            Attempt.finished_at,
            Form.pass_percent,
            Attempt.timing,
            Attempt.place,
        )
        .join(Score, Score.attempt_id == Attempt.id)
        .join(Form, Form.id == Attempt.form_id)
        .where(Attempt.purpose.in_(purposes), ~newer, among_named(Attempt.enrolment_id, "ids"))
    )


def _asked_marks(enrolment_ids: tuple[int, ...], purposes: tuple[str, ...]) -> Asking:
    return _marks(is_sqlite()), {"ids": packed(enrolment_ids), "purposes": purposes}


marks = Question(_asked_marks, lambda rows: list(map(MarkRow._make, rows)))
"""The newest score of every finished attempt of these enrolments, without loading more than it takes."""


def _finished(enrolment_ids: Any) -> tuple[Any, ...]:
    return (
        Attempt.enrolment_id.in_(enrolment_ids),
        Attempt.purpose.in_(SEALED),
        Attempt.finished_at.is_not(None),
        Attempt.skipped.is_(False),
    )


def finished_attempts(enrolment_ids: Sequence[int]) -> list[Attempt]:
    """The finished sealed tests of these enrolments that have a paper."""
    return list(db.session.scalars(select(Attempt).where(*_finished(enrolment_ids)).order_by(Attempt.id)))


def is_scored_by(attempt_id: int, key_version_id: int) -> bool:
    """True if the keys of this version have marked the attempt."""
    wanted = select(Score.id).where(Score.attempt_id == attempt_id, Score.key_version_id == key_version_id)
    return db.session.scalar(wanted) is not None


def scores(attempt_id: int) -> list[Score]:
    """Every score of an attempt, the oldest first."""
    return list(db.session.scalars(select(Score).where(Score.attempt_id == attempt_id).order_by(Score.id)))


def have_sat(enrolment_ids: Sequence[int]) -> set[int]:
    """Those of these enrolments that have an attempt."""
    found: set[int] = set()
    for start in range(0, len(enrolment_ids), A_LOT):
        some = Attempt.enrolment_id.in_(enrolment_ids[start : start + A_LOT])
        found.update(db.session.scalars(select(Attempt.enrolment_id).where(some).distinct()))
    return found


def attempt_ids(enrolment_ids: Sequence[int]) -> dict[tuple[int, str, int], int]:
    """The attempts of these enrolments, by enrolment, purpose and number."""
    found = {}
    for start in range(0, len(enrolment_ids), A_LOT):
        some = Attempt.enrolment_id.in_(enrolment_ids[start : start + A_LOT])
        wanted = select(Attempt.enrolment_id, Attempt.purpose, Attempt.number, Attempt.id).where(some)
        found.update(
            {(enrolment, purpose, number): key for enrolment, purpose, number, key in db.session.execute(wanted)}
        )
    return found


def insert_many(model: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows at once: for synthetic data, not for use-cases."""
    bulk.write(model, rows)
