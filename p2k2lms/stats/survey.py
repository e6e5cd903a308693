"""What a survey says when not everybody answered: weights, bounds and the break-even of the silent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats import regression
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, deviation, ratio, root

ROUNDS = 2000
PROJECTIONS = 10  # as often as R's survey takes the margins out of the residuals


@dataclass(frozen=True)
class Raked:
    """A weighted mean and what the weights cost: Kish's design effect and the effective number of answers."""

    mean: float
    se: float
    w_min: float
    w_max: float
    kish_deff: float
    ess: float


@dataclass(frozen=True)
class Double:
    """The mean of everybody asked when a random part of the silent was heard after all, and its error.

    nan where only one of the silent was heard: one answer has no spread.
    """

    mean: float
    se: float


class NotReached(ValueError):
    """Somebody of the frame is in a cell in which nobody answered, or the margins contradict each other."""


def rake(margins: Sequence[Ints], answered: Floats) -> Floats:
    """Weights of those who answered that give back every margin of the frame (iterative proportional fitting).

    Margins are codes 0 .. of everybody in the frame. NotReached where a group of the frame has no answer at all:
    collapse it first (below 20 answers it should be).
    """
    inside = answered == 1
    frame = [np.bincount(m).astype(np.float64) for m in margins]
    who = [m[inside] for m in margins]
    if any(np.bincount(w, minlength=f.size)[f > 0].min() == 0 for w, f in zip(who, frame, strict=True)):
        raise NotReached
    weights = np.full(int(inside.sum()), ratio(inside.size, inside.sum()))
    for _ in range(ROUNDS):
        farthest = 0.0
        for codes, wanted in zip(who, frame, strict=True):
            step = (wanted / np.bincount(codes, weights, minlength=wanted.size))[codes]
            weights = weights * step
            farthest = max(farthest, float(np.abs(step - 1).max()))
        if farthest < 1e-13:
            return weights
    raise NotReached


def trim(weights: Floats, times: float = 5.0) -> Floats:
    """No weight above `times` the median; the sum stays, spread over the others."""
    cap = times * float(np.median(weights))
    cut = np.minimum(weights, cap)
    free = cut < cap
    if not free.any():
        return cut
    return np.where(free, cut * (1 + ratio(float((weights - cut).sum()), float(cut[free].sum()))), cut)


def weighted(values: Floats, weights: Floats, margins: Sequence[Ints]) -> Raked:
    """The raked mean; SE by linearisation with the margins taken out of the residuals, divisor n-1.

    `margins` are the codes of those who answered. The population is not taken as finite.
    """
    total = float(weights.sum())
    average = ratio(float(weights @ values), total)
    part = weights * (values - average) / total
    for _ in range(PROJECTIONS):
        for codes in margins:
            size = np.bincount(codes)
            part = part - weights * (np.bincount(codes, part / weights) / np.where(size == 0, 1, size))[codes]
    n = values.size
    deff = ratio(n * float(weights @ weights), total**2)
    se = root(ratio(n, n - 1) * float(((part - part.mean()) ** 2).sum()))
    return Raked(average, se, float(weights.min()), float(weights.max()), deff, ratio(n, deff))


def propensity(margins: Sequence[Ints], answered: Floats) -> Floats:
    """Everybody's chance of answering by a logit on the margins (first group of each as the reference).

    nan where some group answered whole or not at all; 1 for everybody where nobody is silent.
    """
    if answered.all():
        return np.ones(answered.size)
    table = [(m[:, None] == np.arange(1, int(m.max()) + 1)).astype(np.float64) for m in margins]
    design = regression.columns(*table)
    return regression.chances(design, regression.logit(design, answered))


def hajek(values: Floats, chance: Floats) -> float:
    """The mean with weights 1 / chance of those who answered, normed by their sum."""
    return ratio(float((values / chance).sum()), float((1 / chance).sum()))


def r_indicator(chance: Floats) -> float:
    """1 - 2 SD of the chances of answering (Schouten 2009): 1 is an even response."""
    return 1 - 2 * deviation(chance)


def bounds(values: Floats, frame: int, low: float = 0.0, high: float = 100.0) -> tuple[float, float]:
    """Manski's bounds: the mean of all, were the silent all at `low`, or all at `high`; no assumption about them."""
    if values.size == 0 or frame < values.size:
        return (low, high) if frame else (UNDEFINED, UNDEFINED)
    silent = frame - values.size
    said = float(values.sum())
    return (said + low * silent) / frame, (said + high * silent) / frame


def break_even(average: float, answers: int, frame: int, threshold: float) -> float:
    """Below this mean of the silent, the true mean of all is below the threshold; nan where nobody is silent."""
    return ratio(threshold * frame - average * answers, frame - answers)


def double_sample(first: Floats, second: Floats, frame: int) -> Double:
    """Hansen and Hurwitz (1946): the first answers, and those of a random part of the silent in the place of them all.

    The frame is asked whole, so that the part of the silent is the only draw: Var = W2^2 (1 - m / n2) s2^2 / m with
    n2 silent, W2 their share, and m of them heard. Nobody of the silent heard is nan.
    """
    silent, heard = frame - first.size, second.size
    if silent == 0:
        return Double(float(first.mean()), 0.0)
    if heard == 0:
        return Double(UNDEFINED, UNDEFINED)
    share = silent / frame
    mean = (1 - share) * (float(first.mean()) if first.size else 0.0) + share * float(second.mean())
    left = max(0.0, 1 - heard / silent)
    if left == 0:
        return Double(mean, 0.0)
    return Double(mean, share * root(left * deviation(second) ** 2 / heard))
