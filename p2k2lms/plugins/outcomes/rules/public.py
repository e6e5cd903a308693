"""What of a month anybody may read: whole percents, rounded sizes, nothing small, no place below a kabupaten."""

from collections.abc import Collection, Mapping
from typing import Any

from p2k2lms.plugins.indicators.values import Counts
from p2k2lms.plugins.outcomes.rules import hiding

KEYS = ("R-02", "L3-01", "L4-01")
NEAREST = 5
SIZES = ("trained", "untrained")


def table(
    top: int, children: Mapping[int, Collection[int]], counts: Mapping[str, Mapping[int, Counts]]
) -> dict[int, dict[str, list[int] | None]]:
    """By unit and indicator: percent, and of how many; None where it is hidden or nothing was due.

    What is small is hidden with enough beside it that no total betrays it, level by level.
    """
    found: dict[int, dict[str, list[int] | None]] = {}
    for key, known in counts.items():
        gone = {top} if hiding.is_small(known[top]) else set()
        gone = hiding.cascade(top, children, known, gone)
        for unit, one in known.items():
            found.setdefault(unit, {})[key] = None if unit in gone or not one.denominator else _told(one)
    return found


def _told(one: Counts) -> list[int]:
    return [round(100 * one.numerator / one.denominator), nearest(one.denominator)]


def nearest(number: float) -> int:
    """To the nearest five."""
    return NEAREST * round(number / NEAREST)


def effect_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """Of the figures of a plan: the verdict with its range and sizes, no cell and no kabupaten of the cube."""
    kept = {key: result[key] for key in ("verdict", "falls", "effect", "corrected", "times_more") if key in result}
    sizes = {key: nearest(result["sizes"].get(key, 0)) for key in SIZES}
    return {**kept, "sizes": {**sizes, "kabupaten": result["sizes"]["kabupaten"]}}
