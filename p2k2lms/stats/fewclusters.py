"""Honest errors where few kabupaten decide: CR1, CR2, the wild bootstrap and randomisation inference."""

from itertools import combinations
from math import comb

import numpy as np

from p2k2lms.stats import regression
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio, sums

ALL_SIGNS = 16  # clusters up to which every sign vector is tried
ALL_ASSIGNMENTS = 200_000
DRAWS = 9_999
SEED = 2026
NOTHING = 1e-12  # of the largest outcome: below it a spread or a difference is rounding
SAME = 1e-9  # figures this close (relative) count as equal: mirror images must not be lost to rounding


def difference(y: Floats, treated: Floats) -> regression.Fit:
    """y on a constant and "treated": the second coefficient is the difference of means."""
    return regression.least_squares(regression.columns(treated), y)


def factor(rows: int, clusters: int) -> float:
    """C/(C-1) x (N-1)/(N-2), the small-sample factor of CR1 used in this report only."""
    return ratio(clusters, clusters - 1) * ratio(rows - 1, rows - 2)


def clustered(fit: regression.Fit, cluster: Ints) -> float:
    """CR1 of the difference with `factor`."""
    return float(regression.cr1(fit, cluster, factor(cluster.size, int(cluster.max()) + 1))[1])


def wild_bootstrap(y: Floats, treated: Floats, cluster: Ints) -> tuple[float, int]:
    """The share of |t| >= |t observed| with the null imposed, and the number of sign vectors (Cameron et al. 2008).

    Residuals of y about its mean get one sign a cluster. Up to 16 clusters every one of the 2^C vectors is tried (no
    seed); above, 9,999 are drawn with a fixed seed.
    """
    count = int(cluster.max()) + 1
    tried = signs(count)
    observed = _t_values(y[:, None], treated, cluster)[0]
    if not np.isfinite(observed):
        return UNDEFINED, tried.shape[0]
    null = y - y.mean()
    reached = 0
    for block in np.array_split(tried, max(1, tried.shape[0] // 1024)):
        found = _t_values(null[:, None] * block.T[cluster], treated, cluster)
        reached += int((np.abs(found) >= abs(observed) * (1 - SAME)).sum())
    return reached / tried.shape[0], tried.shape[0]


def signs(count: int) -> Floats:
    """Every vector of signs up to 16 clusters, above that 9,999 drawn with a fixed seed."""
    if count <= ALL_SIGNS:
        return np.asarray(1 - 2 * ((np.arange(2**count)[:, None] >> np.arange(count)) & 1), dtype=np.float64)
    return np.asarray(np.random.default_rng(SEED).choice([-1.0, 1.0], size=(DRAWS, count)))


def _t_values(outcomes: Floats, treated: Floats, cluster: Ints) -> Floats:
    """CR1 t of the difference for each column of outcomes."""
    count = int(cluster.max()) + 1
    design = regression.columns(treated)
    bread = regression.inverse(design.T @ design)
    beta = bread @ (design.T @ outcomes)
    residuals = outcomes - design @ beta
    pull = (design @ bread[1])[:, None] * residuals
    by_cluster = np.zeros((count, outcomes.shape[1]))
    np.add.at(by_cluster, cluster, pull)
    error = np.sqrt(factor(cluster.size, count) * (by_cluster**2).sum(axis=0))
    nothing = NOTHING * (np.abs(outcomes).max(axis=0) + NOTHING)
    certain = np.where(np.abs(beta[1]) > nothing, np.inf, 0.0)
    return np.asarray(np.where(error > nothing, beta[1] / np.where(error > nothing, error, 1), certain))


def randomisation(y: Floats, treated: Floats, cluster: Ints) -> tuple[float, float, int]:
    """The unweighted difference of cluster means, its p over all ways to choose as many treated clusters, their number.

    Whole clusters must be treated or not: else nan. Above 200,000 ways 9,999 are drawn with a fixed seed.
    """
    count = int(cluster.max()) + 1
    ones = np.ones_like(y)
    means, on = sums(y, cluster, count) / sums(ones, cluster, count), sums(treated, cluster, count)
    whole = (on == 0) | (on == sums(ones, cluster, count))
    chosen = int((on > 0).sum())
    if not whole.all() or chosen in (0, count):
        return UNDEFINED, UNDEFINED, 0
    observed = _difference(means, (on > 0).astype(np.int64)[None, :])[0]
    ways = _assignments(count, chosen)
    reached = np.abs(_difference(means, ways)) >= abs(observed) * (1 - SAME)
    return float(observed), float(reached.mean()), ways.shape[0]


def _assignments(count: int, chosen: int) -> Ints:
    if comb(count, chosen) <= ALL_ASSIGNMENTS:
        places = np.array(list(combinations(range(count), chosen)))
    else:
        draws = np.random.default_rng(SEED)
        places = np.array([draws.permutation(count)[:chosen] for _ in range(DRAWS)])
    ways = np.zeros((places.shape[0], count), dtype=np.int64)
    np.put_along_axis(ways, places, 1, axis=1)
    return ways


def _difference(means: Floats, ways: Ints) -> Floats:
    chosen = ways.sum(axis=1)
    inside = ways @ means
    found: Floats = inside / chosen - (means.sum() - inside) / (means.size - chosen)
    return found
