"""Reads and writes alerts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, insert, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.plugins.dashboards.models import Alert

AT_ONCE = 2_000
YEAR = timedelta(days=365)


def open_rows(rule: str) -> list[Alert]:
    """What is open by this rule, to be changed."""
    return list(db.session.scalars(select(Alert).where(Alert.rule == rule, Alert.closed_on.is_(None))))


def insert_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many new ones."""
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(Alert), list(rows[start : start + AT_ONCE]))


@dataclass(frozen=True)
class Scope:
    """Whose alerts: those of `owned` rules in these units or below; all others in `paths`, or about `person_ids`."""

    paths: tuple[str, ...]
    person_ids: tuple[int, ...] = ()
    owned: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rules: tuple[str, ...] = ()


def _mine(scope: Scope) -> ColumnElement[bool]:
    about = [Alert.person_id.in_(scope.person_ids)] if scope.person_ids else []
    usual = and_(Alert.rule.not_in(scope.rules), or_(false(), *(_below(path) for path in scope.paths), *about))
    return or_(usual, *(and_(Alert.rule.in_(rules), _below(path)) for path, rules in scope.owned))


def _below(path: str) -> ColumnElement[bool]:
    return and_(Alert.unit_path >= path, Alert.unit_path < path[:-1] + "0")


def _open(scope: Scope) -> type[Alert]:
    """What is open in a scope, to select from.

    PostgreSQL without statistics holds all that is open in the country for few rows, so its plan is left no choice.
    People come first where there is nothing else; else one index has what is open by place alone, and that the place
    is within reach stands in front of what is asked of it.
    """
    here: ColumnElement[bool] = Alert.closed_on.is_(None)
    paths = {*scope.paths, *(path for path, _rules in scope.owned)}
    if not paths:
        own = select(Alert).where(_mine(scope)).cte("own").prefix_with("MATERIALIZED")
        return aliased(Alert, select(own).where(own.c.closed_on.is_(None)).subquery())
    if not scope.person_ids:
        here = and_(here, or_(*(_below(path) for path in sorted(paths))))
    return aliased(Alert, select(Alert).where(here, _mine(scope)).subquery())


def waiting(scope: Scope, day: date, limit: int) -> list[tuple[Alert, int, int]]:
    """The first people of whom something is open and not put off; by rule, the oldest first.

    Each with the first that is open, how much there is about the same person, and how many people there are.
    """
    own = _open(scope)
    whom, first = _whom(own), (own.rule, own.opened_on, own.id)
    place = func.row_number().over(partition_by=whom, order_by=first).label("place")
    same = func.count().over(partition_by=whom).label("same")
    here = select(*first, place, same).where(_now(own, day)).subquery()  # what is sorted is kept narrow
    order = (here.c.rule, here.c.opened_on, here.c.id)
    some = select(here.c.id, here.c.same, func.count().over().label("people")).where(here.c.place == 1)
    few = some.order_by(*order).limit(limit).subquery()
    wanted = select(Alert, few.c.same, few.c.people).join(few, few.c.id == Alert.id)
    rows = db.session.execute(wanted.order_by(Alert.rule, Alert.opened_on, Alert.id))
    return [(row, number, people) for row, number, people in rows]


def number(scope: Scope, day: date) -> int:
    """How many people there are of whom something is open and not put off."""
    own = _open(scope)
    return db.session.scalar(select(func.count(_whom(own).distinct())).where(_now(own, day))) or 0


def _whom(own: type[Alert]) -> Any:
    """The person; an alert about nobody counts for itself."""
    return func.coalesce(own.person_id, -own.id)


def _now(own: type[Alert], day: date) -> ColumnElement[bool]:
    return or_(own.snoozed_until.is_(None), own.snoozed_until <= day)


def row(alert_id: int) -> Alert | None:
    """The row to change."""
    return db.session.get(Alert, alert_id, with_for_update=True)


def precision(scope: Scope, day: date) -> list[tuple[str, int, int]]:
    """Of each rule how often in the last year it was said to be right, and how often anything was said."""
    right = func.count().filter(Alert.verdict == "benar")
    told = select(Alert.rule, right, func.count()).where(Alert.verdict != "", _mine(scope))
    rows = db.session.execute(told.where(Alert.opened_on > day - YEAR).group_by(Alert.rule).order_by(Alert.rule))
    return [(rule, yes, said) for rule, yes, said in rows]
