"""What a test before and a test after say about learning: gain, standards, real change and its traps."""

import math
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, correlation, deviation, mean, ratio, root
from p2k2lms.stats.distributions import (
    normal_below,
    normal_density,
    ranks,
    sign_test,
    t_quantile,
    t_two_sided,
)

FULL = 100.0  # scores are percent of the marks that could be had
HAIR = 1e-9
REAL = 1.96  # times S_diff, as Jacobson and Truax wrote it


@dataclass(frozen=True)
class Gain:
    """The paired change in points; t interval with n-1 degrees."""

    n: int
    before: float
    after: float
    gain: float
    low: float
    high: float
    t: float
    p: float
    r: float
    sd_before: float
    sd_after: float
    sd_gain: float


@dataclass(frozen=True)
class ReliableChange:
    """Who moved further than the error of measurement explains (Jacobson and Truax 1991)."""

    reliability_assumed: float
    sem: float
    sdiff: float
    threshold_points: float
    n_reliable_up: int
    n_reliable_down: int
    n_no_reliable_change: int


@dataclass(frozen=True)
class Crossing:
    """Who crossed the cut score between the tests; exact two-sided sign test (McNemar)."""

    gained: int
    lost: int
    exact_p: float


def paired_gain(pre: Floats, post: Floats) -> Gain:
    """The mean change of the pairs; t, p and r are nan where nothing varies."""
    change = post - pre
    n, sd = change.size, deviation(change)
    error = ratio(sd, math.sqrt(n)) if n else UNDEFINED
    t = ratio(mean(change), error)
    half = t_quantile(0.975, n - 1) * error
    return Gain(
        n=n,
        before=mean(pre),
        after=mean(post),
        gain=mean(change),
        low=mean(change) - half,
        high=mean(change) + half,
        t=t,
        p=t_two_sided(t, n - 1),
        r=correlation(pre, post),
        sd_before=deviation(pre),
        sd_after=deviation(post),
        sd_gain=sd,
    )


def hake_class(pre: Floats, post: Floats) -> float:
    """Hake's class gain: mean gain / what was left to gain. For experts only: never rank classes by it."""
    return ratio(mean(post) - mean(pre), FULL - mean(pre))


def hake_individual(pre: Floats, post: Floats) -> float:
    """The mean of everybody's own Hake gain; who began at 100 has none and is left out."""
    open_ = pre < FULL
    return mean((post[open_] - pre[open_]) / (FULL - pre[open_]))


def normalised_change(pre: Floats, post: Floats) -> float:
    """Marx and Cummings 2007: a rise over what was left, a fall over what was there, else 0.

    Who stays at 0 or at 100 could not show change and is left out.
    """
    stuck = (pre == post) & ((pre == FULL) | (pre == 0))
    before, after = pre[~stuck], post[~stuck]
    room = np.where(after > before, FULL - before, np.where(after < before, before, 1.0))
    return mean((after - before) / room)


def reliable_change(pre: Floats, post: Floats, reliability: float) -> ReliableChange:
    """SEM = SD_pre sqrt(1 - reliability), S_diff = sqrt(2) SEM, threshold 1.96 S_diff; reliability must be below 1."""
    sem = deviation(pre) * root(1 - reliability)
    sdiff = math.sqrt(2) * sem
    threshold = REAL * sdiff
    change = post - pre
    up, down = int((change > threshold).sum()), int((change < -threshold).sum())
    return ReliableChange(reliability, sem, sdiff, threshold, up, down, change.size - up - down)


def crossing(pre: Floats, post: Floats, cut: float) -> Crossing:
    """Movement over the cut score; at the cut, to the ninth digit, is passed."""
    before, after = pre >= cut - HAIR, post >= cut - HAIR
    gained, lost = int((~before & after).sum()), int((before & ~after).sum())
    return Crossing(gained, lost, sign_test(gained, gained + lost))


def expected_rise(pre: Floats, r: float, cutoff: float) -> float:
    """What people chosen for a score below the cutoff rise with no training: (1-r) SD phi(z) / Phi(z).

    z = (cutoff - mean) / SD of the scores before; for a normal shape (regression to the mean).
    """
    spread = deviation(pre)
    z = ratio(cutoff - mean(pre), spread)
    return (1 - r) * spread * ratio(normal_density(z), normal_below(z))


def rank_biserial(pre: Floats, post: Floats) -> float:
    """Matched pairs: (sum of rising ranks - falling ranks) / all ranks of the moved; nan if nobody moved.

    Changes are ranked as they are, unrounded: percentages that should tie may part in their last digit (13/20 x 100 is
    a hair from 65), as in the reference. Give whole marks to have true ties.
    """
    change = post - pre
    moved = change[change != 0]
    rank = ranks(np.abs(moved))
    return ratio(float((rank * np.sign(moved)).sum()), float(rank.sum()))


def ceiling_share(scores: Floats, top: float = 95.0) -> float:
    """The share of people at or above `top` percent; above .15 a gain is no longer to be trusted."""
    return mean((scores >= top).astype(np.float64))
