"""Counts a cube inside the database, in one statement, keeps it, and reads it back in its one order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from sqlalchemy import String, and_, case, cast, delete, extract, func, insert, literal, or_, select, true, union_all

from p2k2lms.core.db import db
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation import service as evaluation
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes.models import CubeOutcome

KEYS = ("kabupaten_id", "cohort", "stratum", "month")
SUMS = tuple(column.key for column in CubeOutcome.__table__.columns if column.key not in (*KEYS, "plan_id"))
BY_LOT = "undi"
AT_ONCE = 2_000


@dataclass(frozen=True)
class Window:
    """What a cube takes in: the months (firsts of a month, both included), the kabupaten, and the kind of training."""

    first: date
    last: date
    kabupaten: Collection[int]
    kind: str
    strata: str = ""


def counted(window: Window) -> list[dict[str, Any]]:
    """The cells as they stand now. Of a region it takes ten seconds, so nobody should hold the pen meanwhile."""
    people = _people(window)
    parts = (_months(window, people), _checks(window, people), _visits(window, people), _families(window, people))
    cells = union_all(*parts).subquery()
    keys = [cells.c[name] for name in KEYS]
    wanted = select(*keys, *(func.sum(cells.c[name]).label(name) for name in SUMS)).group_by(*keys)
    return [dict(row._mapping) for row in db.session.execute(wanted)]


def replace(plan_id: int, counted: Sequence[dict[str, Any]]) -> None:
    """Put these cells in the place of what was there of a plan; inside the caller's transaction."""
    db.session.execute(delete(CubeOutcome).where(CubeOutcome.plan_id == plan_id))
    for start in range(0, len(counted), AT_ONCE):
        rows = [{"plan_id": plan_id, **row} for row in counted[start : start + AT_ONCE]]
        db.session.execute(insert(CubeOutcome), rows)


def trainings_over() -> list[tuple[int, date]]:
    """Whose first training is over, and the day after its last: as a cube takes it."""
    spells = enrolment.first_exposures().subquery()
    wanted = select(spells.c.person_id, spells.c.valid_to).where(spells.c.valid_to.is_not(None))
    return [(person, day) for person, day in db.session.execute(wanted)]


def number(day: Any) -> Any:
    """The month of a day, counted from year 0."""
    return extract("year", day) * 12 + extract("month", day)


def _people(window: Window) -> Any:
    """Everybody of the window: kabupaten of the first month, first training, first and last month there."""
    rows = fieldwork.leader_months(window.first, window.last).subquery()
    span = select(rows.c.person_id, func.min(rows.c.month).label("began"), func.max(rows.c.month).label("ended"))
    ends = span.group_by(rows.c.person_id).subquery()
    start = fieldwork.leader_months(window.first, window.last).subquery()
    places = identity.kabupaten_units(window.first).subquery()
    spells = enrolment.first_exposures().subquery()
    after = number(spells.c.valid_to) + case((extract("day", spells.c.valid_to) > 1, 1), else_=0)
    lot = case((spells.c.by_lot == 1, BY_LOT), else_="")
    others = or_(spells.c.kind.is_(None), spells.c.kind == window.kind, spells.c.valid_from > window.last)
    return (
        select(
            ends.c.person_id,
            ends.c.began,
            ends.c.ended,
            places.c.kabupaten_id,
            func.coalesce(after, 0).label("cohort"),
            _stratum(window.strata, lot, start, ends).label("stratum"),
            spells.c.valid_from.label("trained_from"),
        )
        .join(start, and_(start.c.person_id == ends.c.person_id, start.c.month == ends.c.began))
        .join(places, places.c.unit_id == start.c.unit_id)
        .outerjoin(spells, spells.c.person_id == ends.c.person_id)
        .where(places.c.kabupaten_id.in_(window.kabupaten), others)
        .cte("people_of_window")
    )


def _stratum(strata: str, lot: Any, start: Any, ends: Any) -> Any:
    """How one was called; behind a stroke, in which third one began, by families or years. Equals are together."""
    if not strata:
        return lot
    on_duty = identity.days_on_duty_since().subquery()
    since = select(on_duty.c.started_on).where(on_duty.c.person_id == ends.c.person_id).scalar_subquery()
    orders = {"load": start.c.caseload_end, "tenure": since}
    wanted = [orders[name] for name in ("load", "tenure") if strata in (name, "both")]
    ranks = [func.rank().over(order_by=one.asc().nulls_last()) for one in wanted]
    thirds = [cast((rank - 1) * 3 // func.count().over() + 1, String) for rank in ranks]
    return reduce(lambda told, third: told.concat(third), thirds, lot.concat("/"))


def _counted(people: Any, month: Any) -> Any:
    """The months in which somebody is counted: not those in which the training itself went on."""
    before = number(people.c.trained_from) > number(month)
    after = and_(people.c.cohort > 0, people.c.cohort <= number(month))
    return or_(people.c.trained_from.is_(None), before, after)


def _cell(people: Any, month: Any, sums: dict[str, Any]) -> Any:
    keys = (people.c.kabupaten_id, people.c.cohort, people.c.stratum, number(month).label("month"))
    return select(*keys, *(sums.get(name, literal(0)).label(name) for name in SUMS))


def _months(window: Window, people: Any) -> Any:
    rows = fieldwork.leader_months(window.first, window.last).subquery()
    there = people.c.began == window.first
    sums = {
        "first": _is(people.c.began == rows.c.month),
        "there": _is(and_(there, rows.c.month == window.first)),
        "stayed": _is(and_(there, rows.c.month == window.first, people.c.ended == window.last)),
    }
    sums |= _outcome("met", rows.c.met * 100.0 / func.nullif(rows.c.due, 0), rows.c.due > 0)
    sums |= _outcome("came", rows.c.present * 100.0 / func.nullif(rows.c.invited, 0), rows.c.invited > 0)
    sums |= _outcome("load", rows.c.caseload_end * 1.0, rows.c.on_duty_end == 1)
    share = rows.c.exits_own * 365_250.0 / func.nullif(rows.c.person_days, 0)
    sums |= _outcome("left", share, rows.c.person_days > 0)
    return _beside(people, rows, rows.c.month, sums)


def _outcome(name: str, y: Any, known: Any) -> dict[str, Any]:
    value = case((known, y), else_=0.0)
    return {f"n_{name}": _is(known), f"sum_{name}": value, f"sq_{name}": value * value}


def _checks(window: Window, people: Any) -> Any:
    rows = fieldwork.checked_reports(window.first, window.last).subquery()
    sums = {"drawn": literal(1), **{name: rows.c[name] for name in ("checked", "said", "truly")}}
    return _beside(people, rows, rows.c.month, sums)


def _visits(window: Window, people: Any) -> Any:
    """What was seen at random visits; where nobody came nothing is known, which is not 0."""
    rows = coaching.visits(window.first, window.last).subquery()
    return _beside(people, rows, rows.c.day, _outcome("seen", rows.c.points * 100.0 / rows.c.max_points, true()))


def _families(window: Window, people: Any) -> Any:
    """What families said to others than their pendamping, in the month in which the wave opened."""
    rows = evaluation.families_asked(window.first, window.last).subquery()
    return _beside(people, rows, rows.c.day, _outcome("does", rows.c.does * 100.0 / rows.c.asked, true()))


def _beside(people: Any, rows: Any, day: Any, sums: dict[str, Any]) -> Any:
    """The cells of something that is known of some people in some months."""
    wanted = _cell(people, day, sums).join(rows, rows.c.person_id == people.c.person_id)
    return wanted.where(_counted(people, day))


def _is(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def cells(plan_id: int) -> list[tuple[Any, ...]]:
    """The cube of a plan: the kabupaten by its code, then the other keys and the sums, in their one order."""
    places = identity.codes_of_units().subquery()
    columns = [getattr(CubeOutcome, name) for name in (*KEYS[1:], *SUMS)]
    wanted = select(places.c.code, *columns).join(places, places.c.unit_id == CubeOutcome.kabupaten_id)
    order = (places.c.code, *columns[: len(KEYS) - 1])
    return [tuple(row) for row in db.session.execute(wanted.where(CubeOutcome.plan_id == plan_id).order_by(*order))]
