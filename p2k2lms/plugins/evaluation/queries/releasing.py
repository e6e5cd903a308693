"""Releases from what waits for an answer in open waves; what is closed stays as it was counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import delete, false, func, or_, select, update

from p2k2lms.core.db import among, db
from p2k2lms.plugins.evaluation.models import Assignment, Unasked, Wave
from p2k2lms.plugins.evaluation.values import EXCUSED, WAITING

RUNNING = select(Wave.id).where(Wave.closed_at.is_(None))


def from_person(person_id: int) -> Any:
    """What this person is asked, about whomever."""
    return Assignment.respondent_id == person_id


def about_others(person_id: int) -> Any:
    """What this person is asked about others: as their supervisor, or by visiting their families."""
    return (Assignment.respondent_id == person_id) & (Assignment.subject_id != person_id)


def about_person(person_id: int) -> Any:
    """What anybody is asked about this person, and the person too."""
    return Assignment.subject_id == person_id


def release_waiting(these: Iterable[Any], excuse: str) -> list[tuple[int, date]]:
    """Release what is one of these and waits; returns where each was counted: the unit, and the wave's last day."""
    unit = func.coalesce(Assignment.kabupaten_id, Wave.unit_id)
    wanted = select(Assignment.id, unit, Wave.closes).join(Wave, Wave.id == Assignment.wave_id)
    waiting = (Assignment.state == WAITING, Assignment.wave_id.in_(RUNNING))
    rows = db.session.execute(wanted.where(or_(false(), *these), *waiting)).all()
    released = (among(Assignment.id, [row[0] for row in rows]), Assignment.state == WAITING)
    db.session.execute(update(Assignment).where(*released).values(state=EXCUSED, excuse=excuse))
    return [(unit_id, closes) for _id, unit_id, closes in rows]


def forget_queued(person_id: int) -> None:
    """Nobody is to be asked about this person any more."""
    db.session.execute(delete(Unasked).where(Unasked.subject_id == person_id, Unasked.wave_id.in_(RUNNING)))
