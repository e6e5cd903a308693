"""What a result says about the person's own change: in points, with its doubt, and drawn on a line."""

import math
from dataclasses import dataclass

LEFT, WIDTH = 8, 280
"""The scale of the drawing: where 0 percent stands and how far away 100 percent is."""
LABEL = 66
"""How wide a label is; two never come nearer, and none leaves the drawing."""


@dataclass(frozen=True)
class Scale:
    """Places on the line of a result, and the middles of the labels below it."""

    before: float | None
    now: float
    limit: float
    before_label: float
    now_label: float


def doubt(change: float, items: int, share: float) -> str:
    """How far chance alone explains a change on forms of this many items: likely, maybe or rarely.

    Two marks of one unchanged person differ by chance with the spread sqrt(2 n p (1 - p)); a change
    within one spread is likely chance, beyond 1.96 of them rarely so.
    """
    p = min(max(share, 0.5 / items), 1 - 0.5 / items)
    spread = math.sqrt(2 * items * p * (1 - p))
    if abs(change) <= spread:
        return "likely"
    return "maybe" if abs(change) <= 1.96 * spread else "rarely"


def by_chance(items: int, share: float) -> int:
    """The largest whole change that is likely chance, at least 1."""
    p = min(max(share, 0.5 / items), 1 - 0.5 / items)
    return max(1, math.floor(math.sqrt(2 * items * p * (1 - p))))


def scale(before: int | None, now: int, limit: int) -> Scale:
    """Where the marks stand on a line of 296, with their labels apart."""
    if before is None:
        return Scale(None, _x(now), _x(limit), 0, _inside(_x(now)))
    low, high = _apart(*sorted((_x(before), _x(now))))
    before_label, now_label = (low, high) if before <= now else (high, low)
    return Scale(_x(before), _x(now), _x(limit), before_label, now_label)


def _apart(low: float, high: float) -> tuple[float, float]:
    """The middles of two labels, pushed apart evenly and kept inside the drawing."""
    lacking = max(0.0, LABEL - (high - low)) / 2
    low = _inside(low - lacking)
    high = _inside(max(high + lacking, low + LABEL))
    return round(min(low, high - LABEL), 1), round(high, 1)


def _inside(middle: float) -> float:
    return min(max(middle, LABEL / 2), LEFT + WIDTH + LEFT - LABEL / 2)


def _x(percent: int) -> float:
    return round(LEFT + WIDTH * percent / 100, 1)
