"""What must be counted again: a mark of unit, month and fact, left by a use-case and taken away by a job."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, insert, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import DirtyMark, Job

PAUSE = timedelta(seconds=60)
"""So long a job waits for more marks before it counts."""
SAFE = timedelta(seconds=10)
"""A job that starts no sooner than this will see what is committed now."""


class Mark(NamedTuple):
    """Facts of this kind have changed in this unit and month; `month` is its first day."""

    unit_id: int
    month: date
    fact: str


def jobs_by_fact() -> dict[str, str]:
    """Which job counts again after a change of which fact."""
    known: dict[str, str] = current_app.extensions["mark_jobs"]
    return known


def leave(wanted: Collection[Mark]) -> list[str]:
    """Write the marks that some job waits for; returns the jobs to queue because none is waiting."""
    known = jobs_by_fact()
    rows = [mark._asdict() for mark in wanted if mark.fact in known]
    if not rows:
        return []
    db.session.execute(insert(DirtyMark), rows)
    names = {known[row["fact"]] for row in rows}
    waits = select(Job.name).where(
        Job.name.in_(names), Job.done_at.is_(None), Job.claimed_until.is_(None), Job.run_after > clock.now() + SAFE
    )
    return sorted(names - set(db.session.scalars(waits)))


def waiting(facts: Iterable[str], limit: int) -> dict[int, Mark]:
    """The oldest marks of these facts, by the key to remove them with."""
    wanted = select(DirtyMark).where(DirtyMark.fact.in_(list(facts))).order_by(DirtyMark.id).limit(limit)
    return {row.id: Mark(row.unit_id, row.month, row.fact) for row in db.session.scalars(wanted)}


def by_month(found: Mapping[int, Mark]) -> dict[date, dict[int, Mark]]:
    """What is waiting, by its month, the earliest first."""
    sorted_by: dict[date, dict[int, Mark]] = {month: {} for month in sorted({mark.month for mark in found.values()})}
    for key, mark in found.items():
        sorted_by[mark.month][key] = mark
    return sorted_by


def remove(keys: Collection[int]) -> None:
    """What these marks asked for has been counted; inside the unit of work that counted it."""
    every = sorted(keys)
    for start in range(0, len(every), 5_000):
        db.session.execute(delete(DirtyMark).where(DirtyMark.id.in_(every[start : start + 5_000])))
