"""Who of a unit is prepared, by which way, and how long the others have waited."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from p2k2lms.stats import km

BY_CLASS, BY_PATH, IN_CLASS, ON_THE_WAY, NOT_YET = "kelas", "jalur", "di_kelas", "berjalan", "belum"


@dataclass(frozen=True)
class Line:
    """One pendamping of a unit: in the field since, first in a class or on a path since, and where the way stands."""

    person_id: int
    since: date
    began_on: date | None
    way: str


@dataclass(frozen=True)
class Wait:
    """Days from posting to the first exposure; the median counts who still waits, None while fewer than half began."""

    people: int
    begun: int
    median: float | None
    longest: int


def way_of(prepared_kind: str, on_path: bool, in_class: bool) -> str:
    """The word for where somebody stands."""
    if prepared_kind:
        return BY_CLASS if prepared_kind == "kelas" else BY_PATH
    return IN_CLASS if in_class else ON_THE_WAY if on_path else NOT_YET


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many stand where."""
    found = dict.fromkeys((BY_CLASS, BY_PATH, IN_CLASS, ON_THE_WAY, NOT_YET), 0)
    for line in lines:
        found[line.way] += 1
    return found


def wait(lines: Sequence[Line], today: date) -> Wait | None:
    """R-04 for the people of one unit; who still waits is counted as waiting, not left out."""
    spells = [(max(((line.began_on or today) - line.since).days, 0), line.began_on is not None) for line in lines]
    if not spells:
        return None
    median = median_wait(spells)
    return Wait(len(spells), sum(done for _, done in spells), median, max(days for days, _ in spells))


def median_wait(spells: Sequence[tuple[int, bool]]) -> float | None:
    """The Kaplan-Meier median of (days, reached)."""
    days = np.array([spell[0] for spell in spells], dtype=np.float64)
    reached = np.array([spell[1] for spell in spells], dtype=np.int64)
    if not reached.any():
        return None
    median = km.curve(days, reached).median()
    return None if math.isnan(median) else median


def by_unit(lines: Sequence[Line], homes: Mapping[int, str]) -> dict[str, list[Line]]:
    """The same lines by the unit that each person works in, in order of name."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(homes.get(line.person_id, ""), []).append(line)
    return dict(sorted(found.items()))
