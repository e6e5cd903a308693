"""What the tests of a class say: how far to trust them, what was gained, how the forms differ, who meets which item.

Figures are those of stats/; here stands only what may be said from how many answers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from p2k2lms.plugins.assessment.rules.clinic import COUNTS_ONLY, PROVISIONAL
from p2k2lms.plugins.assessment.rules.score import is_enough
from p2k2lms.plugins.assessment.values import UNKNOWN, Places, places_of
from p2k2lms.stats import equate, prepost, rasch
from p2k2lms.stats import items as theory
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, mean
from p2k2lms.stats.effect_sizes import Estimate, smcr

MAP_FROM = 200
GOOD, POOR = 75.0, 64.0
HIGH, FAIR, LOW = "good", "fair", "poor"
CEILING, UNPAIRED = 0.15, 0.10
STEP = 0.5  # logits of one row of the map
NOTHING = (UNDEFINED, UNDEFINED)


@dataclass(frozen=True)
class FormFigures:
    """One form in percent; nan below the least number. `band` is HIGH, FAIR, LOW, or "" while it is too early."""

    name: str
    papers: int
    items: int
    mean: float = UNDEFINED
    sd: float = UNDEFINED
    alpha: float = UNDEFINED
    alpha_span: tuple[float, float] = NOTHING
    error: float = UNDEFINED

    @property
    def provisional(self) -> bool:
        """Enough to count, too few to judge."""
        return COUNTS_ONLY <= self.papers < PROVISIONAL

    @property
    def enough_for_line(self) -> bool:
        """Enough to compare this form with another."""
        return self.papers >= PROVISIONAL

    @property
    def enough_for_map(self) -> bool:
        """Enough to lay people and items on one scale."""
        return self.papers >= MAP_FROM

    @property
    def band(self) -> str:
        """How far marks on this form can be trusted."""
        if self.papers < PROVISIONAL or math.isnan(self.alpha):
            return ""
        return HIGH if self.alpha >= GOOD else LOW if self.alpha < POOR else FAIR


def form_figures(name: str, marks: Floats) -> FormFigures:
    """The gauges of one form, from papers x items with marks of 0 to 1."""
    papers, items = marks.shape
    if papers < COUNTS_ONLY:
        return FormFigures(name, papers, items)
    whole = theory.whole_test(marks, np.ones(items))
    low, high = theory.alpha_interval(whole.cic_pct / 100, papers, items)
    spans = (100 * low, 100 * high)
    return FormFigures(
        name, papers, items, whole.mean_pct, whole.sd_pct, whole.cic_pct, spans, whole.standard_error_pct
    )


@dataclass(frozen=True)
class Equated:
    """Form B seen from form A through the anchors; `harder` is in points of 100, below nothing where B is easier."""

    anchors: int
    harder: float
    line: equate.Line


def equated(old: Floats, old_anchors: Sequence[int], new: Floats, new_anchors: Sequence[int]) -> Equated | None:
    """Tucker's line from the new form to the old one; None with too few papers, or where an anchor says nothing."""
    if min(len(old), len(new)) < PROVISIONAL or not old_anchors or len(old_anchors) != len(new_anchors):
        return None
    totals = [100 * mean_of_rows(marks) for marks in (new, old)]
    shared = [100 * mean_of_rows(marks[:, list(at)]) for marks, at in ((new, new_anchors), (old, old_anchors))]
    line = equate.tucker(totals[0], shared[0], totals[1], shared[1])
    harder = line.old_mean - line.new_mean
    return None if math.isnan(harder) or math.isnan(line.slope) else Equated(len(old_anchors), harder, line)


def mean_of_rows(marks: Floats) -> Floats:
    """The share of its marks that each paper earned."""
    shares: Floats = marks.mean(axis=1)
    return shares


@dataclass(frozen=True)
class Sat:
    """The first tests of one member in percent, and on which form; None where there is none.

    A form without a name is one of an earlier version, from before the class moved.
    """

    pre: float | None = None
    post: float | None = None
    pre_form: str = ""
    post_form: str = ""
    pre_place: str = UNKNOWN
    post_place: str = UNKNOWN


@dataclass(frozen=True)
class ClassGain:
    """The change of a class. `gain` and what follows from it is None below the least number of pairs."""

    members: int
    pairs: int
    without_pre: int
    without_post: int
    before_at_standard: int
    after_at_standard: int
    passed: int
    ceiling: float
    alone_mean: float
    paired_mean: float
    places: Places
    gain: prepost.Gain | None = None
    equated: prepost.Gain | None = None
    change: Estimate | None = None
    hake: float = UNDEFINED
    normalised: float = UNDEFINED
    chance_rise: float = UNDEFINED
    reliable: prepost.ReliableChange | None = None

    @property
    def provisional(self) -> bool:
        """Enough pairs to show a mean, too few to rest upon it."""
        return COUNTS_ONLY <= self.pairs < PROVISIONAL

    @property
    def at_ceiling(self) -> bool:
        """So many stand at the top that a gain is no longer to be trusted."""
        return self.ceiling > CEILING

    @property
    def many_unpaired(self) -> bool:
        """So many have no test before that the pairs may not stand for the class."""
        return self.without_pre > UNPAIRED * (self.pairs + self.without_pre)

    @property
    def pass_bounds(self) -> tuple[float, float]:
        """The share that passes, in percent, if all who have not sat fail, and if all pass."""
        if not self.members:
            return NOTHING
        return 100 * self.passed / self.members, 100 * (self.passed + self.without_post) / self.members


def class_gain(sat: Sequence[Sat], limit: int, reliability: float, line: equate.Line | None) -> ClassGain:
    """What a class gained from its first test before to its first test after, in points of 100."""
    pairs = [(one.pre, one.post) for one in sat if one.pre is not None and one.post is not None]
    alone = [one.post for one in sat if one.pre is None and one.post is not None]
    pre, post = (np.array([pair[n] for pair in pairs], float) for n in (0, 1))
    counted = ClassGain(
        members=len(sat),
        pairs=len(pairs),
        without_pre=len(alone),
        without_post=sum(one.post is None for one in sat),
        before_at_standard=_reaching(pre, limit),
        after_at_standard=_reaching(post, limit),
        passed=_reaching([one.post for one in sat if one.post is not None], limit),
        ceiling=max((prepost.ceiling_share(marks) for marks in (pre, post) if marks.size), default=0.0),
        alone_mean=mean(np.array(alone, float)),
        paired_mean=mean(post),
        places=places_of((one.pre_place, one.post_place) for one in sat if None not in (one.pre, one.post)),
    )
    if len(pairs) < COUNTS_ONLY:
        return counted
    found = prepost.paired_gain(pre, post)
    return replace(
        counted,
        gain=found,
        equated=_equated_gain(sat, line),
        change=smcr(found.gain, found.sd_before, found.r, found.n),
        hake=prepost.hake_class(pre, post),
        normalised=prepost.normalised_change(pre, post),
        chance_rise=prepost.expected_rise(pre, found.r, limit),
        reliable=prepost.reliable_change(pre, post, reliability / 100) if 0 < reliability < 100 else None,
    )


def _reaching(marks: Iterable[float], limit: int) -> int:
    """How many of these marks in percent reach the pass line, by the rule that passes people."""
    return sum(is_enough(float(mark), 100, limit) for mark in marks)


def _equated_gain(sat: Sequence[Sat], line: equate.Line | None) -> prepost.Gain | None:
    """The same gain with every mark on form B moved onto form A; None where a paper is of an earlier version."""
    both = [one for one in sat if one.pre is not None and one.post is not None]
    if line is None or not all(one.pre_form and one.post_form for one in both):
        return None
    moved = [
        (_on_a(one.pre, one.pre_form, line), _on_a(one.post, one.post_form, line))
        for one in both
        if one.pre is not None and one.post is not None
    ]
    return prepost.paired_gain(*(np.array([pair[n] for pair in moved], float) for n in (0, 1)))


def _on_a(mark: float, form: str, line: equate.Line) -> float:
    return float(line(np.array([mark]))[0]) if form == "B" else mark


@dataclass(frozen=True)
class Row:
    """One height of the map: items of this difficulty, and people who have an even chance at them."""

    logit: float
    people: int
    items: tuple[str, ...]


def person_item_map(names: Sequence[str], marks: Floats) -> tuple[Row, ...]:
    """People and items on one scale (Rasch), the hardest on top; empty below 200 papers, or where it is undefined.

    Items that are marked in parts, and those that everybody or nobody has right, have no place on it.
    """
    if len(marks) < MAP_FROM:
        return ()
    whole = [j for j in range(marks.shape[1]) if set(np.unique(marks[:, j])) == {0.0, 1.0}]
    right = marks[:, whole]
    if len(whole) < 2 or np.isnan(difficulty := rasch.difficulties(right)).any():
        return ()
    places = rasch.abilities(difficulty)
    places[0], places[-1] = places[1] - STEP, places[-2] + STEP
    heights = {place: _height(difficulty[n]) for n, place in enumerate(whole)}
    people = [_height(places[int(score)]) for score in right.sum(axis=1)]
    used: Mapping[int, str] = {place: names[place] for place in whole}
    return tuple(
        Row(
            height * STEP,
            people.count(height),
            tuple(sorted(used[place] for place, at in heights.items() if at == height)),
        )
        for height in range(max([*people, *heights.values()]), min([*people, *heights.values()]) - 1, -1)
    )


def _height(logit: float) -> int:
    return round(float(logit) / STEP)
