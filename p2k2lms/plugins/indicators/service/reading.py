"""Reads figures from the sums alone: of units, over the months of a definition's window, and month by month."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from p2k2lms.core import indicators
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.indicators import queries, rules
from p2k2lms.plugins.indicators.values import ALL, LEVELS, NOTHING, Counts, Figure


def by_level() -> dict[str, list[Indicator]]:
    """Every definition by its level, in the order of the levels; those of a later release too."""
    every = sorted(indicators.declared().values(), key=lambda one: (one.rilis, one.id))
    found = {level: [one for one in every if one.level == level] for level in LEVELS}
    return {level: ones for level, ones in found.items() if ones}


def figures(units: Collection[int], wanted: Sequence[Indicator], last: date) -> dict[tuple[int, str], Figure]:
    """The figure of each unit and indicator for the window that ends with this month."""
    longest = max((one.window for one in wanted), default=1)
    known = queries.monthly(units, [one for one in wanted if one.rilis == 1], rules.months_back(last, longest))
    rows: dict[tuple[int, str], list[tuple[Counts, datetime]]] = {}
    spans = {one.id: rules.months_back(last, one.window) for one in wanted}
    for (unit, key, month), row in known.items():
        if month in spans[key]:
            rows.setdefault((unit, key), []).append(row)
    return {
        (unit, one.id): _figure(one, unit, spans[one.id], rows.get((unit, one.id), ()))
        for one in wanted
        for unit in units
    }


def told_apart(found: dict[Any, Figure], lineage: Collection[int], last: date) -> dict[Any, Figure]:
    """The same figures; all said to be unknown when neither they nor the units above were counted in this month."""
    if any(one.as_of for one in found.values()) or queries.is_counted(tuple(lineage), last):
        return found
    return {key: replace(one, counted=False) for key, one in found.items()}


def _figure(one: Indicator, unit: int, months: Sequence[date], rows: Sequence[tuple[Counts, datetime]]) -> Figure:
    if not rows:
        return Figure(one, unit, months[0], months[-1])
    whole = _whole(one, [counts for counts, _at in rows])
    return Figure(one, unit, months[0], months[-1], whole, max((at for _counts, at in rows), default=None))


def series(units: Collection[int], one: Indicator, last: date, number: int) -> dict[int, list[Figure]]:
    """The figure of each single month, the earliest first; a month without any is left out."""
    months = rules.months_back(last, number)
    known = queries.monthly(units, [one], months)
    return {
        unit: [
            Figure(one, unit, month, month, *known[unit, one.id, month])
            for month in months
            if (unit, one.id, month) in known
        ]
        for unit in units
    }


def by_stratum(unit_id: int, one: Indicator, last: date) -> dict[str, Figure]:
    """The figure of each stratum of a unit, for the window that ends with this month."""
    return history(unit_id, one, last, one.window)[1]


def history(unit_id: int, one: Indicator, last: date, number: int) -> tuple[list[Figure], dict[str, Figure]]:
    """The figure of each of the last months of one unit, the earliest first, and of each stratum over the window."""
    rows = queries.of_unit(*_of_unit(unit_id, one, last, number))
    months = rules.months_back(last, one.window)
    whole = sorted((month, counts, at) for stratum, month, counts, at in rows if stratum == ALL)
    parts = [(stratum, month, counts) for stratum, month, counts, _at in rows if stratum != ALL and month in months]
    each = [Figure(one, unit_id, month, month, counts, at) for month, counts, at in whole]
    return each, _strata(one, unit_id, months, parts)


def ahead_of_page(unit_id: int, lineage: Collection[int], one: Indicator, last: date, number: int) -> list[Ahead]:
    """What `history` and `told_apart` read, for a page that knows it will ask."""
    asked = _of_unit(unit_id, one, last, number)
    return [queries.of_unit.ahead(*asked), *ahead_of_month(lineage, last)]


def ahead_of_month(lineage: Collection[int], last: date) -> list[Ahead]:
    """What `told_apart` reads, for a page that knows it will ask."""
    return [queries.is_counted.ahead(tuple(lineage), last)]


def _of_unit(unit_id: int, one: Indicator, last: date, number: int) -> tuple[int, str, int, tuple[date, ...]]:
    return unit_id, one.id, one.version, tuple(rules.months_back(last, max(number, one.window)))


def _strata(
    one: Indicator, unit_id: int, months: Sequence[date], rows: Iterable[tuple[str, date, Counts]]
) -> dict[str, Figure]:
    known: dict[str, list[Counts]] = {}
    for stratum, _month, counts in rows:
        known.setdefault(stratum, []).append(counts)
    first, last = months[0], months[-1]
    return {stratum: Figure(one, unit_id, first, last, _whole(one, every)) for stratum, every in known.items()}


def _whole(one: Indicator, every: Sequence[Counts]) -> Counts:
    """The sums of several months; people are counted in the month that had most of them."""
    whole = NOTHING
    for counts in every:
        whole = whole.plus(counts)
    return whole._replace(n_people=max(counts.n_people for counts in every)) if one.window > 1 and every else whole


def latest_month(unit_id: int) -> date | None:
    """The newest month that has a figure in this unit."""
    return queries.last_month(unit_id)
