"""Reads the newest meetings of a sesi, for what the field says back to its author."""

from datetime import date

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import Meeting
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS

MOST_MEETINGS = 500


def told(sesi: str, since: date) -> list[tuple[int, str, int | None, str, str]]:
    """Version, signs of the langkah, minutes, raised hands and obstacle of each, the newest first."""
    wanted = select(Meeting.version_id, Meeting.steps, Meeting.minutes, Meeting.handraise, Meeting.obstacle)
    wanted = wanted.where(Meeting.sesi == sesi, Meeting.on_day >= since, STANDS)
    newest = wanted.order_by(Meeting.on_day.desc(), Meeting.id).limit(MOST_MEETINGS)
    return [(version, *rest) for version, *rest in db.session.execute(newest)]  # type: ignore[misc]
