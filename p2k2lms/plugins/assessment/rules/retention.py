"""What is still known after a while: five questions of the post-test once more, 30 and 90 days after it.

Asked are questions that stand in both forms, so everybody is compared with the own answers to the very same ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from p2k2lms.plugins.assessment.rules.clinic import COUNTS_ONLY, PROVISIONAL
from p2k2lms.plugins.assessment.rules.draw import Banked, in_turns
from p2k2lms.stats.prepost import Gain, paired_gain

SIZE = 5
DAYS = {1: 30, 2: 90}
"""How many days after the post-test each round opens."""
OPEN_FOR = timedelta(days=21)


def opens(ended: date, number: int) -> date:
    """The day on which a round opens, for who ended the post-test on this day."""
    return ended + timedelta(days=DAYS[number])


def closes(ended: date, number: int) -> date:
    """Its last day: an answer later still says nothing about this many days."""
    return opens(ended, number) + OPEN_FOR


def ended_between(today: date, number: int) -> tuple[date, date]:
    """The first and the last day of those post-tests for which a round is open today."""
    last = today - timedelta(days=DAYS[number])
    return last - OPEN_FOR, last


def chosen(anchors: Sequence[Banked], number: int, seed: str) -> tuple[str, ...]:
    """The questions of a round: at most five, in turns from the groups of the blueprint.

    The second round begins where the first ended, so that it repeats as few as the anchors allow.
    """
    row = in_turns(anchors, seed)
    start = SIZE * (number - 1) % len(row) if row else 0
    return tuple((row[start:] + row[:start])[:SIZE])


@dataclass(frozen=True)
class Asked:
    """One question that one member answered twice: what it earned in the post-test, and in the check, 0 to 1."""

    member: int
    objective: str
    then: float
    now: float


@dataclass(frozen=True)
class Kept:
    """How much of something is left, in points of 100; `gain` is None with fewer people than may be shown."""

    people: int
    gain: Gain | None = None

    @property
    def provisional(self) -> bool:
        """Enough people to show a mean, too few to rest upon it."""
        return self.gain is not None and self.people < PROVISIONAL


@dataclass(frozen=True)
class Round:
    """One round of a class: for how many it opened, what is left of it all, and by objective, the most lost first."""

    days: int
    opened: int
    whole: Kept
    objectives: tuple[tuple[str, Kept], ...]


def of_class(number: int, opened: int, asked: Iterable[Asked]) -> Round:
    """What a class still knows. Each person counts once, whatever the number of questions."""
    every = list(asked)
    by_objective: dict[str, list[Asked]] = defaultdict(list)
    for one in every:
        by_objective[one.objective].append(one)
    parts = [(name, _kept(some)) for name, some in by_objective.items()]
    parts.sort(key=lambda part: (part[1].gain.gain if part[1].gain else 0.0, part[0]))
    return Round(DAYS[number], opened, _kept(every), tuple(parts))


def _kept(asked: Sequence[Asked]) -> Kept:
    mine: dict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        mine[one.member].append(one)
    if len(mine) < COUNTS_ONLY:
        return Kept(len(mine))
    then, now = (
        np.array([100 * sum(getattr(one, name) for one in some) / len(some) for some in mine.values()])
        for name in ("then", "now")
    )
    return Kept(len(mine), paired_gain(then, now))
