"""The closed vocabulary of verdicts: which of these words the figures of a study allow, and no other."""

import math
from dataclasses import dataclass

FEWEST_KABUPATEN, FEWEST_TRAINED = 10, 50
FEWEST_CHECKED = 30
"""Checked reports that each arm needs (never trained where there are any, before and after training)."""
POWER = 2.8  # (1.96 + 0.84): an effect this many errors large is seen in four studies of five

STRONG, LIKELY, SIGN, OPEN, NOTHING = "kuat", "berkaitan", "tanda", "belum", "tanpa_pengaruh"
WITHHELD, FEW, NOBODY = "ditahan", "sedikit", "tanpa_pembanding"
VERDICTS = (STRONG, LIKELY, SIGN, OPEN, NOTHING, WITHHELD, FEW, NOBODY)


@dataclass(frozen=True)
class Facts:
    """What a verdict rests on: sizes, how people were called, whether reports were checked, and the interval.

    `low` and `high` are the 95% interval in points; `standing` is its lower (for a fall: upper) end if the groups
    drift by the largest jump seen before training; `breaks_at` is the multiple of that jump which it stands.
    """

    kabupaten: int
    trained: int
    low: float
    high: float
    standing: float
    breaks_at: float
    by_lot: bool = False
    checked: bool = True


def verdict(facts: Facts, sesoi: float) -> str:
    """The one word that these facts allow, with `sesoi` the smallest effect of interest in points."""
    if facts.kabupaten < FEWEST_KABUPATEN or facts.trained < FEWEST_TRAINED:
        return FEW
    if not (math.isfinite(facts.low) and math.isfinite(facts.high)):
        return NOBODY
    if not facts.checked:
        return WITHHELD
    if -sesoi < facts.low and facts.high < sesoi:
        return NOTHING
    if facts.low <= 0 <= facts.high:
        return OPEN
    nearest = facts.low if facts.low > 0 else -facts.high
    return _size(facts, nearest, sesoi)


def _size(facts: Facts, nearest: float, sesoi: float) -> str:
    """The word for an interval that leaves 0 out: by how far, and whether it stands."""
    if nearest <= sesoi:
        return SIGN
    if facts.by_lot:
        return STRONG
    stands = facts.breaks_at >= 1 and (facts.standing if facts.low > 0 else -facts.standing) > sesoi
    return LIKELY if stands else SIGN


def times_more(error: float, sesoi: float) -> float:
    """How many times as many kabupaten (or months) would show an effect of this size in four studies of five."""
    return max(1.0, (POWER * error / sesoi) ** 2)
