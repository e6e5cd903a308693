"""Finds the question files that wait to be taken in."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, select

from p2k2lms.core.db import db
from p2k2lms.plugins.assessment.models import SentFile


def body(person_id: int, course: str, file_id: int) -> bytes | None:
    """The bytes of a file, for who sent it, and for the course for which it was sent."""
    own = (SentFile.id == file_id, SentFile.person_id == person_id, SentFile.course == course)
    return db.session.scalar(select(SentFile.body).where(*own))


def forget(person_id: int) -> None:
    """Let go of what somebody sent before."""
    db.session.execute(delete(SentFile).where(SentFile.person_id == person_id))


def sweep(before: datetime) -> int:
    """Take away what is older; returns how many."""
    done = db.session.execute(delete(SentFile).where(SentFile.made_at < before))
    return int(cast("CursorResult[object]", done).rowcount)
