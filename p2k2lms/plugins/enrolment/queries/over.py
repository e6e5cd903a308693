"""Reads the classes that are over and that nobody has closed."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment.models import Angkatan
from p2k2lms.plugins.enrolment.queries import angkatan_cards, classes_in, worked_in
from p2k2lms.plugins.enrolment.values import AngkatanCard

OVERDUE = classes_in(
    select(Angkatan.id)
    .where(Angkatan.id.in_(worked_in(bindparam("person_id"))))
    .where(Angkatan.closed_at.is_(None), Angkatan.ends < bindparam("day"))
    .order_by(Angkatan.ends, Angkatan.id)
    .limit(bindparam("overdue"))
)


def _overdue(person_id: int, day: date, limit: int) -> Asking:
    return OVERDUE, {"person_id": person_id, "day": day, "overdue": limit}


def _longest_first(rows: Any) -> list[AngkatanCard]:
    return sorted(angkatan_cards(rows), key=lambda card: (card.ends or date.max, card.id))


overdue = Question(_overdue, _longest_first)
"""The classes that this person works in, ended before the day and not closed, the longest over first."""
