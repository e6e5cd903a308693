"""Reads and writes alerts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, insert, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.dashboards.models import Alert

AT_ONCE = 2_000


def open_rows(rule: str) -> list[Alert]:
    """What is open by this rule, to be changed."""
    return list(db.session.scalars(select(Alert).where(Alert.rule == rule, Alert.closed_on.is_(None))))


def insert_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many new ones."""
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(Alert), list(rows[start : start + AT_ONCE]))


def _mine(paths: Sequence[str], person_ids: Collection[int]) -> ColumnElement[bool]:
    """In these units or below, or about one of these people."""
    below = [and_(Alert.unit_path >= path, Alert.unit_path < path[:-1] + "0") for path in paths]
    about = [Alert.person_id.in_(person_ids)] if person_ids else []
    return or_(false(), *below, *about)


def waiting(paths: Sequence[str], person_ids: Collection[int], day: date, limit: int) -> list[tuple[Alert, int]]:
    """The first of what is open and not put off, with how many there are; by rule, the oldest first."""
    now = or_(Alert.snoozed_until.is_(None), Alert.snoozed_until <= day)
    wanted = select(Alert, func.count().over()).where(Alert.closed_on.is_(None), now, _mine(paths, person_ids))
    rows = db.session.execute(wanted.order_by(Alert.rule, Alert.opened_on, Alert.id).limit(limit))
    return [(row, number) for row, number in rows]


def row(alert_id: int) -> Alert | None:
    """The row to change."""
    return db.session.get(Alert, alert_id, with_for_update=True)


def precision(paths: Sequence[str], person_ids: Collection[int]) -> dict[str, int]:
    """How many answers said that an alert was right, and how many that it was not."""
    wanted = select(Alert.verdict, func.count()).where(Alert.verdict != "", _mine(paths, person_ids))
    return {verdict: number for verdict, number in db.session.execute(wanted.group_by(Alert.verdict))}
