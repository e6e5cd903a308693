"""The SELECTs of the indicators of coaching: who is talked to, and how leading looks to others, by home unit."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, literal, select

from p2k2lms.plugins.coaching.models import Contact, Observation
from p2k2lms.plugins.coaching.values.words import MEETING, MICRO, RANDOM
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

DAYS_ON_DUTY = timedelta(days=15)


def _after(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=32)).replace(day=1)


def _of(units: Collection[int] | None, duty: Any, wanted: Any) -> Any:
    wanted = wanted.group_by(duty.c.unit_id)
    return wanted if units is None else wanted.where(duty.c.unit_id.in_(units))


def talked_to(month: date, units: Collection[int] | None) -> Any:
    """R-07: of those not prepared by the end of the month, and on duty for 15 days of it, who had a talk in it."""
    after = _after(month)
    duty = identity.on_duty(after - timedelta(days=1)).subquery()
    talks = select(Contact.person_id).where(Contact.on_day >= month, Contact.on_day < after).distinct().subquery()
    there = case((talks.c.person_id.is_not(None), 1), else_=0)
    wanted = select(duty.c.unit_id, literal(""), func.sum(there), func.count(), func.count(), literal(0))
    wanted = wanted.select_from(duty).outerjoin(talks, talks.c.person_id == duty.c.person_id)
    unprepared = duty.c.person_id.not_in(enrolment.prepared_by_end_of(month))
    return _of(units, duty, wanted.where(unprepared, duty.c.since <= after - DAYS_ON_DUTY))


def _seen(month: date, units: Collection[int] | None, counted: str, beside: Any) -> Any:
    """Points over the most there could be, of the sheets that others filled in the month in this context."""
    after = _after(month)
    duty = identity.on_duty(after - timedelta(days=1)).subquery()
    here = and_(Observation.context == counted, Observation.max_points > 0)
    earned = func.coalesce(func.sum(case((here, Observation.points))), 0)
    most = func.coalesce(func.sum(case((here, Observation.max_points))), 0)
    people = func.count(case((here, Observation.person_id)).distinct())
    told = func.coalesce(func.sum(case((beside, 1), else_=0)), 0)
    wanted = select(duty.c.unit_id, literal(""), earned, most, people, told).select_from(Observation)
    wanted = wanted.join(duty, duty.c.person_id == Observation.person_id)
    in_month = and_(Observation.on_day >= month, Observation.on_day < after)
    by_others = Observation.observer_id != Observation.person_id
    return _of(units, duty, wanted.where(in_month, by_others))


def micro_teaching(month: date, units: Collection[int] | None) -> Any:
    """L2-07: what trainers saw in micro teachings; a sheet on which nothing was rated is counted apart."""
    unrated = and_(Observation.context == MICRO, Observation.max_points == 0)
    return _seen(month, units, MICRO, unrated)


def visits(first: date, last: date) -> Any:
    """Person, day, points and the most there could be, of what others saw at random visits; one row a sheet.

    Between two firsts of a month, both included. Where nobody came nothing is known, and there is no row.
    """
    seen = Observation
    wanted = select(seen.person_id, seen.on_day.label("day"), seen.points, seen.max_points)
    in_months = and_(seen.on_day >= first, seen.on_day < _after(last))
    return wanted.where(in_months, seen.context == RANDOM, seen.max_points > 0, seen.observer_id != seen.person_id)


def random_visits(month: date, units: Collection[int] | None) -> Any:
    """L3-06: what was seen at random visits; visits to which the observer was invited are counted apart."""
    return _seen(month, units, RANDOM, Observation.context == MEETING)
