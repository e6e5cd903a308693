"""How strong a hidden drift would have to be to explain an effect away (after Rambachan and Roth 2023)."""

from dataclasses import dataclass
from itertools import pairwise

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio, root

STEPS = (0.0, 0.5, 1.0, 2.0)
EARLIEST = -6
REACH = 1.96


@dataclass(frozen=True)
class Bound:
    """The effect in the first month if drift is at most `times` the largest jump seen before training."""

    times: float
    low: float
    high: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True)
class Sensitivity:
    """Effects by months since training on the base month before it, the largest jump before, and the bounds."""

    event: dict[int, float]
    jump: float
    est: float
    se: float
    bounds: list[Bound]


def sensitivity(y: Floats, own: Floats, months: Ints, cohort: int) -> Sensitivity:
    """One cohort against the never trained; y is people x months without gaps, `own` is 1 for the cohort.

    Jump = the largest absolute change from month to month over e = -6 .. -1 (as far as there are months). Error of the
    effect at e = 0 over people, variances divided by n. Bounds are est -+ times x jump, the interval 1.96 SE wider.
    """
    since = months - cohort
    base = y[:, since == -1]
    if base.shape[1] == 0 or not own.any() or own.all():
        return Sensitivity({}, UNDEFINED, UNDEFINED, UNDEFINED, [])
    change = y - base
    effects = change[own == 1].mean(axis=0) - change[own == 0].mean(axis=0)
    event = {int(e): float(v) for e, v in zip(since, effects, strict=True)}
    before = [event[e] for e in range(EARLIEST, 0) if e in event]
    jump = max((abs(b - a) for a, b in pairwise(before)), default=UNDEFINED)
    est, se = event.get(0, UNDEFINED), _error(change[:, since == 0], own)
    bounds = []
    for times in STEPS:
        low, high = est - times * jump, est + times * jump
        bounds.append(Bound(times, low, high, low - REACH * se, high + REACH * se))
    return Sensitivity(event, jump, est, se, bounds)


def _error(change: Floats, own: Floats) -> float:
    if change.shape[1] == 0:
        return UNDEFINED
    return root(sum(ratio(float(change[own == on].var()), float((own == on).sum())) for on in (0, 1)))
