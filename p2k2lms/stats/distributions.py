"""The few distributions the engine needs, from scipy.special: loading scipy.stats would cost each start two seconds."""

import math

import numpy as np
from scipy import special

from p2k2lms.stats.arithmetic import UNDEFINED, Floats


def normal_quantile(share: float) -> float:
    """The z below which this share of a standard normal lies."""
    return float(special.ndtri(share))


def normal_below(z: float) -> float:
    """Phi(z)."""
    return float(special.ndtr(z))


def normal_density(z: float) -> float:
    """phi(z)."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def t_quantile(share: float, degrees: float) -> float:
    """The t below which this share lies."""
    return float(special.stdtrit(degrees, share)) if degrees > 0 else UNDEFINED


def t_two_sided(t: float, degrees: float) -> float:
    """The chance of a |t| as large as this or larger."""
    return 2 * float(special.stdtr(degrees, -abs(t))) if degrees > 0 else UNDEFINED


def f_quantile(share: float, upper: int, lower: int) -> float:
    """The F below which this share lies, with these degrees above and below the line."""
    return float(special.fdtri(upper, lower, share))


def chi_square_beyond(square: float, degrees: int) -> float:
    """The chance of a chi-square as large as this or larger."""
    return float(special.chdtrc(degrees, square))


def binomial_below(count: int, trials: int, chance: float) -> float:
    """The chance of `count` or fewer; 0 for a negative count."""
    return float(special.bdtr(count, trials, chance)) if count >= 0 else 0.0


def binomial_quantile(share: float, trials: int, chance: float) -> int:
    """The smallest count whose chance of itself or fewer reaches this share."""
    count = max(0, math.floor(trials * chance) - 1)
    while count > 0 and binomial_below(count - 1, trials, chance) >= share:
        count -= 1
    while count < trials and binomial_below(count, trials, chance) < share:
        count += 1
    return count


def sign_test(up: int, moved: int) -> float:
    """The exact two-sided p that as many rise as fall; 1 where nobody moved."""
    return min(1.0, 2 * binomial_below(min(up, moved - up), moved, 0.5)) if moved else 1.0


def noncentrality(t: float, degrees: float, below: float) -> float:
    """The noncentrality under which this share of t lies below the observed one; by bisection, to 1e-13."""
    low, high = t - 10 - abs(t), t + 10 + abs(t)
    for _ in range(120):
        middle = (low + high) / 2
        if float(special.nctdtr(degrees, middle, t)) > below:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place.reshape(-1)], dtype=np.float64)


def k_statistics(values: Floats) -> tuple[float, float, float]:
    """k2, k3 and k4: unbiased estimates of the cumulants (Fisher 1929); nan with fewer values than their order."""
    n = values.size
    if n < 2:
        return UNDEFINED, UNDEFINED, UNDEFINED
    m2, m3, m4 = (float(((values - values.mean()) ** power).sum()) / n for power in (2, 3, 4))
    k2 = n / (n - 1) * m2
    k3 = n**2 * m3 / ((n - 1) * (n - 2)) if n > 2 else UNDEFINED
    k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3)) if n > 3 else UNDEFINED
    return k2, k3, k4
