"""Reads figures from the sums alone: of units, over the months of a definition's window, and month by month."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from p2k2lms.core import indicators
from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.indicators import queries, rules
from p2k2lms.plugins.indicators.values import LEVELS, NOTHING, Counts, Figure


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
    if any(one.as_of for one in found.values()) or queries.is_counted(lineage, last):
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
    months, rows = rules.months_back(last, one.window), dict[str, list[Counts]]()
    for stratum, _month, counts in queries.strata(unit_id, one, months):
        rows.setdefault(stratum, []).append(counts)
    return {stratum: Figure(one, unit_id, months[0], months[-1], _whole(one, every)) for stratum, every in rows.items()}


def _whole(one: Indicator, every: Sequence[Counts]) -> Counts:
    """The sums of several months; people are counted in the month that had most of them."""
    whole = NOTHING
    for counts in every:
        whole = whole.plus(counts)
    return whole._replace(n_people=max(counts.n_people for counts in every)) if one.window > 1 and every else whole


def latest_month(unit_id: int) -> date | None:
    """The newest month that has a figure in this unit."""
    return queries.last_month(unit_id)
