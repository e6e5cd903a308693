"""One claim seen by several: the pendamping, the supervisor, an observer, the families."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.plugins.evaluation.rules.items import K


@dataclass(frozen=True)
class Side:
    """What one kind of witness says: percent of `n`; None where fewer than five spoke."""

    who: str
    says: str
    n: int
    percent: float | None


@dataclass(frozen=True)
class Pairs:
    """Two witnesses of the same people: both say yes, only the first, only the second, neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def n(self) -> int:
        """How many people were seen by both."""
        return self.both + self.first + self.second + self.neither

    @property
    def agree(self) -> float:
        """Percent on which the two agree."""
        return 100 * (self.both + self.neither) / self.n

    @property
    def gap(self) -> float:
        """By how many points the first says more than the second."""
        return 100 * (self.first - self.second) / self.n


def side(who: str, says: str, values: Mapping[int, float]) -> Side:
    """The mean over the people of whom something was said, each counted once."""
    n = len(values)
    return Side(who, says, n, sum(values.values()) / n if n >= K else None)


def pairs(first: Mapping[int, bool], second: Mapping[int, bool]) -> Pairs | None:
    """Person by person; None where fewer than five people were seen by both."""
    both = first.keys() & second.keys()
    if len(both) < K:
        return None
    told = [(first[person], second[person]) for person in both]
    return Pairs(*(told.count(case) for case in ((True, True), (True, False), (False, True), (False, False))))
