"""The SELECTs of the indicators of the field: each counts its base units from the month facts alone."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, literal, select
from sqlalchemy.orm import aliased

from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import ARM_NONE
from p2k2lms.plugins.fieldwork.models import Draw, GroupMonth, LeaderMonth, Verification
from p2k2lms.plugins.fieldwork.values.words import SAID_MET, TRULY_MET, TRULY_NOT

LONGEST_SILENCE = 60
"""Days without a meeting after which a group counts as silent: two missed months."""
Count = Callable[[date, Collection[int] | None], Any]


def _once() -> Any:
    """True in one row for each person: that of the first group answered for, so that sums count nobody twice."""
    other = aliased(GroupMonth)
    earlier = exists().where(
        other.month == GroupMonth.month,
        other.responsible_id == GroupMonth.responsible_id,
        other.due == 1,
        other.group_id < GroupMonth.group_id,
    )
    return GroupMonth.responsible_id.is_not(None) & ~earlier


def of_groups(numerator: Any, denominator: Any, missing: Any = None, *, by_arm: bool = False) -> Count:
    """Over the groups that owe a meeting in the month, where they lie; perhaps by how their pendamping is prepared."""

    def count(month: date, units: Collection[int] | None) -> Any:
        people = func.sum(case((_once(), 1), else_=0))
        lacking = literal(0) if missing is None else func.sum(missing)
        sums = func.sum(numerator), func.sum(denominator), people, lacking
        arms = enrolment.arms(month).subquery()
        arm = func.coalesce(arms.c.arm, ARM_NONE) if by_arm else literal("")
        wanted = select(GroupMonth.unit_id, arm, *sums).where(GroupMonth.month == month, GroupMonth.due == 1)
        if by_arm:
            wanted = wanted.outerjoin(arms, arms.c.person_id == GroupMonth.responsible_id)
        if units is not None:
            wanted = wanted.where(GroupMonth.unit_id.in_(units))
        return wanted.group_by(GroupMonth.unit_id, *([arm] if by_arm else ()))

    return count


def truthful(month: date, units: Collection[int] | None) -> Any:
    """Q-04: of the drawn group-months whose truth was found out, those where the frozen report said the same.

    By how the one who answered for the group is prepared. Not reached, or not looked at yet, is missing.
    """
    arms, now, before = enrolment.arms(month).subquery(), aliased(GroupMonth), aliased(GroupMonth)
    drawn, earlier = Verification, aliased(Verification)
    arm = func.coalesce(arms.c.arm, ARM_NONE)
    known = drawn.result.in_((TRULY_MET, TRULY_NOT))
    agrees = (drawn.result == TRULY_MET) == (drawn.reported == SAID_MET)
    counted_before = exists().where(  # the same person, in a group of the same draw that comes first
        earlier.draw_id == drawn.draw_id,
        earlier.group_id < drawn.group_id,
        earlier.result.in_((TRULY_MET, TRULY_NOT)),
        before.group_id == earlier.group_id,
        before.month == month,
        before.responsible_id == now.responsible_id,
    )
    right, there, people = _is(known & agrees), _is(known), _is(known & ~counted_before)
    sums = func.sum(right), func.sum(there), func.sum(people), func.sum(1 - there)
    wanted = (
        select(now.unit_id, arm, *sums)
        .select_from(Draw)
        .join(drawn, drawn.draw_id == Draw.id)
        .join(now, (now.group_id == drawn.group_id) & (now.month == Draw.month))
        .outerjoin(arms, arms.c.person_id == now.responsible_id)
        .where(Draw.month == month)
    )
    return (wanted if units is None else wanted.where(now.unit_id.in_(units))).group_by(now.unit_id, arm)


def of_people(numerator: Any, denominator: Any, *only: Any) -> Count:
    """Over the pendamping of the month, where their home unit is."""

    def count(month: date, units: Collection[int] | None) -> Any:
        sums = func.sum(numerator), func.sum(denominator), func.count(), literal(0)
        wanted = select(LeaderMonth.unit_id, literal(""), *sums).where(LeaderMonth.month == month, *only)
        if units is not None:
            wanted = wanted.where(LeaderMonth.unit_id.in_(units))
        return wanted.group_by(LeaderMonth.unit_id)

    return count


def _is(condition: Any) -> Any:
    return case((condition, 1), else_=0)


LED = LeaderMonth.led > 0
ON_DUTY = LeaderMonth.duty_days > 0

met = of_groups(GroupMonth.met, GroupMonth.due, GroupMonth.due - GroupMonth.reported, by_arm=True)
reported = of_groups(GroupMonth.reported, GroupMonth.due, by_arm=True)
came = of_groups(GroupMonth.present, GroupMonth.invited, GroupMonth.set_aside, by_arm=True)
silent = of_groups(_is(GroupMonth.silent_days > LONGEST_SILENCE), _is(GroupMonth.silent_days.is_not(None)))
left_by_own_will = of_groups(GroupMonth.exits_own, GroupMonth.person_days)
unprepared = of_people(_is(LeaderMonth.unprepared > 0), literal(1), LED)
led = of_people(LeaderMonth.led, literal(1), ON_DUTY)
on_time = of_people(LeaderMonth.on_time, LeaderMonth.led, LED)
left_by_person = of_people(LeaderMonth.exits_own, literal(1), ON_DUTY)
caseload = of_people(LeaderMonth.caseload_end, literal(1), LeaderMonth.on_duty_end == 1)
