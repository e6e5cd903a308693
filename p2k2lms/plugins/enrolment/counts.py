"""The SELECTs of the indicators of enrolment: who on duty is prepared, how long it took, and how classes ended."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import days_between
from p2k2lms.plugins.enrolment.models import Angkatan, Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.spell_queries import FINISHED
from p2k2lms.plugins.enrolment.values import (
    ARM_CLASS,
    ARM_NONE,
    ARM_NOW,
    ARM_PATH,
    CLASS,
    COACHING,
    ENDED,
    PASSED,
    RUNNING,
    STOPPED,
)
from p2k2lms.plugins.identity import service as identity

SOON, DAY = timedelta(days=60), timedelta(days=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=32)).replace(day=1)


def ready(before: date, *only: Any) -> Any:
    """The people who had finished something before this day, each once."""
    done = and_(FINISHED, ExposureSpell.valid_to < before, *only)
    return select(ExposureSpell.person_id).where(done).distinct()


def prepared_since(before: date) -> Any:
    """A SELECT of `person_id, since` of who had finished something before this day: the day after the first of it."""
    done = and_(FINISHED, ExposureSpell.valid_to < before)
    wanted = select(ExposureSpell.person_id, func.min(ExposureSpell.valid_to).label("since")).where(done)
    return wanted.group_by(ExposureSpell.person_id)


def _share(month: date, units: Collection[int] | None, those: Any) -> Any:
    """Those among the people on duty on the last day of the month."""
    duty = identity.on_duty(month_after(month) - DAY).subquery()
    has = case((those.c.person_id.is_not(None), 1), else_=0)
    wanted = _by_unit(duty, units, func.sum(has), func.count(), func.count(), literal(0))
    return wanted.outerjoin(those, those.c.person_id == duty.c.person_id)


def with_class(month: date, units: Collection[int] | None) -> Any:
    """R-01: on duty, with a class that was passed."""
    return _share(month, units, ready(month_after(month), ExposureSpell.kind == CLASS).subquery())


def prepared(month: date, units: Collection[int] | None) -> Any:
    """R-02: on duty, with a class that was passed or a path that was finished."""
    return _share(month, units, ready(month_after(month)).subquery())


def arms(month: date) -> Any:
    """Person and arm of everybody with an exposure: passed a class before the month, is in one, or finished a path.

    The month in which something runs or ends is neither before nor after; who is not named here is not trained yet.
    """
    before = ExposureSpell.valid_to <= month
    during = and_(
        ExposureSpell.status != STOPPED,
        ExposureSpell.valid_from < month_after(month),
        (ExposureSpell.valid_to.is_(None)) | (ExposureSpell.valid_to > month),
    )
    passed = func.max(case((and_(FINISHED, before, ExposureSpell.kind == CLASS), 1), else_=0))
    now = func.max(case((and_(during, ExposureSpell.kind.in_((CLASS, COACHING))), 1), else_=0))
    coached = func.max(case((and_(FINISHED, before, ExposureSpell.kind == COACHING), 1), else_=0))
    arm = case((passed == 1, ARM_CLASS), (now == 1, ARM_NOW), (coached == 1, ARM_PATH), else_=ARM_NONE)
    return select(ExposureSpell.person_id, arm.label("arm")).group_by(ExposureSpell.person_id)


def first_exposures() -> Any:
    """A SELECT of the first class or path of each person that runs or was finished, and whether a draw called them."""
    one = ExposureSpell
    place = func.row_number().over(partition_by=one.person_id, order_by=(one.valid_from, one.id))
    over = case((one.status != RUNNING, one.valid_to)).label("valid_to")
    columns = (one.person_id, one.kind, one.valid_from, over, one.lottery_draw, place.label("place"))
    known = or_(FINISHED, one.status == RUNNING)
    rows = select(*columns).where(known, one.kind.in_((CLASS, COACHING))).subquery()
    by_lot = case((rows.c.lottery_draw.is_not(None), 1), else_=0).label("by_lot")
    return select(rows.c.person_id, rows.c.kind, rows.c.valid_from, rows.c.valid_to, by_lot).where(rows.c.place == 1)


def _by_unit(duty: Any, units: Collection[int] | None, *sums: Any) -> Any:
    wanted = select(duty.c.unit_id, literal(""), *sums).select_from(duty).group_by(duty.c.unit_id)
    return wanted if units is None else wanted.where(duty.c.unit_id.in_(units))


def soon_prepared(month: date, units: Collection[int] | None) -> Any:
    """R-04: of those on duty whose sixty days ended in the month, who had begun something within them."""
    duty = identity.on_duty(month_after(month) - DAY).subquery()
    spells = select(ExposureSpell.person_id, func.min(ExposureSpell.valid_from).label("began"))
    began = spells.group_by(ExposureSpell.person_id).subquery()
    within = case((days_between(duty.c.since, began.c.began) <= SOON.days, 1), else_=0)
    wanted = _by_unit(duty, units, func.sum(within), func.count(), func.count(), literal(0))
    wanted = wanted.outerjoin(began, began.c.person_id == duty.c.person_id)
    return wanted.where(duty.c.since >= month - SOON, duty.c.since < month_after(month) - SOON)


def passed_class(month: date, units: Collection[int] | None) -> Any:
    """R-05: of those who sat in a class that ended in the month, who passed; where each works, else at the centre."""
    duty = identity.on_duty(month_after(month) - DAY).subquery()
    unit = func.coalesce(duty.c.unit_id, Angkatan.centre_unit_id)
    there = func.count()
    wanted = (
        select(unit, literal(""), func.sum(case((Enrolment.state == PASSED, 1), else_=0)), there, there, literal(0))
        .select_from(Enrolment)
        .join(Angkatan, Angkatan.id == Enrolment.angkatan_id)
        .outerjoin(duty, duty.c.person_id == Enrolment.person_id)
        .where(Angkatan.ends >= month, Angkatan.ends < month_after(month))
        .group_by(unit)
    )
    return wanted if units is None else wanted.where(unit.in_(units))


def finished_path(month: date, units: Collection[int] | None) -> Any:
    """R-06: of those whose sixty days on a path ended in the month, who had finished; a class in between sets aside."""
    duty = identity.on_duty(month_after(month) - DAY).subquery()
    other = aliased(ExposureSpell)
    soon = days_between(ExposureSpell.valid_from, ExposureSpell.valid_to) <= SOON.days
    done = and_(ExposureSpell.status == ENDED, soon)
    to_class = exists().where(
        other.person_id == ExposureSpell.person_id,
        other.kind == CLASS,
        other.valid_from >= ExposureSpell.valid_from,
        days_between(ExposureSpell.valid_from, other.valid_from) < SOON.days,
    )
    told = func.sum(case((and_(~to_class, done), 1), else_=0)), func.sum(case((~to_class, 1), else_=0))
    wanted = _by_unit(duty, units, *told, func.count(), func.sum(case((to_class, 1), else_=0)))
    wanted = wanted.join(ExposureSpell, ExposureSpell.person_id == duty.c.person_id)
    first, after = month - SOON, month_after(month) - SOON
    return wanted.where(
        ExposureSpell.kind == COACHING, ExposureSpell.valid_from >= first, ExposureSpell.valid_from < after
    )
