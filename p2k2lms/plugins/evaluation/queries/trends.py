"""Reads one question over all the waves that asked it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, InstrumentVersion, Reply, Wave
from p2k2lms.plugins.evaluation.queries.waves import inside
from p2k2lms.plugins.evaluation.values import TRIAL

MOST_WAVES = 60


def _answers(instrument: str, question: str, paths: Sequence[str], *columns: Any) -> Select[Any]:
    named = (Wave.code, Wave.title, Wave.anchor, Wave.made_by)
    heads = (Wave.id, *named, Wave.opens, Wave.version_id, InstrumentVersion.number, Wave.unit_id)
    return (
        select(*heads, *columns)
        .join(InstrumentVersion, InstrumentVersion.id == Wave.version_id)
        .join(Reply, and_(Reply.wave_id == Wave.id, Reply.newest))
        .join(AnswerValue, and_(AnswerValue.reply_id == Reply.id, AnswerValue.code == question))
        .where(Wave.instrument_code == instrument, Wave.code != TRIAL, AnswerValue.missing == "")
        .where(inside(Wave.unit_path, paths))
        .group_by(*heads)
        .order_by(Wave.opens, Wave.id)
    )


def numbers(instrument: str, question: str, paths: Sequence[str]) -> list[Any]:
    """Each wave with n, sum and sum of squares of a number."""
    told = AnswerValue.number
    wanted = _answers(instrument, question, paths, func.count(), func.sum(told), func.sum(told * told))
    return list(db.session.execute(wanted.limit(MOST_WAVES)))


def yes(instrument: str, question: str, paths: Sequence[str], top: Collection[str]) -> list[Any]:
    """Each wave with n and 100 for each answer that counts as yes."""
    told = case((AnswerValue.choice.in_(list(top)), 100.0), else_=0.0)
    wanted = _answers(instrument, question, paths, func.count(), func.sum(told), func.sum(told * told))
    return list(db.session.execute(wanted.limit(MOST_WAVES)))


def shares(instrument: str, question: str, whole: str, paths: Sequence[str]) -> list[Any]:
    """Each wave with n, sum and sum of squares of one number in percent of another of the same sheet."""
    of = aliased(AnswerValue)
    told = 100.0 * AnswerValue.number / of.number
    wanted = _answers(instrument, question, paths, func.count(), func.sum(told), func.sum(told * told))
    joined = wanted.join(of, and_(of.reply_id == Reply.id, of.code == whole, of.number > 0))
    return list(db.session.execute(joined.limit(MOST_WAVES)))


def both(question: str, first: int, second: int) -> int:
    """How many people have answered this question in both versions."""
    asked = [
        select(Assignment.subject_id)
        .join(Reply, and_(Reply.assignment_id == Assignment.id, Reply.newest))
        .join(AnswerValue, and_(AnswerValue.reply_id == Reply.id, AnswerValue.code == question))
        .where(
            Reply.version_id == version, AnswerValue.missing == "", Assignment.respondent_id == Assignment.subject_id
        )
        for version in (first, second)
    ]
    people = asked[0].intersect(asked[1]).subquery()
    return int(db.session.scalar(select(func.count()).select_from(people)) or 0)
