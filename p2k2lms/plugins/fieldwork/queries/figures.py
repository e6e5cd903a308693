"""The SELECTs of the indicators of the field: each counts its base units from the month facts alone."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import days_between
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import ARM_NONE
from p2k2lms.plugins.fieldwork.models import (
    Draw,
    Group,
    GroupMonth,
    LeaderMonth,
    Meeting,
    MeetingGroup,
    Verification,
)
from p2k2lms.plugins.fieldwork.queries import joined
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS
from p2k2lms.plugins.fieldwork.values.words import SAID_MET, TRULY_MET, TRULY_NOT

LONGEST_SILENCE = 60
"""Days without a meeting after which a group counts as silent: two missed months."""
FIRST_DAYS, MOSTLY = timedelta(days=30), 80
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


def soon_led(month: date, units: Collection[int] | None) -> Any:
    """L3-12: of those on duty who had been prepared for thirty days in the month, who had led within them; by arm."""
    after = (month + timedelta(days=32)).replace(day=1)
    ready, arms = enrolment.prepared_people(after).subquery(), enrolment.arms(month).subquery()
    within = days_between(ready.c.since, Meeting.on_day)
    led = exists().where(Meeting.leader_id == ready.c.person_id, STANDS, within >= 0, within <= FIRST_DAYS.days)
    arm = func.coalesce(arms.c.arm, ARM_NONE)
    wanted = (
        select(LeaderMonth.unit_id, arm, func.sum(_is(led)), func.count(), func.count(), literal(0))
        .join(ready, ready.c.person_id == LeaderMonth.person_id)
        .outerjoin(arms, arms.c.person_id == LeaderMonth.person_id)
        .where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1)
        .where(ready.c.since >= month - FIRST_DAYS, ready.c.since < after - FIRST_DAYS)
    )
    return _of_units(wanted, units).group_by(LeaderMonth.unit_id, arm)


def lasted(month: date, units: Collection[int] | None) -> Any:
    """L3-13: of those on duty who were prepared six months ago, whose groups met in the last three of these months."""
    first, third = _months_back(month, 6), _months_back(month, 2)
    ready, sums = enrolment.prepared_people(_months_back(month, 5)).subquery(), aliased(LeaderMonth)
    met = (
        select(sums.person_id, func.sum(sums.met).label("met"), func.sum(sums.due).label("due"))
        .where(sums.month >= third, sums.month <= month)
        .group_by(sums.person_id)
        .subquery()
    )
    kept, owed = _is(and_(met.c.due > 0, met.c.met * 100 >= met.c.due * MOSTLY)), _is(met.c.due > 0)
    counts = func.sum(kept), func.sum(owed), func.sum(owed), func.sum(1 - owed)
    wanted = (
        select(LeaderMonth.unit_id, literal(""), *counts)
        .join(ready, ready.c.person_id == LeaderMonth.person_id)
        .join(met, met.c.person_id == LeaderMonth.person_id)
        .where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1, ready.c.since >= first)
    )
    return _of_units(wanted, units).group_by(LeaderMonth.unit_id)


def modul_done(month: date, units: Collection[int] | None, modul: Sequence[Sequence[str]]) -> Any:
    """L3-08: of the modul of every group that has met for half a year, those with each sesi given whole.

    `modul` are the ids of the sesi of each, as the course has them now. Whole as on the map: each langkah was done at
    one meeting or another, also before the group was divided off; a sesi given again counts once.
    """
    after = (month + timedelta(days=32)).replace(day=1)
    place = {sesi: number for number, own in enumerate(modul) for sesi in own}
    here = select(GroupMonth.group_id).where(GroupMonth.month == month, GroupMonth.due == 1)
    here = here if units is None else here.where(GroupMonth.unit_id.in_(units))
    only = MeetingGroup.on_day < after, Meeting.sesi.in_(place)
    rows = joined.given_to(lambda group: group.in_(here), *only).c
    each = (
        select(rows.group_id, case(place, value=rows.sesi).label("modul"))
        .group_by(rows.group_id, rows.sesi)
        .having(joined.whole(rows.steps))
        .subquery()
    )
    counted = select(each.c.group_id, each.c.modul, func.count().label("sesi"))
    given = counted.group_by(each.c.group_id, each.c.modul).subquery()
    whole = given.c.sesi == case({number: len(own) for number, own in enumerate(modul)}, value=given.c.modul)
    done = select(given.c.group_id, func.count().label("modul")).where(whole).group_by(given.c.group_id).subquery()
    sums = func.sum(func.coalesce(done.c.modul, 0)), func.count() * len(modul), func.sum(_is(_once())), literal(0)
    wanted = (
        select(GroupMonth.unit_id, literal(""), *sums)
        .join(Group, Group.id == GroupMonth.group_id)
        .outerjoin(done, done.c.group_id == GroupMonth.group_id)
        .where(GroupMonth.month == month, GroupMonth.due == 1, Group.valid_from <= _months_back(after, 6))
        .group_by(GroupMonth.unit_id)
    )
    return wanted if units is None else wanted.where(GroupMonth.unit_id.in_(units))


def _of_units(wanted: Any, units: Collection[int] | None) -> Any:
    return wanted if units is None else wanted.where(LeaderMonth.unit_id.in_(units))


def _months_back(month: date, number: int) -> date:
    return date(month.year + (month.month - 1 - number) // 12, (month.month - 1 - number) % 12 + 1, 1)


def _is(condition: Any) -> Any:
    return case((condition, 1), else_=0)


LED = LeaderMonth.led > 0
ON_DUTY = LeaderMonth.duty_days > 0

met = of_groups(GroupMonth.met, GroupMonth.due, GroupMonth.due - GroupMonth.reported, by_arm=True)
reported = of_groups(GroupMonth.reported, GroupMonth.due, by_arm=True)
came = of_groups(GroupMonth.present, GroupMonth.invited, GroupMonth.set_aside, by_arm=True)
reached = of_groups(GroupMonth.reached, GroupMonth.reachable, GroupMonth.unticked)
silent = of_groups(_is(GroupMonth.silent_days > LONGEST_SILENCE), _is(GroupMonth.silent_days.is_not(None)))
left_by_own_will = of_groups(GroupMonth.exits_own, GroupMonth.person_days)
unprepared = of_people(_is(LeaderMonth.unprepared > 0), literal(1), LED)
led = of_people(LeaderMonth.led, literal(1), ON_DUTY)
on_time = of_people(LeaderMonth.on_time, LeaderMonth.led, LED)
left_by_person = of_people(LeaderMonth.exits_own, literal(1), ON_DUTY)
caseload = of_people(LeaderMonth.caseload_end, literal(1), LeaderMonth.on_duty_end == 1)
