"""How figures add up: what lies in a unit itself, and what lies below it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from p2k2lms.plugins.indicators.values import ALL, Counts

Rows = dict[tuple[int, str], Counts]
"""Counts by unit and stratum."""


def with_above(units: Iterable[int], parents: Mapping[int, int | None]) -> set[int]:
    """These units and all above them."""
    found: set[int] = set()
    for unit in units:
        here: int | None = unit
        while here is not None and here not in found:
            found.add(here)
            here = parents.get(here)
    return found


def beside(units: Collection[int], parents: Mapping[int, int | None]) -> set[int]:
    """Other units right below one of these: they have not changed, but their sums go into it."""
    return {unit for unit, parent in parents.items() if parent in units and unit not in units}


def deepest_first(units: Iterable[int], parents: Mapping[int, int | None]) -> list[int]:
    """Every unit before the one above it."""

    def depth(unit: int) -> int:
        above = parents.get(unit)
        return 0 if above is None else 1 + depth(above)

    return sorted(units, key=lambda unit: (-depth(unit), unit))


def with_all(own: Mapping[tuple[int, str], Counts]) -> Rows:
    """The rows with those of everybody, where only parts were counted."""
    found: Rows = dict(own)
    for (unit, stratum), counts in own.items():
        if stratum != ALL:
            found[unit, ALL] = found.get((unit, ALL), Counts()).plus(counts)
    return found


def totals(
    units: Collection[int],
    parents: Mapping[int, int | None],
    own: Mapping[tuple[int, str], Counts],
    stored: Mapping[tuple[int, str], Counts],
) -> Rows:
    """What each of these units has with everything below it.

    `units` holds with every unit all above it. `own` is what lies in a unit itself, `stored` what the units
    right below them have that are not among them.
    """
    found: Rows = {}
    strata: dict[int, set[str]] = {}

    def add(unit: int | None, stratum: str, counts: Counts) -> None:
        if unit is not None and unit in units:
            found[unit, stratum] = found.get((unit, stratum), Counts()).plus(counts)
            strata.setdefault(unit, set()).add(stratum)

    for (unit, stratum), counts in with_all(own).items():
        add(unit, stratum, counts)
    for (unit, stratum), counts in stored.items():
        add(parents.get(unit), stratum, counts)
    for unit in deepest_first(units, parents):
        for stratum in strata.get(unit, ()):
            add(parents.get(unit), stratum, found[unit, stratum])
    return {key: counts for key, counts in found.items() if any(counts)}


def months_back(last: date, number: int) -> list[date]:
    """So many months up to and with this one, the earliest first, each by its first day."""
    count = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(count - number + 1, count + 1)]
