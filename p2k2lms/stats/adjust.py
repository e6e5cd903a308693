"""Two groups that were not formed by lot, made comparable by what is known about them: an association, adjusted."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats import regression
from p2k2lms.stats.arithmetic import Floats, Ints, deviation, mean, ratio, root, sums, variance

CALIPER_SDS = 0.2


@dataclass(frozen=True)
class Matches:
    """Pairs of a trained person and the comparison person nearest in propensity."""

    caliper: float
    pairs: list[tuple[int, int]]
    att: float


def propensity(table: Floats, treated: Floats) -> tuple[Floats, Floats]:
    """The logit of being treated on the columns of `table`, no interactions: coefficients (constant first), chances."""
    design = regression.columns(table)
    beta = regression.logit(design, treated)
    return beta, regression.chances(design, beta)


def ate_weights(treated: Floats, chance: Floats) -> Floats:
    """1/e for the treated, 1/(1-e) for the others: both groups then look like all."""
    return np.where(treated == 1, 1 / chance, 1 / (1 - chance))


def att_weights(treated: Floats, chance: Floats) -> Floats:
    """1 for the treated, e/(1-e) for the others: the others then look like the treated."""
    return np.where(treated == 1, 1.0, chance / (1 - chance))


def weighted_difference(y: Floats, treated: Floats, weights: Floats) -> float:
    """The difference of the weighted means, weights normed within each group (Hajek)."""
    means = [ratio(float(weights[on] @ y[on]), float(weights[on].sum())) for on in (treated == 1, treated == 0)]
    return means[0] - means[1]


def standardised_difference(column: Floats, treated: Floats, weights: Floats) -> float:
    """The difference of weighted means over the root of the mean of the two unweighted variances; limit 0.10."""
    pooled = (variance(column[treated == 1]) + variance(column[treated == 0])) / 2
    return ratio(weighted_difference(column, treated, weights), root(pooled))


def effective_size(weights: Floats) -> float:
    """Kish: how many equally weighted people would say as much, (sum w)^2 / sum w^2."""
    return ratio(float(weights.sum()) ** 2, float(weights @ weights))


def outcome_regression(y: Floats, treated: Floats, table: Floats) -> float:
    """The coefficient of "treated" beside the columns of `table`, one slope for both groups."""
    return float(regression.least_squares(regression.columns(treated, table), y).beta[1])


def doubly_robust(y: Floats, treated: Floats, table: Floats, chance: Floats) -> Floats:
    """The AIPW scores psi, one a person; their mean is the effect on all.

    psi = m1 - m0 + T (y - m1)/e - (1-T) (y - m0)/(1-e), with a linear regression in each group (Robins 1994).
    """
    design = regression.columns(table)
    fitted = [design @ regression.least_squares(design[on], y[on]).beta for on in (treated == 1, treated == 0)]
    own = treated * (y - fitted[0]) / chance
    other = (1 - treated) * (y - fitted[1]) / (1 - chance)
    return np.asarray(fitted[0] - fitted[1] + own - other)


def score_error(scores: Floats) -> float:
    """SD of the scores / sqrt(n)."""
    return ratio(deviation(scores), root(scores.size))


def score_error_clustered(scores: Floats, cluster: Ints) -> float:
    """sqrt(C/(C-1) sum of squared cluster sums of (score - mean)) / n."""
    count = int(cluster.max()) + 1
    found = sums(scores - mean(scores), cluster, count)
    return ratio(root(ratio(count, count - 1) * float(found @ found)), scores.size)


def greedy_match(y: Floats, treated: Floats, chance: Floats) -> Matches:
    """Treated people from the highest propensity down take the nearest free other within 0.2 SD; none serves twice.

    Ties go to the earlier row. `att` is the mean difference of the pairs.
    """
    caliper = CALIPER_SDS * deviation(chance)
    own = np.flatnonzero(treated == 1)
    free = np.flatnonzero(treated == 0)
    pairs = []
    for person in own[np.argsort(-chance[own], kind="stable")]:
        if not free.size:
            break
        away = np.abs(chance[free] - chance[person])
        nearest = int(away.argmin())
        if away[nearest] <= caliper:
            pairs.append((int(person), int(free[nearest])))
            free = np.delete(free, nearest)
    gaps = np.array([y[a] - y[b] for a, b in pairs])
    return Matches(caliper, pairs, mean(gaps))
