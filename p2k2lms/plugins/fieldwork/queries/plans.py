"""Reads and changes plans, and reads spot checks."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import Plan, SpotCheck


def plans_of(group_ids: Collection[int], first: date | None = None, after: date | None = None) -> list[Plan]:
    """What is planned for these groups, the earliest month first."""
    wanted = select(Plan).where(Plan.group_id.in_(group_ids)).order_by(Plan.month)
    if first is not None and after is not None:
        wanted = wanted.where(Plan.month >= first, Plan.month < after)
    return list(db.session.scalars(wanted)) if group_ids else []


def forget(group_ids: Collection[int], first: date, after: date) -> None:
    """Take away what these groups have planned in these months."""
    mine = (Plan.group_id.in_(group_ids), Plan.month >= first, Plan.month < after)
    db.session.execute(delete(Plan).where(*mine))


def checks_of(group_ids: Collection[int], quarter: date) -> list[SpotCheck]:
    """The spot checks of these groups in a quarter."""
    wanted = select(SpotCheck).where(SpotCheck.group_id.in_(group_ids), SpotCheck.quarter == quarter)
    return list(db.session.scalars(wanted.order_by(SpotCheck.received_at))) if group_ids else []
