"""Reads what certain people were asked and said, whatever wave it was in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.values import EXCUSED, TRIAL

AT_ONCE = 5_000


def asked(people: Collection[int], instrument: str, since: date) -> int:
    """How many of these people were asked about themselves with this instrument since the day."""
    found: set[int] = set()
    wanted = select(Assignment.subject_id).join(Wave, Wave.id == Assignment.wave_id).distinct()
    wanted = wanted.where(*_about(instrument, since))
    for part in _parts(people):
        found.update(db.session.scalars(wanted.where(Assignment.subject_id.in_(part))))
    return len(found)


def given(
    people: Collection[int], instrument: str, codes: Collection[str], since: date
) -> dict[int, dict[str, float | str]]:
    """The last answers of these people to these questions, by person and question; what is missing is left out."""
    found: dict[int, dict[str, float | str]] = {}
    columns = (Assignment.subject_id, AnswerValue.code, AnswerValue.number, AnswerValue.choice)
    wanted = (
        select(*columns)
        .join(Reply, Reply.id == AnswerValue.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Wave, Wave.id == Assignment.wave_id)
        .where(Reply.newest, AnswerValue.code.in_(codes), AnswerValue.missing == "", *_about(instrument, since))
        .order_by(Wave.opens)
    )
    for part in _parts(people):
        for person, code, number, choice in db.session.execute(wanted.where(Assignment.subject_id.in_(part))):
            found.setdefault(person, {})[code] = choice or number or 0
    return found


def _about(instrument: str, since: date) -> tuple[Any, ...]:
    own = Assignment.subject_id == Assignment.respondent_id
    return Wave.instrument_code == instrument, Wave.code != TRIAL, Wave.opens >= since, Assignment.state != EXCUSED, own


def _parts(people: Collection[int]) -> list[list[int]]:
    wanted = sorted(set(people))
    return [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
