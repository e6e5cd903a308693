"""Sums, spreads and groupings that say nan where a figure is undefined, instead of warning or failing."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Labels = NDArray[Any]
UNDEFINED = float("nan")


def ratio(top: float, bottom: float) -> float:
    """top / bottom; nan if the bottom is 0 or either is undefined."""
    return float(top / bottom) if bottom and math.isfinite(bottom) and math.isfinite(top) else UNDEFINED


def root(square: float) -> float:
    """The square root; nan of a negative or undefined number."""
    return math.sqrt(square) if square >= 0 else UNDEFINED


def mean(values: Floats) -> float:
    """The mean; nan of nothing."""
    return float(values.mean()) if values.size else UNDEFINED


def variance(values: Floats) -> float:
    """The sample variance, divisor n-1; nan for fewer than two; exactly 0 where all values are equal."""
    if values.size < 2:
        return UNDEFINED
    return 0.0 if float(np.ptp(values)) == 0 else float(values.var(ddof=1))


def deviation(values: Floats) -> float:
    """The sample standard deviation, divisor n-1."""
    return root(variance(values))


def covariance(left: Floats, right: Floats) -> float:
    """The sample covariance, divisor n-1; nan for fewer than two."""
    if left.size < 2:
        return UNDEFINED
    return float(((left - left.mean()) * (right - right.mean())).sum() / (left.size - 1))


def correlation(left: Floats, right: Floats) -> float:
    """Pearson's r; nan where a side does not vary."""
    return ratio(covariance(left, right), root(variance(left)) * root(variance(right)))


def codes(labels: Labels) -> tuple[Labels, Ints]:
    """The different labels in order, and for every row which of them it bears."""
    names, index = np.unique(labels, return_inverse=True)
    return names, index.reshape(-1).astype(np.int64)


def sums(values: Floats, groups: Ints, count: int) -> Floats:
    """The sum of the values in each of `count` groups; 0 in an empty group."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64)


def shares(values: Floats, total: Floats) -> Floats:
    """values / total, element by element; nan where the total is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total != 0, values / np.where(total == 0, 1, total), np.nan)
