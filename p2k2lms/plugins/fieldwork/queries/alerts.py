"""Reads whom and what the alerts of the field are about, from the month facts and from the reports of a month."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import String, and_, cast, exists, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import ARM_NONE
from p2k2lms.plugins.fieldwork.models import Group, GroupMonth, LeaderMonth, Meeting
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS
from p2k2lms.plugins.fieldwork.values.words import AHEAD, TOO_MANY, TWICE, VALID

AT_ONCE = 5_000


def silent_people(month: date, days: int) -> Sequence[Any]:
    """Person, home unit and days since the last P2K2 in any group, of people on duty who are silent for longer."""
    least = func.min(GroupMonth.silent_days)
    same = and_(GroupMonth.month == LeaderMonth.month, GroupMonth.responsible_id == LeaderMonth.person_id)
    wanted = (
        select(LeaderMonth.person_id, LeaderMonth.unit_id, least)
        .join(GroupMonth, same)
        .where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1, LeaderMonth.led == 0)
        .where(GroupMonth.due == 1, GroupMonth.silent_days.is_not(None))
        .group_by(LeaderMonth.person_id, LeaderMonth.unit_id)
        .having(least > days)
    )
    return db.session.execute(wanted).all()


def silent_groups(month: date, days: int) -> Sequence[Any]:
    """Group, its name and unit, whoever answers for it, and days since its last P2K2."""
    wanted = (
        select(GroupMonth.group_id, Group.name, GroupMonth.unit_id, GroupMonth.responsible_id, GroupMonth.silent_days)
        .join(Group, Group.id == GroupMonth.group_id)
        .where(GroupMonth.month == month, GroupMonth.due == 1, GroupMonth.silent_days > days)
    )
    return db.session.execute(wanted).all()


def heavy_people(month: date, families: int) -> Sequence[Any]:
    """Person, home unit and families, of people on duty with more than so many."""
    wanted = select(LeaderMonth.person_id, LeaderMonth.unit_id, LeaderMonth.caseload_end)
    return db.session.execute(
        wanted.where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1, LeaderMonth.caseload_end > families)
    ).all()


def large_groups(month: date, families: int) -> Sequence[Any]:
    """Group, its name and unit, whoever answers for it, and its families, where there are more than so many."""
    wanted = (
        select(GroupMonth.group_id, Group.name, GroupMonth.unit_id, GroupMonth.responsible_id, GroupMonth.caseload_end)
        .join(Group, Group.id == GroupMonth.group_id)
        .where(GroupMonth.month == month, GroupMonth.due == 1, GroupMonth.caseload_end > families)
    )
    return db.session.execute(wanted).all()


def unprepared_leaders(month: date) -> Sequence[Any]:
    """Person, home unit and meetings led unprepared in this month and the one before, of who is in no class or path."""
    both = (month - timedelta(days=1)).replace(day=1), month
    number = func.sum(LeaderMonth.unprepared).label("number")
    told = select(LeaderMonth.person_id, number).where(LeaderMonth.month.in_(both))
    led = told.group_by(LeaderMonth.person_id).having(number > 0).subquery()
    arms = enrolment.arms(month).subquery()
    wanted = (
        select(LeaderMonth.person_id, LeaderMonth.unit_id, led.c.number)
        .join(led, led.c.person_id == LeaderMonth.person_id)
        .outerjoin(arms, arms.c.person_id == LeaderMonth.person_id)
        .where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1)
        .where(func.coalesce(arms.c.arm, ARM_NONE) == ARM_NONE)
    )
    return db.session.execute(wanted.order_by(LeaderMonth.person_id)).all()


def never_led(month: date, before: date) -> Sequence[Any]:
    """Person, home unit and first day prepared, of who was prepared before this day and has led nothing since."""
    ready = enrolment.prepared_people(before).subquery()
    led = exists().where(
        Meeting.leader_id == ready.c.person_id,
        Meeting.on_day >= ready.c.since,
        Meeting.status == VALID,
        ~Meeting.replaced,
    )
    wanted = select(LeaderMonth.person_id, LeaderMonth.unit_id, ready.c.since)
    wanted = wanted.join(ready, ready.c.person_id == LeaderMonth.person_id)
    return db.session.execute(
        wanted.where(LeaderMonth.month == month, LeaderMonth.on_duty_end == 1, ~led).order_by(LeaderMonth.person_id)
    ).all()


def fallen_attendance(last: date, months: int) -> list[int]:
    """Who had a smaller share of families in each of the last two months than in all months before together."""
    before = (last - timedelta(days=1)).replace(day=1)
    one = LeaderMonth
    sums = select(one.person_id, func.sum(one.present).label("came"), func.sum(one.invited).label("asked"))
    usual = sums.where(one.month >= _back(last, months), one.month < before).group_by(one.person_id).subquery()
    wanted = select(one.person_id).join(usual, usual.c.person_id == one.person_id)
    fell = and_(one.invited > 0, one.present * usual.c.asked < usual.c.came * one.invited)
    wanted = wanted.where(one.month.in_((before, last)), one.on_duty_end == 1, fell)
    return list(db.session.scalars(wanted.group_by(one.person_id).having(func.count() == 2).order_by(one.person_id)))


def attendance_of(people: Sequence[int], last: date, months: int) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """By person, with the home unit of the last month: present and invited of each month, the earliest first."""
    one, found = LeaderMonth, dict[int, list[tuple[int, int]]]()
    homes: dict[int, int] = {}
    for start in range(0, len(people), AT_ONCE):
        wanted = select(one.person_id, one.unit_id, one.present, one.invited)
        wanted = wanted.where(one.person_id.in_(people[start : start + AT_ONCE]), one.month >= _back(last, months))
        for person, unit, came, asked in db.session.execute(wanted.where(one.month <= last).order_by(one.month)):
            found.setdefault(person, []).append((came, asked))
            homes[person] = unit
    return {(person, homes[person]): rows for person, rows in found.items()}


def doubtful_reports(today: date, within: timedelta) -> Iterator[tuple[int, str]]:
    """Leader and first version of each standing report of this time that is odd, or came later than that."""
    since = today - within
    flags = cast(Meeting.flags, String)
    odd = or_(*(flags.like(f"%{flag}%") for flag in (TOO_MANY, AHEAD, TWICE)))
    first = func.coalesce(Meeting.corrects, Meeting.id)
    wanted = select(Meeting.leader_id, first, Meeting.on_day, Meeting.received_at, odd)
    came = Meeting.received_at >= datetime.combine(since, time(), UTC)
    wanted = wanted.where(came, Meeting.status == VALID, ~Meeting.replaced, or_(odd, Meeting.on_day < since))
    for leader, told, on_day, received_at, is_odd in db.session.execute(wanted):
        if is_odd or received_at.date() - on_day > within:
            yield leader, str(told)


def standing(reports: Collection[str]) -> set[str]:
    """Which of these reports, named by their first version, still stand in some version: neither cancelled nor gone."""
    first, found, asked = func.coalesce(Meeting.corrects, Meeting.id), set[str](), [uuid.UUID(one) for one in reports]
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        wanted = select(first).where(STANDS, or_(Meeting.id.in_(some), Meeting.corrects.in_(some)))
        found |= {str(one) for one in db.session.scalars(wanted)}
    return found


def _back(last: date, months: int) -> date:
    count = last.year * 12 + last.month - months
    return date(count // 12, count % 12 + 1, 1)
