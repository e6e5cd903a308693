"""Which places differ from the rest by more than chance and ordinary variety: funnels, not league tables."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import Floats, Ints, ratio, shares
from p2k2lms.stats.distributions import binomial_below, binomial_quantile, normal_quantile

INNER, OUTER = 0.95, 0.998
WINSORISED = 0.10


@dataclass(frozen=True)
class Funnel:
    """The common share, and how much places vary around it beyond the binomial."""

    theta: float
    phi: float
    tau2: float


def fit(met: Ints, due: Ints) -> Funnel:
    """theta = sum met / sum due; phi = mean squared z, the outer 10 % drawn in (winsorised); tau2 additive.

    tau2 = (I phi - (I-1)) / (sum w - sum w^2 / sum w), w = 1/s^2, never below 0 (Spiegelhalter 2005).
    Places without duty are left out; nan where there is none, or where all or nothing was met.
    """
    held = due > 0
    theta = ratio(float(met[held].sum()), float(due[held].sum()))
    z = standardised(met[held], due[held], theta)
    if z.size < 2 or not np.isfinite(z).all():
        return Funnel(theta, float("nan"), float("nan"))
    drawn = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    phi = float((drawn**2).mean())
    weights = due[held] / (theta * (1 - theta))
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    return Funnel(theta, phi, max(0.0, ratio(z.size * phi - (z.size - 1), room)))


def standardised(met: Ints, due: Ints, theta: float) -> Floats:
    """(share - theta) / sqrt(theta (1 - theta) / due); nan without duty."""
    return shares(met / np.where(due == 0, 1, due) - theta, np.sqrt(theta * (1 - theta) / np.where(due == 0, 1, due)))


def flagged(met: Ints, due: Ints, funnel: Funnel, adjusted: bool) -> Ints:
    """Rows outside the 99.8 % funnel; `adjusted` adds tau2 to the variance, else places count as equal."""
    reach = normal_quantile(0.5 + OUTER / 2)
    safe = np.where(due == 0, 1, due)
    spread = np.sqrt(funnel.theta * (1 - funnel.theta) / safe + (funnel.tau2 if adjusted else 0.0))
    away = np.abs(met / safe - funnel.theta)
    return np.flatnonzero((due > 0) & (away > reach * spread))


def limits(due: int, theta: float, level: float) -> tuple[float, float]:
    """Exact binomial limits around theta for this many duties, interpolated between counts (Spiegelhalter 2005)."""
    tail = (1 - level) / 2
    return _limit(due, theta, tail), _limit(due, theta, 1 - tail)


def _limit(due: int, theta: float, below: float) -> float:
    if due < 1 or not 0 < theta < 1:
        return float("nan")
    count = binomial_quantile(below, due, theta)
    reached = binomial_below(count, due, theta)
    step = reached - binomial_below(count - 1, due, theta)
    return (count - (reached - below) / step) / due


def wilson(met: int, due: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of one share (1927); nan without duty."""
    z = normal_quantile(0.5 + level / 2)
    share, square = ratio(met, due), ratio(z**2, due)
    half = z * np.sqrt(ratio(share * (1 - share), due) + ratio(square, 4 * due))
    return float((share + square / 2 - half) / (1 + square)), float((share + square / 2 + half) / (1 + square))
