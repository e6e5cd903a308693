"""Scores of two test forms on one scale, through the items that both share (common-item nonequivalent groups)."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import Floats, covariance, deviation, mean, ratio, root, variance


@dataclass(frozen=True)
class Line:
    """score on the old form = old_mean + slope (score on the new form - new_mean)."""

    new_mean: float
    old_mean: float
    slope: float

    def __call__(self, score: Floats) -> Floats:
        """The equivalent on the old form of each score on the new one."""
        placed: Floats = self.old_mean + self.slope * (score - self.new_mean)
        return placed


def tucker(new: Floats, new_anchor: Floats, old: Floats, old_anchor: Floats, share_new: float = 0.5) -> Line:
    """Tucker's linear equating (Kolen and Brennan 2014, 4.1): totals and anchor totals of both groups, n-1 variances.

    gamma = cov(total, anchor) / var(anchor) in each group; the synthetic people are `share_new` from the new group.
    Undefined where an anchor does not vary.
    """
    slope_new = ratio(covariance(new, new_anchor), variance(new_anchor))
    slope_old = ratio(covariance(old, old_anchor), variance(old_anchor))
    apart = mean(new_anchor) - mean(old_anchor)
    spread_apart = variance(new_anchor) - variance(old_anchor)
    share_old = 1 - share_new
    mixed = share_new * share_old * apart**2
    new_mean = mean(new) - share_old * slope_new * apart
    old_mean = mean(old) + share_new * slope_old * apart
    new_var = variance(new) - share_old * slope_new**2 * spread_apart + slope_new**2 * mixed
    old_var = variance(old) + share_new * slope_old**2 * spread_apart + slope_old**2 * mixed
    return Line(new_mean, old_mean, ratio(root(old_var), root(new_var)))


def chained(new: Floats, new_anchor: Floats, old: Floats, old_anchor: Floats) -> Line:
    """Chained linear equating: new form to anchor in the new group, anchor to old form in the old group."""
    to_anchor = ratio(deviation(new_anchor), deviation(new))
    to_old = ratio(deviation(old), deviation(old_anchor))
    old_mean = mean(old) + to_old * (mean(new_anchor) - mean(old_anchor))
    return Line(mean(new), old_mean, to_anchor * to_old)


def raw_scores(items: int) -> Floats:
    """The scores that a form of 0/1 items can give."""
    return np.arange(items + 1, dtype=np.float64)
