"""Reads who has been silent for long, who carries too much, who leads unprepared, and who is prepared and does not."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import ARM_NONE
from p2k2lms.plugins.fieldwork.models import Group, GroupMonth, LeaderMonth, Meeting
from p2k2lms.plugins.fieldwork.values.words import VALID


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
