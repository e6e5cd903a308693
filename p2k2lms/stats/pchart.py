"""When a share over time has really changed: Shewhart's p-chart and Laney's p'-chart."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio, shares

BASELINE = 12  # months that say what is usual
REACH = 3.0
MEAN_RANGE = 1.128  # d2: the mean range of two draws from a normal shape, in standard deviations


@dataclass(frozen=True)
class Chart:
    """What is usual, how much months vary beyond the binomial, and how far each month stands from the usual."""

    center: float
    sigma_z: float
    z: Floats

    def first_beyond(self, reach: float) -> int | None:
        """The place (from 0) of the first month outside; None if none is."""
        outside = np.flatnonzero(np.abs(self.z) > reach)
        return int(outside[0]) if outside.size else None

    def first_signal_plain(self) -> int | None:
        """By the plain p-chart, which cries wolf where denominators are large."""
        return self.first_beyond(REACH)

    def first_signal(self) -> int | None:
        """By Laney's p'-chart: the limits are widened, or narrowed, by sigma_z."""
        return self.first_beyond(REACH * self.sigma_z) if np.isfinite(self.sigma_z) else None

    def longest_run_below(self) -> int:
        """The most months in a row below the centre; a month without duty breaks the run."""
        longest = run = 0
        for below in self.z < 0:
            run = run + 1 if below else 0
            longest = max(longest, run)
        return longest


def chart(met: Ints, due: Ints, baseline: int = BASELINE) -> Chart:
    """Laney 2002: z = (p - center) / sqrt(center (1 - center) / due), sigma_z = mean moving range of z / 1.128.

    Center and sigma_z come from the first `baseline` months, so that a later change does not hide itself.
    """
    center = ratio(float(met[:baseline].sum()), float(due[:baseline].sum()))
    safe = np.where(due == 0, 1, due)
    z = shares(np.where(due == 0, np.nan, met / safe) - center, np.sqrt(center * (1 - center) / safe))
    usual = z[:baseline][np.isfinite(z[:baseline])]
    moves = np.abs(np.diff(usual))
    return Chart(center, float(moves.mean()) / MEAN_RANGE if moves.size else UNDEFINED, z)
