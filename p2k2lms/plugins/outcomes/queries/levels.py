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
    wanted, ids = _sums(enrolment.first_exposures().subquery(), first, last, NAMES), sorted(set(people))
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), AT_ONCE):
        part = wanted.where(wanted.selected_columns.person_id.in_(ids[start : start + AT_ONCE]))
        found += [dict(row._mapping) for row in db.session.execute(part)]
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
    month, began = number(rows.c.month), number(spells.c.valid_from)
    before = and_(month < began, month >= began - MONTHS_BEFORE)
    after = and_(rows.c.month >= spells.c.valid_to, month <= number(spells.c.valid_to) + MONTHS_AFTER)
    sums = [
        func.sum(case((when, rows.c[name] if name else 1), else_=0)).label(f"{name or 'months'}{end}")
        for name in (*names, "")
        for end, when in (("_before", before), ("", after))
    ]
    wanted = select(rows.c.person_id, *sums).join(spells, spells.c.person_id == rows.c.person_id)
    return wanted.group_by(rows.c.person_id)
