"""How long until it happens, when some are still waiting: Kaplan-Meier and the log-rank test."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, mean, ratio
from p2k2lms.stats.distributions import chi_square_beyond


@dataclass(frozen=True)
class Curve:
    """The share still waiting just after each time at which somebody began; Greenwood's error."""

    times: Floats
    waiting: Floats
    errors: Floats

    def median(self) -> float:
        """The first time at which half or fewer wait; nan if that is not reached ("lebih dari ...")."""
        past = np.flatnonzero(self.waiting <= 0.5 + 1e-12)
        return float(self.times[past[0]]) if past.size else UNDEFINED

    def at(self, time: float) -> tuple[float, float]:
        """The share still waiting at this time, and its error."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return (float(self.waiting[before - 1]), float(self.errors[before - 1])) if before else (1.0, 0.0)


def curve(durations: Floats, happened: Ints) -> Curve:
    """S(t) = product of 1 - d/n over the times of events; at equal times events come before who is lost from sight."""
    times = np.unique(durations[happened == 1])
    at_risk = np.array([(durations >= t).sum() for t in times], dtype=np.float64)
    events = np.array([((durations == t) & (happened == 1)).sum() for t in times], dtype=np.float64)
    waiting = np.asarray(np.cumprod(1 - events / at_risk), dtype=np.float64)
    left = at_risk - events
    growth = np.where(left > 0, events / (at_risk * np.where(left > 0, left, 1)), 0.0)
    return Curve(times, waiting, waiting * np.sqrt(np.cumsum(growth)))


def logrank(durations: Floats, happened: Ints, group: Ints) -> tuple[float, float]:
    """Mantel's log-rank test of equal curves in all groups: chi-square and p, groups - 1 degrees of freedom."""
    count = int(group.max()) + 1 if group.size else 0
    gap, spread = np.zeros(count), np.zeros((count, count))
    for time in np.unique(durations[happened == 1]):
        risk = np.bincount(group[durations >= time], minlength=count).astype(np.float64)
        now = np.bincount(group[(durations == time) & (happened == 1)], minlength=count)
        events, everyone = float(now.sum()), float(risk.sum())
        share = risk / everyone
        gap += now - events * share
        if everyone > 1:
            left = events * (everyone - events) / (everyone - 1)
            spread += left * (np.diag(share) - np.outer(share, share))
    if count < 2:
        return UNDEFINED, UNDEFINED
    square = float(gap[1:] @ np.linalg.pinv(spread[1:, 1:], hermitian=True) @ gap[1:])
    return square, chi_square_beyond(square, count - 1)


def naive_mean(durations: Floats, happened: Ints) -> float:
    """The mean of those who began: too short, since who still waits is left out. Shown as a warning only."""
    return mean(durations[happened == 1])


def naive_share(durations: Floats, happened: Ints, within: float) -> float:
    """Who began in time, of all: too small, since who could not yet be seen counts as failed. A warning only."""
    return ratio(float(((happened == 1) & (durations <= within)).sum()), durations.size)
