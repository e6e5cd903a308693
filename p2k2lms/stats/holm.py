"""Several questions at once: p-values raised so that the chance of any false alarm stays what it was (Holm 1979)."""

from collections.abc import Sequence
from math import isfinite

from p2k2lms.stats.arithmetic import UNDEFINED


def adjusted(chances: Sequence[float]) -> list[float]:
    """Each p times the number of those not smaller, never below one that stood before it, never above 1.

    What is undefined stays so and is not counted: a question that could not be asked takes nothing from the others.
    """
    order = sorted((p, n) for n, p in enumerate(chances) if isfinite(p))
    found, least = [UNDEFINED] * len(chances), 0.0
    for rank, (p, place) in enumerate(order):
        least = max(least, min(1.0, (len(order) - rank) * p))
        found[place] = least
    return found
