"""Reads what the waves beside one another say of the same people."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.values import EXCUSED


def beside(wave: Wave, codes: Collection[str]) -> list[Any]:
    """Instrument, person, sheet, question, choice and number of the waves of the same kind, place and day."""
    columns = (AnswerValue.code, AnswerValue.choice, AnswerValue.number)
    same = (Wave.code == wave.code, Wave.unit_id == wave.unit_id, Wave.anchor == wave.anchor)
    wanted = (
        select(Wave.instrument_code, Assignment.subject_id, Assignment.id, *columns)
        .join(Assignment, Assignment.wave_id == Wave.id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .join(AnswerValue, AnswerValue.reply_id == Reply.id)
        .where(*same, Assignment.state != EXCUSED, Reply.newest, AnswerValue.missing == "", AnswerValue.code.in_(codes))
    )
    return list(db.session.execute(wanted))
