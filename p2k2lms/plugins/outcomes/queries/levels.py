"""Sums of the field of certain people, before their training and after, in one row a person."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, and_, case, func, literal, select

from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.outcomes.queries.cubes import number

NAMES = ("due", "met", "invited", "present")
MORE = (*NAMES, "reported", "led", "sesi_done", "steps_done", "steps_due", "exits_own")
MONTHS_BEFORE, MONTHS_AFTER, AT_ONCE = 6, 12, 5_000


def around(people: Collection[int], first: date, last: date) -> list[dict[str, Any]]:
    """Groups due and met, families invited and present: six months before each one's training, and twelve after.

    Months between `first` and `last`, both included; the month in which the training went on is neither. `months`
    says over how many.
    """
    spells, ids = enrolment.first_exposures().subquery(), sorted(set(people))
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), AT_ONCE):
        part = select(spells).where(spells.c.person_id.in_(ids[start : start + AT_ONCE])).subquery()
        found += [dict(row._mapping) for row in db.session.execute(_sums(part, first, last, NAMES))]
    return found


def around_days(person_id: int, began: date, over: date, last: date) -> dict[str, Any]:
    """The same, and more sums, of one person around these days: the first of a training, and the one after its last."""
    days = (literal(began, Date).label("valid_from"), literal(over, Date).label("valid_to"))
    wanted = _sums(select(literal(person_id).label("person_id"), *days).subquery(), date.min, last, MORE)
    row = db.session.execute(wanted).one_or_none()
    return dict(row._mapping) if row else {}


def _sums(spells: Any, first: date, last: date, names: Sequence[str]) -> Any:
    """A SELECT of one row for each person of `spells` with months in the field."""
    rows = fieldwork.leader_months(first, last).subquery()
    began, over = number(spells.c.valid_from).label("began"), number(spells.c.valid_to).label("over")
    own = _kept(select(spells.c.person_id, spells.c.valid_to, began, over), "own")
    month = number(rows.c.month)
    before = and_(month < own.c.began, month >= own.c.began - MONTHS_BEFORE)
    after = and_(rows.c.month >= own.c.valid_to, month <= own.c.over + MONTHS_AFTER)
    side = case((before, 0), (after, 1)).label("side")
    counted = (*(rows.c[name] for name in names), literal(1).label("months"))
    near = _kept(select(own.c.person_id, *counted, side).join(rows, rows.c.person_id == own.c.person_id), "near")
    sums = [
        func.sum(case((near.c.side == side, near.c[name]), else_=0)).label(f"{name}{end}")
        for name in (*names, "months")
        for side, end in enumerate(("_before", ""))
    ]
    return select(near.c.person_id, *sums).group_by(near.c.person_id)


def _kept(wanted: Any, name: str) -> Any:
    """A part of a statement that is worked out once: the months of each row, not once for each sum over them."""
    return wanted.cte(name).prefix_with("MATERIALIZED")
