"""How far two observers agree beyond chance."""

import numpy as np

from p2k2lms.stats.arithmetic import Floats, Ints, ratio


def weighted(first: Ints, second: Ints, levels: int, power: int = 2) -> float:
    """Cohen's weighted kappa of two ratings 0 .. levels-1 of the same things: 1 - sum w o / sum w e.

    Weights are |i - j|^power: 2 is quadratic, 1 linear, 0 unweighted. nan where both always give one same rating.
    """
    apart = np.abs(np.subtract.outer(np.arange(levels), np.arange(levels)))
    cost = (apart > 0).astype(np.float64) if power == 0 else apart.astype(np.float64) ** power
    seen = np.zeros((levels, levels))
    np.add.at(seen, (first, second), 1.0)
    by_chance: Floats = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    return 1 - ratio(float((cost * seen).sum()) * seen.sum(), float((cost * by_chance).sum()))
