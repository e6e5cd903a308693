"""What stands out: months beyond the usual of their own past, and places beyond chance and ordinary variety."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.plugins.indicators.values import Counts
from p2k2lms.stats import funnel, pchart
from p2k2lms.stats.distributions import normal_quantile

FEWEST_MONTHS, FEWEST_PLACES, BASELINE = 6, 5, pchart.BASELINE
XMR = 2.66  # three sigma from the mean moving range of single values (Shewhart): 3 / 1.128
RINGS = 24

Pair = tuple[float, float]


@dataclass(frozen=True)
class Usual:
    """The usual of a series: its centre, the range of each month, the doubt of each month, and who lies outside."""

    center: float | None
    ranges: tuple[Pair | None, ...]
    doubts: tuple[Pair | None, ...]
    outside: frozenset[int]


def months(counts: Sequence[Counts], scale: float, *, share: bool, signed: bool = False) -> Usual:
    """The usual of these months: Laney's p'-chart for a share, single values with moving ranges for anything else.

    Fewer than six months have no usual yet. Limits come from the first twelve, so that a change cannot hide itself.
    They stay where the measure can be: a share ends at 1, and only what is `signed` goes below 0.
    """
    doubts = tuple(_wilson(one, scale) if share else None for one in counts)
    if len(counts) < FEWEST_MONTHS:
        return Usual(None, (None,) * len(counts), doubts, frozenset())
    center, reach = _of_shares(counts) if share else _of_values(counts)
    if not np.isfinite(center) or not np.isfinite(reach).all():
        return Usual(None, (None,) * len(counts), doubts, frozenset())
    least, most = -np.inf if signed else 0, 1 if share else np.inf
    low, high = (np.clip(center + sign * reach, least, most) for sign in (-1, 1))
    values = np.array([one.numerator / one.denominator for one in counts])
    outside = np.flatnonzero((values < low - 1e-12) | (values > high + 1e-12))
    ranges = tuple((float(a) * scale, float(b) * scale) for a, b in zip(low, high, strict=True))
    return Usual(float(center) * scale, ranges, doubts, frozenset(int(n) for n in outside))


def _of_shares(counts: Sequence[Counts]) -> tuple[float, np.ndarray]:
    met, due = _columns(counts)
    chart = pchart.chart(met, due)
    spread = np.sqrt(max(0.0, chart.center * (1 - chart.center)) / due)
    sigma = chart.sigma_z if np.isfinite(chart.sigma_z) else 1.0
    return chart.center, pchart.REACH * max(sigma, 1e-9) * spread


def _of_values(counts: Sequence[Counts]) -> tuple[float, np.ndarray]:
    values = np.array([one.numerator / one.denominator for one in counts])
    first = values[: pchart.BASELINE]
    moves = np.abs(np.diff(first))
    return float(first.mean()), np.full(values.size, XMR * float(moves.mean()))


def _wilson(one: Counts, scale: float) -> Pair:
    low, high = funnel.wilson(one.numerator, one.denominator)
    return low * scale, high * scale


def _columns(counts: Sequence[Counts]) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([one.numerator for one in counts], dtype=np.int64),
        np.array([one.denominator for one in counts], dtype=np.int64),
    )


@dataclass(frozen=True)
class Spread:
    """Places around their common share: the limits at several sizes, and who lies outside, below or above."""

    center: float
    rings: tuple[tuple[int, Pair, Pair], ...]
    low: frozenset[int]
    high: frozenset[int]


def places(counts: Sequence[Counts]) -> Spread | None:
    """The funnel of these places, widened by how much places ordinarily differ; None for too few of them."""
    met, due = _columns(counts)
    if (due > 0).sum() < FEWEST_PLACES:
        return None
    fitted = funnel.fit(met, due)
    if not 0 < fitted.theta < 1:
        return None
    tau2 = fitted.tau2 if np.isfinite(fitted.tau2) else 0.0
    fitted = funnel.Funnel(fitted.theta, fitted.phi, tau2)
    out = funnel.flagged(met, due, fitted, adjusted=True)
    below = frozenset(int(n) for n in out if met[n] / due[n] < fitted.theta)
    sizes = np.unique(np.geomspace(max(1, due[due > 0].min() * 0.6), due.max() * 1.05, RINGS).astype(int))
    rings = tuple((int(n), _limits(int(n), fitted, funnel.OUTER), _limits(int(n), fitted, funnel.INNER)) for n in sizes)
    return Spread(fitted.theta * 100, rings, below, frozenset(int(n) for n in out) - below)


def _limits(due: int, fitted: funnel.Funnel, level: float) -> Pair:
    reach = normal_quantile(0.5 + level / 2) * (fitted.theta * (1 - fitted.theta) / due + fitted.tau2) ** 0.5
    return max(0.0, fitted.theta - reach) * 100, min(1.0, fitted.theta + reach) * 100
