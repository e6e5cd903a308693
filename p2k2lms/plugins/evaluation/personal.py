"""What evaluation holds of people."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, InstrumentVersion, Reply, Unasked, Wave

SURVEYED = lazy("Menilai pelatihan dan dampaknya; dihitung bersama, tanpa nama")


def _replies(person_id: int) -> Select[Any]:
    mine = select(Assignment.id).where(Assignment.respondent_id == person_id)
    return select(Reply.id).where(Reply.assignment_id.in_(mine))


def _of_reply(person_id: int) -> ColumnElement[bool]:
    return Reply.id.in_(_replies(person_id))


def _of_value(person_id: int) -> ColumnElement[bool]:
    return AnswerValue.reply_id.in_(_replies(person_id))


PERSONAL = (
    Holding(
        Assignment,
        lazy("Survei yang diminta"),
        SURVEYED,
        names=("respondent_id",),
        erase={"excuse": ""},
    ),
    Holding(Reply, lazy("Jawaban survei"), SURVEYED, whose=_of_reply, erase={"comment": ""}),
    Holding(AnswerValue, lazy("Isi jawaban survei"), SURVEYED, whose=_of_value, erase={"text": ""}),
    Mention(Assignment, ("subject_id",)),
    Mention(Unasked, ("subject_id",)),
    Mention(InstrumentVersion, ("author_id",)),
    Mention(Wave, ("made_by",)),
)
