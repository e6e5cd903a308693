"""Reads and writes the figures by unit and month, and runs the SELECT of a definition."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from p2k2lms.core import bulk
from p2k2lms.core.db import among, db
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.indicators.models import IndicatorDef, IndicatorMonth
from p2k2lms.plugins.indicators.rules import Rows
from p2k2lms.plugins.indicators.values import ALL, Counts

AT_ONCE = 5_000


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Many ids in lists that one statement can carry."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def own(indicator: Indicator, month: date, units: Collection[int] | None) -> Rows:
    """What lies in these units themselves, by the definition's own SELECT."""
    if indicator.count is None:
        return {}
    found: Rows = {}
    for unit, stratum, *sums in db.session.execute(indicator.count(month, units)):
        if unit is not None:
            found[unit, stratum] = found.get((unit, stratum), Counts()).plus(Counts(*(int(n or 0) for n in sums)))
    return found


def stored(indicator: Indicator, month: date, units: Collection[int]) -> Rows:
    """What these units have, with everything below them."""
    found: Rows = {}
    for part in in_parts(units):
        rows = db.session.execute(select(*KEY, *SUMS).where(*_of(indicator, part), IndicatorMonth.month == month))
        found.update({(unit, stratum): Counts(*sums) for unit, stratum, *sums in rows})
    return found


KEY = (IndicatorMonth.unit_id, IndicatorMonth.stratum)
SUMS = (IndicatorMonth.numerator, IndicatorMonth.denominator, IndicatorMonth.n_people, IndicatorMonth.missing)


def _of(indicator: Indicator, units: Collection[int]) -> tuple[Any, ...]:
    same = IndicatorMonth.indicator == indicator.id, IndicatorMonth.version == indicator.version
    return (IndicatorMonth.unit_id.in_(units), *same)


def replace(indicator: Indicator, month: date, units: Collection[int], rows: Rows, at: datetime) -> None:
    """Write what these units have now in place of what they had."""
    for part in in_parts(units):
        db.session.execute(delete(IndicatorMonth).where(*_of(indicator, part), IndicatorMonth.month == month))
    same = {"indicator": indicator.id, "version": indicator.version, "month": month, "as_of": at}
    new = [
        {"unit_id": unit, "stratum": stratum, **counts._asdict(), **same} for (unit, stratum), counts in rows.items()
    ]
    bulk.write(IndicatorMonth, new)


def months_of(name: str) -> Sequence[date]:
    """Every month in which some version of an indicator is counted, the oldest first."""
    months = select(IndicatorMonth.month).where(IndicatorMonth.indicator == name).distinct()
    return db.session.scalars(months.order_by(IndicatorMonth.month)).all()


def known_definitions() -> set[tuple[str, int]]:
    """The versions of definitions that have been counted before."""
    return {(row.id, row.version) for row in db.session.execute(select(IndicatorDef.id, IndicatorDef.version))}


def keep_definition(key: str, version: int, body: Mapping[str, Any]) -> None:
    """Keep what this version means."""
    db.session.add(IndicatorDef(id=key, version=version, body=dict(body)))


def monthly(
    units: Collection[int], indicators: Sequence[Indicator], months: Sequence[date]
) -> dict[tuple[int, str, date], tuple[Counts, datetime]]:
    """The sums of everybody by unit, indicator and month; one query."""
    if not (units and indicators and months):
        return {}
    versions = {(i.id, i.version) for i in indicators}
    wanted = select(
        IndicatorMonth.unit_id,
        IndicatorMonth.indicator,
        IndicatorMonth.version,
        IndicatorMonth.month,
        *SUMS,
        IndicatorMonth.as_of,
    ).where(
        among(IndicatorMonth.unit_id, units),
        IndicatorMonth.indicator.in_([i.id for i in indicators]),
        IndicatorMonth.month.in_(months),
        IndicatorMonth.stratum == ALL,
    )
    return {
        (unit, key, month): (Counts(*sums), at)
        for unit, key, version, month, *sums, at in db.session.execute(wanted)
        if (key, version) in versions
    }


OF_UNIT = select(IndicatorMonth.stratum, IndicatorMonth.month, *SUMS, IndicatorMonth.as_of).where(
    IndicatorMonth.unit_id == bindparam("unit_id"),
    IndicatorMonth.indicator == bindparam("indicator"),
    IndicatorMonth.version == bindparam("version"),
    IndicatorMonth.month.in_(bindparam("months", expanding=True)),
)


def _of_unit(unit_id: int, indicator: str, version: int, months: tuple[date, ...]) -> Asking:
    return OF_UNIT, {"unit_id": unit_id, "indicator": indicator, "version": version, "months": months}


def _history(rows: Iterable[Any]) -> list[tuple[str, date, Counts, datetime]]:
    return [(stratum, month, Counts(*sums), at) for stratum, month, *sums, at in rows]


of_unit = Question(_of_unit, _history)
"""The sums of each month of one unit, of everybody and of each stratum."""


def last_month(unit_id: int) -> date | None:
    """The newest month that has a figure in this unit."""
    return db.session.scalar(select(func.max(IndicatorMonth.month)).where(IndicatorMonth.unit_id == unit_id))


COUNTED = (
    select(IndicatorMonth.unit_id)
    .where(IndicatorMonth.unit_id.in_(bindparam("units", expanding=True)), IndicatorMonth.month == bindparam("month"))
    .limit(1)
)


def _counted(units: tuple[int, ...], month: date) -> Asking:
    return COUNTED, {"units": units, "month": month}


is_counted = Question(_counted, lambda rows: rows.first() is not None)
"""Whether any figure of these units stands for this month."""
