"""Standardised differences of two measurements on the same people, each with its interval."""

import math
from dataclasses import dataclass

from scipy import special

from p2k2lms.stats.arithmetic import UNDEFINED, ratio, root
from p2k2lms.stats.distributions import noncentrality, normal_quantile

NORMAL95 = normal_quantile(0.975)


@dataclass(frozen=True)
class Estimate:
    """A figure, its variance and its 95 % interval."""

    est: float
    var: float
    lo: float
    hi: float


def small_sample_factor(degrees: int) -> float:
    """Hedges' J in its exact gamma form; the usual 1 - 3/(4 df - 1) differs in the fifth digit."""
    if degrees < 2:
        return UNDEFINED
    half = degrees / 2
    return math.exp(special.gammaln(half) - special.gammaln(half - 0.5)) / math.sqrt(half)


def noncentrality_interval(t: float, degrees: int, level: float = 0.95) -> tuple[float, float]:
    """The two noncentralities under which the observed t stands at the outer tails (Steiger and Fouladi 1997)."""
    if not math.isfinite(t) or degrees < 1:
        return UNDEFINED, UNDEFINED
    tail = (1 - level) / 2
    return noncentrality(t, degrees, 1 - tail), noncentrality(t, degrees, tail)


def smcr(gain: float, sd_before: float, r: float, people: int) -> Estimate:
    """Standardised mean change on the spread before: J gain / SD_pre, variance 2(1-r)/n + g^2/(2n) (Becker 1988)."""
    est = small_sample_factor(people - 1) * ratio(gain, sd_before)
    var = ratio(2 * (1 - r), people) + ratio(est**2, 2 * people)
    half = NORMAL95 * root(var)
    return Estimate(est, var, est - half, est + half)


def average_spread(sd_before: float, sd_after: float) -> float:
    """The root of the mean of both variances: the unit of d_av."""
    return root((sd_before**2 + sd_after**2) / 2)


def dav_interval(t: float, people: int, sds: tuple[float, float], sd_gain: float) -> tuple[float, float]:
    """The interval of d_av by Algina and Keselman 2003: that of the noncentrality, x SD_gain / (SD_av sqrt(n))."""
    low, high = noncentrality_interval(t, people - 1)
    unit = ratio(sd_gain, average_spread(*sds) * math.sqrt(people)) if people else UNDEFINED
    return low * unit, high * unit
