"""Reads the tables of decisions and of readiness."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from p2k2lms.core.db import among, among_named, db, is_sqlite, look, packed
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.progress.models import Completion, Equivalence, Readiness
from p2k2lms.plugins.progress.values import EQUAL, NOT_YET, CompletionCard, EquivalenceCard

CARD = (
    Completion.id,
    Completion.person_id,
    Completion.angkatan_id,
    Completion.enrolment_id,
    Completion.course,
    Completion.decision,
    Completion.decided_on,
    Completion.decided_by,
    Completion.note,
)


def rows(enrolment_ids: Sequence[int]) -> dict[int, Completion]:
    """The decisions about these enrolments, by enrolment, to be changed; held until the transaction ends."""
    wanted = select(Completion).where(among(Completion.enrolment_id, enrolment_ids)).order_by(Completion.id)
    return {row.enrolment_id: row for row in db.session.scalars(wanted.with_for_update())}


def cards(completion_ids: Sequence[int]) -> list[CompletionCard]:
    """The decisions with these ids, in the order of their ids."""
    wanted = select(*CARD).where(among(Completion.id, completion_ids)).order_by(Completion.id)
    return [CompletionCard(*found) for found in db.session.execute(wanted)]


@cache
def _cards_of(sqlite: bool) -> Any:
    """Built once for each engine: every page of learning asks for it."""
    return select(*CARD).where(among_named(Completion.enrolment_id, "ids"))


def of_enrolments(enrolment_ids: Sequence[int]) -> dict[int, CompletionCard]:
    """The decisions about these enrolments, by enrolment."""
    if not enrolment_ids:
        return {}
    return _by_enrolment(look(_cards_of(is_sqlite()), {"ids": packed(enrolment_ids)}))


OF_CLASS = select(*CARD).where(Completion.angkatan_id == bindparam("angkatan_id"))


def _of_class(angkatan_id: int) -> Asking:
    return OF_CLASS, {"angkatan_id": angkatan_id}


def _by_enrolment(rows: Iterable[Any]) -> dict[int, CompletionCard]:
    return {card.enrolment_id: card for card in (CompletionCard(*row) for row in rows)}


of_class = Question(_of_class, _by_enrolment)
"""The decisions about the people of a class, by enrolment."""


OF_PERSON = select(*CARD).where(Completion.person_id == bindparam("person_id")).order_by(Completion.id.desc())


def _of_person(person_id: int) -> Asking:
    return OF_PERSON, {"person_id": person_id}


of_person = Question(_of_person, lambda rows: tuple(CompletionCard(*row) for row in rows))
"""All decisions about one person, the latest first."""


EQUIVALENCE = (
    Equivalence.id,
    Equivalence.person_id,
    Equivalence.path_id,
    Equivalence.course,
    Equivalence.version_id,
    Equivalence.unit_id,
    Equivalence.decision,
    Equivalence.decided_on,
    Equivalence.decided_by,
    Equivalence.note,
)


EQUAL_PATHS = select(Equivalence.path_id).where(Equivalence.decision == EQUAL)
PUT_OFF_PATHS = select(Equivalence.path_id).where(Equivalence.decision == NOT_YET)


def equivalence(equivalence_id: int) -> EquivalenceCard | None:
    """The decision about a path with this id."""
    found = db.session.execute(select(*EQUIVALENCE).where(Equivalence.id == equivalence_id)).first()
    return EquivalenceCard(**found._asdict()) if found else None


def equivalences(path_ids: Sequence[int]) -> dict[int, EquivalenceCard]:
    """The decisions about these paths, by path."""
    found = db.session.execute(select(*EQUIVALENCE).where(Equivalence.path_id.in_(path_ids)))
    return {card.path_id: card for card in (EquivalenceCard(**row._asdict()) for row in found)}


def equivalence_row(path_id: int) -> Equivalence | None:
    """The decision about a path, to be changed; held until the transaction ends."""
    return db.session.scalar(select(Equivalence).where(Equivalence.path_id == path_id).with_for_update())


def readiness_rows(person_id: int, course: str) -> list[Readiness]:
    """The rungs of one person, to be changed."""
    mine = select(Readiness).where(Readiness.person_id == person_id, Readiness.course == course)
    return list(db.session.scalars(mine.with_for_update()))


class RungRow(NamedTuple):
    """One rung of a person: how high, by what, since when."""

    sesi: str
    level: int
    reason: str
    since: date | None


RUNGS = select(Readiness.sesi, Readiness.level, Readiness.reason, Readiness.since).where(
    Readiness.person_id == bindparam("person_id"), Readiness.course == bindparam("course")
)


def _readiness(person_id: int, course: str) -> Asking:
    return RUNGS, {"person_id": person_id, "course": course}


readiness = Question(_readiness, lambda rows: tuple(RungRow(*row) for row in rows))
"""The rungs of one person."""
