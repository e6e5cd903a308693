"""Reads from the month facts who has been silent for long and who carries too much."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import Group, GroupMonth, LeaderMonth


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
