"""Which items of a test need mending, and how sure one may be: the flags of classical test theory with least numbers.

The figures are Moodle's (stats/items.py). A class of forty is never enough to retire an item, so what was answered in
all classes to one frozen version is taken together before it is judged.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from p2k2lms.stats import items as theory
from p2k2lms.stats.arithmetic import UNDEFINED, mean
from p2k2lms.stats.distributions import normal_quantile
from p2k2lms.stats.funnel import wilson

COUNTS_ONLY, PROVISIONAL, SURE = 10, 30, 100
KEY, HARD, RIVAL, WEAK, DEAD, EASY = FLAGS = ("key", "hard", "rival", "weak", "dead", "easy")
"""In the order of urgency."""


@dataclass(frozen=True)
class Sat:
    """One frozen item as it was answered: marks from 0 to 1, totals of the papers, the option taken ("" for none)."""

    item: str
    marks: Sequence[float]
    totals: Sequence[float]
    guess: float = 0.0
    taken: Sequence[str] = ()
    key: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Flag:
    """Why an item is in the list; `about` names the option, where it is one."""

    rule: str
    about: str = ""


@dataclass(frozen=True)
class Figures:
    """An item in percent, with 95 % intervals; nan where undefined. `size` is how many answered."""

    item: str
    size: int
    facility: float
    facility_span: tuple[float, float]
    discrimination: float
    discrimination_span: tuple[float, float]
    efficiency: float
    flags: tuple[Flag, ...] = ()

    @property
    def provisional(self) -> bool:
        """Too few answers for more than a suspicion."""
        return self.size < PROVISIONAL

    @property
    def turned(self) -> bool:
        """Who does well in the whole test gets this item wrong, on enough answers to say so."""
        return not self.provisional and self.discrimination < 0

    @property
    def may_retire(self) -> bool:
        """Enough answers to take the item out of use."""
        return self.size >= SURE


def judged(sat: Sat) -> Figures:
    """The figures of an item and its flags, as far as the number of answers allows."""
    marks, totals = np.array(sat.marks, float), np.array(sat.totals, float)
    size = len(marks)
    met = round(float(marks.sum()))
    figures = Figures(
        item=sat.item,
        size=size,
        facility=100 * mean(marks),
        facility_span=_percent(wilson(met, size)),
        discrimination=100 * theory.discrimination(marks, totals),
        discrimination_span=_fisher(theory.discrimination(marks, totals), size),
        efficiency=100 * theory.efficiency(marks, totals),
    )
    flags = sorted(_flags(sat, figures), key=lambda flag: FLAGS.index(flag.rule))
    return Figures(**{**figures.__dict__, "flags": tuple(flags)})


def worst_first(sat: Sequence[Sat]) -> list[Figures]:
    """The items that need mending, the most urgent first."""
    found = [figures for figures in map(judged, sat) if figures.flags]
    return sorted(found, key=lambda f: (FLAGS.index(f.flags[0].rule), f.discrimination, f.item))


def _percent(span: tuple[float, float]) -> tuple[float, float]:
    return 100 * span[0], 100 * span[1]


def _fisher(correlation: float, size: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a correlation by Fisher's z, in percent; nan for fewer than four, or at the ends."""
    if size < 4 or not abs(correlation) < 1:
        return UNDEFINED, UNDEFINED
    half = normal_quantile(0.5 + level / 2) / math.sqrt(size - 3)
    return 100 * math.tanh(math.atanh(correlation) - half), 100 * math.tanh(math.atanh(correlation) + half)


def _flags(sat: Sat, f: Figures) -> Iterator[Flag]:
    if f.size < COUNTS_ONLY:
        return
    if f.size < PROVISIONAL:
        if f.discrimination < 0 and f.efficiency < -30:
            yield Flag(KEY)
        return
    if f.turned:
        yield Flag(KEY)
    elif f.discrimination < 20 or (f.efficiency < 50 and f.discrimination < 30):
        yield Flag(WEAK)
    if f.facility < 100 * sat.guess + 5:
        yield Flag(HARD)
    elif f.facility > 95:
        yield Flag(EASY)
    yield from _distractors(sat, f.size)


def _distractors(sat: Sat, size: int) -> Iterator[Flag]:
    """A wrong option that hardly anybody takes, or that the best third takes rather than the key."""
    if not sat.options or len(sat.taken) != size:
        return
    order = np.lexsort((np.arange(size), np.array(sat.totals, float)))
    best = [sat.taken[n] for n in order[-(size // 3) :]]
    for option, text in sat.options.items():
        if option == sat.key:
            continue
        if best.count(option) > best.count(sat.key):
            yield Flag(RIVAL, text)
        elif sum(one == option for one in sat.taken) < 0.03 * size:
            yield Flag(DEAD, text)


def guess_of(kind: str, options: int) -> float:
    """What blind guessing earns on average: 1/k where one of k is taken, nothing where it is typed or put in order."""
    return 1 / options if kind in ("single", "truefalse") and options else 0.0
