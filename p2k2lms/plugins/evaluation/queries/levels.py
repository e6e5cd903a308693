"""Reads what certain people were asked and said of themselves, whatever wave it was in."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, select

from p2k2lms.core.db import among_named, is_sqlite, packed
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.values import EXCUSED, TRIAL

Told = dict[str, dict[int, dict[str, float | str]]]


@cache
def _answers(sqlite: bool) -> Any:
    """Built once for each engine: a row for each answer, and one for who was asked and gave none."""
    last = and_(Reply.assignment_id == Assignment.id, Reply.newest)
    wanted = AnswerValue.code.in_(bindparam("codes", expanding=True))
    given = and_(AnswerValue.reply_id == Reply.id, wanted, AnswerValue.missing == "")
    columns = (Wave.instrument_code, Assignment.subject_id, AnswerValue.code, AnswerValue.number, AnswerValue.choice)
    return (
        select(*columns)
        .select_from(Assignment)
        .join(Wave, Wave.id == Assignment.wave_id)
        .outerjoin(Reply, last)
        .outerjoin(AnswerValue, given)
        .where(
            among_named(Assignment.subject_id, "people"),
            Assignment.subject_id == Assignment.respondent_id,
            Assignment.state != EXCUSED,
            Wave.instrument_code.in_(bindparam("instruments", expanding=True)),
            Wave.code != TRIAL,
            Wave.opens >= bindparam("since", type_=Date),
        )
        .order_by(Wave.opens)
    )


def _said(people: tuple[int, ...], instruments: tuple[str, ...], codes: tuple[str, ...], since: date) -> Asking:
    asked = {"people": packed(people), "instruments": instruments, "codes": codes, "since": since}
    return _answers(is_sqlite()), asked


def _by_instrument(rows: Iterable[Any]) -> Told:
    found: Told = {}
    for instrument, person, code, number, choice in rows:
        answers = found.setdefault(instrument, {}).setdefault(person, {})
        if code is not None:
            answers[code] = choice or number or 0
    return found


said = Question(_said, _by_instrument)
"""Who of these people was asked with each of these instruments since the day, and the last answers to these questions:
by instrument, person and question; what is missing is left out."""
