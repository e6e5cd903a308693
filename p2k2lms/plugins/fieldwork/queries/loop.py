"""Reads the newest meetings of a sesi, for what the field says back to its author."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import CardReport, Meeting
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS

MOST_MEETINGS = 500
Row = tuple[int, str, int | None, str, str]


def told(sesi: str, since: date) -> list[Row]:
    """Version, signs of the langkah, minutes, raised hands and obstacle of each, the newest first."""
    wanted = select(Meeting.version_id, Meeting.steps, Meeting.minutes, Meeting.handraise, Meeting.obstacle)
    wanted = wanted.where(Meeting.sesi == sesi, Meeting.on_day >= since, STANDS)
    newest = wanted.order_by(Meeting.on_day.desc(), Meeting.id).limit(MOST_MEETINGS)
    return [(version, *rest) for version, *rest in db.session.execute(newest)]  # type: ignore[misc]


def forget_cards() -> None:
    """Take away the counts of all cards."""
    db.session.execute(delete(CardReport))


def card_reports(course: str) -> Sequence[CardReport]:
    """How each card of a course fared by the last count."""
    return db.session.scalars(select(CardReport).where(CardReport.course == course).order_by(CardReport.step)).all()
