"""The four levels of a training as rungs: how many stand behind each, its range, what was before, whether it holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats import funnel, prepost
from p2k2lms.stats.arithmetic import ratio, root
from p2k2lms.stats.distributions import t_quantile

FEWEST, LEAST_SHARE, SECRET = 10, 60, 5
"""A rung bears weight from so many people and so much of those asked; of fewer than five people nothing is shown."""
FEW, SILENT, NONE, HIDDEN = "sedikit", "diam", "kosong", "rahasia"


@dataclass(frozen=True)
class Rung:
    """One figure of one level. `weak` says why it bears no weight; `before` is the same before the training.

    A share is `above` of `below`.
    """

    level: int
    key: str
    asked: int
    count: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    weak: str = ""
    above: int = 0
    below: int = 0

    @property
    def percent(self) -> int:
        """How much of those asked stands behind it."""
        return round(100 * self.count / self.asked) if self.asked else 0


@dataclass(frozen=True)
class Part:
    """What one person adds to a share: before the training and after."""

    above_before: float
    below_before: float
    above: float
    below: float


def _rung(
    level: int, key: str, people: tuple[int, int], figures: Sequence[float | None], of: tuple[float, float] = (0, 0)
) -> Rung:
    asked, count = people
    if 0 < count < SECRET:
        return Rung(level, key, asked, count, weak=HIDDEN)
    value, low, high, before = (None if x is None or not math.isfinite(x) else x for x in figures)
    weak = NONE if count == 0 or value is None else FEW if count < FEWEST else ""
    if not weak and asked and 100 * count < LEAST_SHARE * asked:
        weak = SILENT
    return Rung(level, key, asked, count, value, low, high, before, weak, int(of[0]), int(of[1]))


def said(level: int, key: str, asked: int, answered: int, yes: int) -> Rung:
    """A share of those who answered, with Wilson's interval."""
    low, high = funnel.wilson(yes, answered) if answered else (math.nan, math.nan)
    shares = (100 * ratio(yes, answered), 100 * low, 100 * high, None)
    return _rung(level, key, (asked, answered), shares, (yes, answered))


def learned(asked: int, pairs: Sequence[tuple[float, float]]) -> Rung:
    """The gain in points from the test before to the test after, of who sat both; `before` is their first mean."""
    if len(pairs) < SECRET:
        return _rung(2, "gain", (asked, len(pairs)), (None,) * 4)
    pre, post = (np.array([pair[n] for pair in pairs]) for n in (0, 1))
    found = prepost.paired_gain(pre, post)
    return _rung(2, "gain", (asked, len(pairs)), (found.gain, found.low, found.high, found.before))


def covered(rung: Rung) -> Rung:
    """A rung for who may see no persons: of fewer than ten people nothing is shown."""
    return Rung(rung.level, rung.key, rung.asked, rung.count, weak=HIDDEN) if 0 < rung.count < FEWEST else rung


def shared(level: int, key: str, asked: int, parts: Sequence[Part]) -> Rung:
    """A share of sums over people after the training; its error lets each person's months hang together.

    The range ends where a share does.
    """
    known = [part for part in parts if part.below > 0]
    above, below = (np.array([getattr(part, name) for part in known]) for name in ("above", "below"))
    n, whole = len(known), float(below.sum()) if known else 0.0
    value = ratio(float(above.sum()) if known else 0.0, whole)
    spread = root(ratio(n * float(((above - value * below) ** 2).sum()), n - 1)) if n > 1 else math.nan
    reach = t_quantile(0.975, n - 1) * ratio(spread, whole)
    first = ratio(sum(p.above_before for p in parts), sum(p.below_before for p in parts))
    low, high = (value + side * reach for side in (-1, 1))
    figures = (value, max(low, 0.0), min(high, 1.0), first)
    return _rung(level, key, (asked, n), [100 * x for x in figures], (float(above.sum()) if known else 0.0, whole))
