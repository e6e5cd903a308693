"""The bell: lines that plugins leave for a person, read by their declared text."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import Text, bindparam, cast, delete, func, select, update

from p2k2lms.core import clock, i18n
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.models import Notice
from p2k2lms.core.questions import Asking, Question
from p2k2lms.core.unit_of_work import unit_of_work

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True)
class NoticeLine:
    """One line as a page shows it."""

    id: int
    text: str
    url: str
    at: datetime
    unread: bool


def texts() -> Mapping[str, Any]:
    """The text of every declared notice, with {names} for its params."""
    found: Mapping[str, Any] = current_app.extensions["notice_texts"]
    return found


WAITING = (
    select(func.count()).select_from(Notice).where(Notice.person_id == bindparam("person_id"), Notice.read_at.is_(None))
)


def _waiting(person_id: int) -> Asking:
    return WAITING, {"person_id": person_id}


unread: Question[int, int] = Question(_waiting, lambda rows: rows.scalar_one())
"""How many lines wait for a person."""


def of_person(person_id: int, limit: int = 50) -> list[NoticeLine]:
    """The newest lines of one person; a line whose plugin is gone keeps its key as text."""
    rows = db.session.scalars(
        select(Notice).where(Notice.person_id == person_id).order_by(Notice.id.desc()).limit(limit)
    )
    return [NoticeLine(n.id, _told(n), n.url, n.created_at, n.read_at is None) for n in rows]


def _told(notice: Notice) -> str:
    params = {name: _read(value) for name, value in notice.params.items()}
    return str(texts().get(notice.key, notice.key)).format_map(params)


def _read(value: Any) -> Any:
    """A day that was left as 2026-12-02, or a month as 2026-12, is read as its reader's language writes it; several
    sentences stand one behind the other."""
    if isinstance(value, list):
        return " ".join(value)
    with suppress(ValueError):  # whoever typed 2026-02-31 meant no day
        if isinstance(value, str) and DAY.fullmatch(value):
            return i18n.long_date(date.fromisoformat(value))
        if isinstance(value, str) and MONTH.fullmatch(value):
            return i18n.month(date.fromisoformat(f"{value}-01"))
    return value


def mark_read(actor: Actor) -> None:
    """All that is in the bell has been seen."""
    with unit_of_work("core.read_notices", actor):
        db.session.execute(
            update(Notice).where(Notice.person_id == actor.id, Notice.read_at.is_(None)).values(read_at=clock.now())
        )


def forget_name(name: str) -> None:
    """Take away every line that names this person, whosever bell it hangs in; inside an open unit of work."""
    said = json.dumps(name)[1:-1]
    near = select(Notice.id, Notice.params).where(cast(Notice.params, Text).contains(said, autoescape=True))
    named = [number for number, params in db.session.execute(near) if name in params.values()]
    db.session.execute(delete(Notice).where(Notice.id.in_(named)))
