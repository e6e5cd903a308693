"""Whether the families who come are fewer than is usual for one pendamping, who is compared with nobody else."""

from collections.abc import Sequence

import numpy as np

from p2k2lms.stats import pchart

FEWEST_BEFORE, IN_A_ROW = 6, 2


def below_own_limit(months: Sequence[tuple[int, int]]) -> bool:
    """Present of invited by month, the earliest first: the last two below the limit of those before (Laney's p')."""
    met, due = (np.array([month[n] for month in months if month[1] > 0], dtype=np.int64) for n in (0, 1))
    if met.size < FEWEST_BEFORE + IN_A_ROW:
        return False
    chart = pchart.chart(met, due, met.size - IN_A_ROW)
    spread = max(chart.sigma_z, 1.0) if np.isfinite(chart.sigma_z) else 1.0
    return bool((chart.z[-IN_A_ROW:] < -pchart.REACH * spread).all())
