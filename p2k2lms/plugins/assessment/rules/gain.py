"""What a result says about the person's own change: in points, with its doubt, and drawn on a line."""

import math
from dataclasses import dataclass

LEFT, WIDTH = 8, 280
"""The scale of the drawing: where 0 percent stands and how far away 100 percent is."""


@dataclass(frozen=True)
class Scale:
    """Places on the line of a result, and on which side its labels stand so that they never meet."""

    before: float | None
    now: float
    limit: float
    before_anchor: str
    now_anchor: str


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
    """Where the marks stand on a line of 296; the lower label hangs to the left, the higher to the right."""
    lower = before is not None and before <= now
    return Scale(
        None if before is None else _x(before),
        _x(now),
        _x(limit),
        _anchor(before or 0, lower),
        _anchor(now, not lower and before is not None),
    )


def _x(percent: int) -> float:
    return round(LEFT + WIDTH * percent / 100, 1)


def _anchor(percent: int, leftward: bool) -> str:
    if percent < 20:
        return "start"
    return "end" if leftward or percent > 80 else "start"
