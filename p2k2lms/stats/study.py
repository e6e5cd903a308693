"""The whole study of one outcome from its cube: the effect, its line, its doubts, and the numbers that mislead."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from p2k2lms.stats import cube as cubes
from p2k2lms.stats import did, panel_checks
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, ratio, shares
from p2k2lms.stats.cube import NEVER, Cube
from p2k2lms.stats.distributions import t_quantile

BEFORE = 6
"""Months before the base month that the line and the largest jump look at."""
STEPS = (0.0, 0.5, 1.0, 2.0)
MOVED = 6
LOOKED_AT = 10
FEW_CLUSTERS, VERY_FEW_CLUSTERS = 40, 20


@dataclass(frozen=True)
class Design:
    """What was laid down beforehand: months before training that may already count, months after, people in a cell.

    What takes long to show is looked at only from `lag` months after training on, for as many months again.
    """

    anticipation: int = 2
    reach: int = 12
    least: int = 5
    lag: int = 0

    @property
    def base(self) -> int:
        """The month of comparison, in months since training."""
        return -1 - self.anticipation


@dataclass(frozen=True)
class Range:
    """An estimate with its error and 95% interval, t with C-1 degrees."""

    est: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Point:
    """The effect so many months since training, within a band that holds all of the line at once."""

    since: int
    est: float
    low: float
    high: float
    cohorts: int


@dataclass(frozen=True)
class Drift:
    """How much hidden drift the effect stands, as multiples of the largest jump from month to month before training."""

    jump: float
    months: float
    bounds: tuple[tuple[float, float, float], ...]
    breaks_at: float


@dataclass(frozen=True)
class Checks:
    """Reports that were checked, by cluster, month and arm: how many, how many said to meet, how many that met.

    The arms are those never trained in the window, those trained in it before they were, and after.
    """

    count: Floats
    said: Floats
    met: Floats


@dataclass(frozen=True)
class Misleading:
    """Figures that look like an answer and are none: alumni less untrained, after less before, two-way effects."""

    alumni_less_untrained: float
    after_less_before: float
    two_way: float


def interval(effect: did.Effect) -> Range:
    """The effect with its 95% interval over clusters."""
    error = effect.error()
    reach = t_quantile(0.975, effect.influence.size - 1) * error
    return Range(effect.att, error, effect.att - reach, effect.att + reach)


def cells_of(cube: Cube, design: Design) -> list[did.Cell]:
    """The effects of cohorts and months that the average takes in: from training on, as far as the design reaches."""
    found = did.group_times(cube, "notyet", design.anticipation, least=design.least)
    return [cell for cell in found if design.lag <= cell.since < design.lag + design.reach]


def overall(cube: Cube, design: Design) -> did.Effect:
    """The average effect over these cells, by cohort size; nan where nobody can be compared."""
    return did.average(cube, cells_of(cube, design))


def within(parts: Sequence[Cube], design: Design) -> did.Effect:
    """The average effect inside each stratum, weighed by its trained people: who compares is of the same kind.

    The parts have the same clusters; the influence has the term for estimating the weights. One part is `overall`.
    """
    if len(parts) == 1:
        return overall(parts[0], design)
    found = [(part, effect) for part in parts if isfinite((effect := overall(part, design)).att)]
    return _weighed([effect for _part, effect in found], [_trained(part) for part, _effect in found])


def _trained(cube: Cube) -> Floats:
    """The people of the trained cohorts in each cluster."""
    people: Floats = cube.people[:, cube.treated, :].sum(axis=(1, 2)) / cube.months.size
    return people


def _weighed(effects: Sequence[did.Effect], people: Sequence[Floats]) -> did.Effect:
    if not effects:
        return did.Effect(UNDEFINED, np.zeros(0), 1.0)
    everyone = sum(float(part.sum()) for part in people)
    att = sum(float(part.sum()) * one.att for part, one in zip(people, effects, strict=True)) / everyone
    influence = np.zeros(people[0].size)
    for part, one in zip(people, effects, strict=True):
        influence += float(part.sum()) / everyone * one.influence / one.people + part * (one.att - att) / everyone
    return did.Effect(att, influence, 1.0)


def line(parts: Sequence[Cube], design: Design) -> list[Point]:
    """The effect by months since training against one base month, with a uniform band; the base itself is 0."""
    first, lines = design.base - BEFORE + 1, [_events(part, design) for part in parts]
    kept = sorted({e for one in lines for e in one if first <= e < design.reach and e != design.base})
    found: dict[int, tuple[did.Effect, int]] = {}
    for e in kept:
        here = [(part, one[e]) for part, one in zip(parts, lines, strict=True) if e in one]
        effect = _weighed([x for _part, (x, _n) in here], [_trained(part) for part, _one in here])
        found[e] = here[0][1] if len(parts) == 1 else (effect, max(n for _part, (_x, n) in here))
    reach = did.uniform_reach([effect for effect, _n in found.values()])
    points = [Point(e, x.att, x.att - reach * x.error(), x.att + reach * x.error(), n) for e, (x, n) in found.items()]
    return sorted([*points, Point(design.base, 0.0, 0.0, 0.0, 0)] if points else [], key=lambda point: point.since)


def _events(cube: Cube, design: Design) -> dict[int, tuple[did.Effect, int]]:
    cells = did.group_times(cube, "notyet", design.anticipation, one_base=True, least=design.least)
    return did.event(cube, cells)


def jump_of(points: Sequence[Point], design: Design) -> float:
    """The largest change from one month to the next up to the base month; nan where fewer than two are known."""
    before = {point.since: point.est for point in points if point.since <= design.base}
    steps = [abs(before[b] - before[a]) for a, b in pairwise(sorted(before)) if b - a == 1]
    return max(steps, default=UNDEFINED)


def drift(cube: Cube, design: Design, effect: did.Effect, points: Sequence[Point]) -> Drift:
    """Bounds on the average effect if the groups drift apart by `times` the largest jump in every month since the base.

    Relative magnitudes (Rambachan and Roth 2023): the drift adds up from month to month, so an effect `e` months
    after training may hold (e + 1 + anticipation) jumps; `months` is the mean of that over the cells of the average.
    """
    jump, cells = jump_of(points, design), cells_of(cube, design)
    weights = [float(cube.sizes[cell.place]) for cell in cells]
    since = [cell.since - design.base for cell in cells]
    months = ratio(sum(w * s for w, s in zip(weights, since, strict=True)), sum(weights))
    plain = interval(effect)
    bounds = tuple((m, plain.low - m * jump * months, plain.high + m * jump * months) for m in STEPS)
    nearest = max(plain.low, -plain.high, 0.0)
    return Drift(jump, months, bounds, ratio(nearest, jump * months))


def reporting(checks: Checks) -> did.Effect:
    """By how many points training changes what reports overstate, with its influence by cluster.

    The trained against themselves before, each month less what the never trained overstated in that month; months in
    which none of those was checked are left out. Where nobody stays untrained nothing is taken off.
    """
    there = checks.count[:, :, 0].sum(axis=0) > 0
    there |= not there.any()
    count, over = (part[:, there, :] for part in (checks.count, 100 * (checks.said - checks.met)))
    usual = np.nan_to_num(shares(over[:, :, 0].sum(axis=0), count[:, :, 0].sum(axis=0)))
    gap, influence, weights = 0.0, np.zeros(count.shape[0]), np.zeros(usual.size)
    for arm, sign in ((1, -1), (2, 1)):
        people = float(count[:, :, arm].sum())
        beyond = over[:, :, arm] - count[:, :, arm] * usual
        mean = ratio(float(beyond.sum()), people)
        gap += sign * mean
        influence += sign * (beyond.sum(axis=1) - count[:, :, arm].sum(axis=1) * mean) / (people or 1)
        weights += sign * count[:, :, arm].sum(axis=0) / (people or 1)
    surprise = (over[:, :, 0] - count[:, :, 0] * usual) / np.maximum(count[:, :, 0].sum(axis=0), 1)
    return did.Effect(gap, influence - surprise @ weights, 1.0)


def corrected(effect: did.Effect, gap: did.Effect) -> did.Effect:
    """The effect less what reporting alone explains; the doubt about both goes into its error."""
    return did.Effect(effect.att - gap.att, effect.influence / effect.people - gap.influence, 1.0)


def moved(cube: Cube, design: Design) -> Range:
    """The effect at a made-up date, six months too early, from the months before training alone: it should be none."""
    return interval(overall(cubes.earlier(cube, MOVED, design.anticipation), design))


def without_one(parts: Sequence[Cube], design: Design, effect: did.Effect) -> tuple[float, float]:
    """The lowest and the highest effect when one cluster is left out: the ten that weigh most are really left out."""
    order = np.argsort(-np.abs(effect.influence))[:LOOKED_AT]
    found = [within([cubes.without(part, int(place)) for part in parts], design).att for place in order]
    return min(found, default=UNDEFINED), max(found, default=UNDEFINED)


def chance(effect: did.Effect, draws: int = 9_999, seed: int = 2026) -> float:
    """For few clusters: the p of the effect by Webb's six weights on the influence of each cluster."""
    reached = np.sqrt(np.array([0.5, 1.0, 1.5]))
    weights = np.random.default_rng(seed).choice(
        np.concatenate([-reached, reached]), size=(draws, effect.influence.size)
    )
    drawn = np.abs(weights @ effect.influence) / effect.people
    return float((drawn >= abs(effect.att)).mean())


def misleading(cube: Cube) -> Misleading:
    """Alumni against the untrained in the same months, the trained after against before, and two-way fixed effects."""
    on = (cube.cohorts != NEVER)[:, None] & (cube.months[None, :] >= cube.cohorts[:, None])
    ever = np.broadcast_to((cube.cohorts != NEVER)[:, None], on.shape)
    people, total = cube.people.sum(axis=0), cube.total.sum(axis=0)
    alumni = _share(people, total, on)
    return Misleading(
        alumni - _share(people, total, ~on),
        alumni - _share(people, total, ever & ~on),
        panel_checks.two_way_effect(cube),
    )


def _share(people: Floats, total: Floats, kept: np.ndarray) -> float:
    return ratio(float(total[kept].sum()), float(people[kept].sum()))
