"""Who of a unit is prepared, by which way, and how long the others have waited."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats import km

BY_CLASS, BY_PATH, IN_CLASS, ON_THE_WAY, NOT_YET = "kelas", "jalur", "di_kelas", "berjalan", "belum"


@dataclass(frozen=True)
class Share:
    """So many pendamping of a unit who stand at one place of the way, and began after, or have waited, so many days."""

    unit_id: int
    way: str
    days: int
    begun: bool
    people: int


@dataclass(frozen=True)
class Wait:
    """Days from posting to the first exposure; the median counts who still waits, None while fewer than half began."""

    people: int
    begun: int
    median: float | None
    longest: int


def counts(shares: Iterable[Share]) -> dict[str, int]:
    """How many stand where."""
    found = dict.fromkeys((BY_CLASS, BY_PATH, IN_CLASS, ON_THE_WAY, NOT_YET), 0)
    for share in shares:
        found[share.way] += share.people
    return found


def wait(shares: Sequence[Share]) -> Wait | None:
    """R-04 for the people of one unit; who still waits is counted as waiting, not left out."""
    if not shares:
        return None
    median = median_wait([(share.days, share.begun) for share in shares for _n in range(share.people)])
    people, begun = (sum(s.people for s in shares if s.begun or not only) for only in (False, True))
    return Wait(people, begun, median, max(share.days for share in shares))


def median_wait(spells: Sequence[tuple[int, bool]]) -> float | None:
    """The Kaplan-Meier median of (days, reached)."""
    days = np.array([spell[0] for spell in spells], dtype=np.float64)
    reached = np.array([spell[1] for spell in spells], dtype=np.int64)
    if not reached.any():
        return None
    median = km.curve(days, reached).median()
    return None if math.isnan(median) else median


def by_unit(shares: Sequence[Share]) -> dict[int, list[Share]]:
    """The same by the unit that people work in."""
    found: dict[int, list[Share]] = {}
    for share in shares:
        found.setdefault(share.unit_id, []).append(share)
    return found
