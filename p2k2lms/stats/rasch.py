"""Rasch difficulties of 0/1 items by conditional maximum likelihood: people's abilities cancel out."""

import numpy as np

from p2k2lms.stats.arithmetic import UNDEFINED, Floats
from p2k2lms.stats.regression import inverse

ROUNDS = 200
LARGEST_STEP = 2.0  # logits: keeps the first steps from overshooting


def difficulties(right: Floats) -> Floats:
    """Difficulties in logits that sum to zero, from people x items of 0 and 1 (Andersen 1972); Newton's method.

    log L = - sum_i s_i b_i - sum_r n_r log gamma_r(exp(-b)); people with none or all right say nothing.
    An item that all, or none, of the others got right has no finite difficulty: nan for all. From 200 people on.
    """
    solved, groups = _sufficient(right)
    telling = groups.sum()
    beta: Floats = np.zeros(right.shape[1])
    if telling == 0 or solved.min() == 0 or solved.max() == telling:
        return np.full(beta.size, UNDEFINED)
    for _ in range(ROUNDS):
        slope, curve = _derivatives(beta, solved, groups)
        step = inverse(curve) @ slope
        beta = np.asarray(beta - step * min(1.0, LARGEST_STEP / max(float(np.abs(step).max()), 1e-300)))
        if np.abs(step).max() < 1e-11:
            return np.asarray(beta - beta.mean())
    return np.full(beta.size, UNDEFINED)


def log_likelihood(difficulty: Floats, right: Floats) -> float:
    """The conditional log-likelihood at these difficulties."""
    solved, groups = _sufficient(right)
    gamma = symmetric(np.exp(-difficulty))
    return -float(solved @ difficulty + groups @ np.log(gamma))


def _sufficient(right: Floats) -> tuple[Floats, Floats]:
    """Right answers to each item, and people with each score, among those with some right and some wrong."""
    totals = right.sum(axis=1)
    telling = right[(totals > 0) & (totals < right.shape[1])]
    groups = np.bincount(telling.sum(axis=1).astype(np.int64), minlength=right.shape[1] + 1)
    return telling.sum(axis=0), groups.astype(np.float64)


def symmetric(easiness: Floats) -> Floats:
    """The elementary symmetric functions gamma_0 .. gamma_P of the item parameters, by the summation algorithm."""
    gamma = np.zeros(easiness.size + 1)
    gamma[0] = 1
    for count, eps in enumerate(easiness, start=1):
        gamma[1 : count + 1] = gamma[1 : count + 1] + eps * gamma[:count]
    return gamma


def _derivatives(difficulty: Floats, solved: Floats, groups: Floats) -> tuple[Floats, Floats]:
    """First and second derivatives of - log L: from the chance of item i, and of i and j, given each score."""
    easiness = np.exp(-difficulty)
    count = easiness.size
    gamma = symmetric(easiness)
    one = np.array([easiness[i] * _without(easiness, [i]) / gamma for i in range(count)])
    curve = -(one * groups) @ one.T
    for i in range(count):
        curve[i, i] += groups @ one[i]
        for j in range(i):
            both = easiness[i] * easiness[j] * _without(easiness, [i, j]) / gamma
            curve[i, j] += groups @ both
            curve[j, i] += groups @ both
    return solved - one @ groups, curve


def _without(easiness: Floats, items: list[int]) -> Floats:
    """gamma_{r - items} of the other items, for every score r."""
    return np.concatenate([np.zeros(len(items)), symmetric(np.delete(easiness, items))])


def abilities(difficulty: Floats) -> Floats:
    """The ability in logits of each raw score from none to all right, by maximum likelihood; nan at both ends."""
    found = np.full(difficulty.size + 1, UNDEFINED)
    for score in range(1, difficulty.size):
        theta = float(np.log(score / (difficulty.size - score)))
        for _ in range(ROUNDS):
            chance = 1 / (1 + np.exp(difficulty - theta))
            step = (score - chance.sum()) / (chance * (1 - chance)).sum()
            theta += float(np.clip(step, -LARGEST_STEP, LARGEST_STEP))
            if abs(step) < 1e-11:
                break
        found[score] = theta
    return found
