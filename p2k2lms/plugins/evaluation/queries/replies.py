"""Reads replies and their values."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.values import EXCUSED, PHONE, TRIAL, Given

AT_THE_END = "W0+"


def newest_reply(assignment_id: int) -> Reply | None:
    """The sheet that counts for an assignment."""
    return db.session.scalar(select(Reply).where(Reply.assignment_id == assignment_id, Reply.newest))


def replies(wave_id: int) -> list[Reply]:
    """The sheets that count in a wave."""
    wanted = select(Reply).where(Reply.wave_id == wave_id, Reply.newest).order_by(Reply.assignment_id)
    return list(db.session.scalars(wanted))


def given_to(assignment_id: int) -> dict[str, list[Given]]:
    """What the sheet that counts says, by question; nothing before the first."""
    wanted = select(AnswerValue).join(Reply, Reply.id == AnswerValue.reply_id)
    wanted = wanted.where(Reply.assignment_id == assignment_id, Reply.newest)
    found: dict[str, list[Given]] = {}
    for row in db.session.scalars(wanted.order_by(AnswerValue.code, AnswerValue.part)):
        found.setdefault(row.code, []).append(
            Given(row.part, row.number, row.choice, row.text, row.missing, row.system)
        )
    return found


def sheets_of_wave(wave_id: int) -> dict[int, dict[str, list[Given]]]:
    """What the sheets that count in a wave say, by assignment; free words stay where they are."""
    columns = (AnswerValue.code, AnswerValue.part, AnswerValue.number, AnswerValue.choice, AnswerValue.missing)
    wanted = select(Reply.assignment_id, *columns).join(Reply, Reply.id == AnswerValue.reply_id)
    wanted = wanted.where(Reply.wave_id == wave_id, Reply.newest).order_by(AnswerValue.code, AnswerValue.part)
    return _by_assignment(wanted)


def _by_assignment(wanted: Any) -> dict[int, dict[str, list[Given]]]:
    found: dict[int, dict[str, list[Given]]] = {}
    for assignment, code, part, number, choice, missing in db.session.execute(wanted):
        given = Given(part=part, number=number, choice=choice, missing=missing)
        found.setdefault(assignment, {}).setdefault(code, []).append(given)
    return found


def told_by_phone(wave_id: int) -> list[int]:
    """The assignments of a wave whose sheet that counts was told by phone."""
    wanted = select(Reply.assignment_id).where(Reply.wave_id == wave_id, Reply.newest, Reply.mode == PHONE)
    return list(db.session.scalars(wanted))


def seconds_and_comments(version_id: int) -> list[tuple[int | None, str]]:
    """How long each sheet of the try-out of a version took, and what its respondent added."""
    wanted = select(Reply.seconds, Reply.comment).join(Wave, Wave.id == Reply.wave_id).where(_tried(version_id))
    return [(seconds, comment) for seconds, comment in db.session.execute(wanted.order_by(Reply.received_at))]


def sheets_of_version(version_id: int) -> list[dict[str, list[Given]]]:
    """What the sheets of the try-out of a version say, free words left out."""
    columns = (AnswerValue.code, AnswerValue.part, AnswerValue.number, AnswerValue.choice, AnswerValue.missing)
    wanted = select(Reply.assignment_id, *columns).join(Reply, Reply.id == AnswerValue.reply_id)
    wanted = wanted.join(Wave, Wave.id == Reply.wave_id).where(_tried(version_id))
    return list(_by_assignment(wanted.order_by(AnswerValue.code, AnswerValue.part)).values())


def _tried(version_id: int) -> ColumnElement[bool]:
    """The sheets that count of a try-out: what the waves of a published version were told is none of its business."""
    return and_(Reply.version_id == version_id, Reply.newest, Wave.code == TRIAL)


@dataclass(frozen=True)
class Reaction:
    """What one person was asked at the end of a class, and said; an empty sheet is no answer."""

    wave_id: int
    version_id: int
    sheet: dict[str, list[Given]]


def reactions(people: Any, first: date, last: date) -> list[Reaction]:
    """The sheets on reactions of the people of a SELECT, each of the earliest wave that began between these days.

    Who need not answer was not asked.
    """
    columns = (AnswerValue.code, AnswerValue.part, AnswerValue.number, AnswerValue.choice, AnswerValue.missing)
    wanted = (
        select(Assignment.respondent_id, Assignment.wave_id, Wave.version_id, *columns)
        .join(Wave, Wave.id == Assignment.wave_id)
        .outerjoin(Reply, and_(Reply.assignment_id == Assignment.id, Reply.newest))
        .outerjoin(AnswerValue, AnswerValue.reply_id == Reply.id)
        .where(Assignment.respondent_id.in_(people), Assignment.state != EXCUSED)
        .where(Wave.code == AT_THE_END, Wave.anchor.between(first, last))
        .order_by(Wave.anchor, Wave.id, AnswerValue.code, AnswerValue.part)
    )
    found: dict[int, Reaction] = {}
    for person, wave, version, code, part, number, choice, missing in db.session.execute(wanted):
        reaction = found.setdefault(person, Reaction(wave, version, {}))
        if wave == reaction.wave_id and code is not None:
            given = Given(part=part, number=number, choice=choice, missing=missing)
            reaction.sheet.setdefault(code, []).append(given)
    return list(found.values())


def rows_of(reply_id: uuid.UUID, sheet: Mapping[str, Sequence[Given]]) -> list[dict[str, object]]:
    """A sheet as rows to insert."""
    return [{"reply_id": reply_id, "code": code, **asdict(given)} for code, parts in sheet.items() for given in parts]


def insert_replies(rows: Sequence[dict[str, object]]) -> None:
    """Write many sheets at once: for imports and synthetic data."""
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(Reply), rows[start : start + 2000])


def insert_values(rows: Sequence[dict[str, object]]) -> None:
    """Write the values of sheets, many at once."""
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(AnswerValue), rows[start : start + 2000])
