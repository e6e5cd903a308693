"""The SELECT of the indicator that evaluation counts."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, cast, func, literal, select

from p2k2lms.plugins.evaluation.models import Assignment, Wave
from p2k2lms.plugins.evaluation.values import ANSWERED, EXCUSED, TRIAL


def response(month: date, units: Collection[int] | None) -> Any:
    """Q-03: of those asked in waves whose last day lies in the month, who answered; by kabupaten."""
    after = (month + timedelta(days=32)).replace(day=1)
    there = func.count()
    answered = func.sum(cast(Assignment.state == ANSWERED, Integer))
    unit = func.coalesce(Assignment.kabupaten_id, Wave.unit_id)
    wanted = (
        select(unit, literal(""), answered, there, there, literal(0))
        .join(Wave, Wave.id == Assignment.wave_id)
        .where(Wave.closes >= month, Wave.closes < after, Wave.code != TRIAL, Assignment.state != EXCUSED)
        .group_by(unit)
    )
    return wanted if units is None else wanted.where(unit.in_(units))
