"""How well a test and its items work: classical test theory as Moodle defines and tests it."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import (
    UNDEFINED,
    Floats,
    Labels,
    covariance,
    deviation,
    mean,
    ratio,
    root,
    variance,
)
from p2k2lms.stats.distributions import f_quantile, k_statistics

EXTREME_SHARE = 0.27  # Kelley 1939: the outer 27 % part strong from weak best


@dataclass(frozen=True)
class TestFigures:
    """A whole test; percent of the marks that could be had, unless named otherwise."""

    __test__ = False

    mean_pct: float
    median_pct: float
    sd_pct: float
    skewness: float
    kurtosis: float
    cic_pct: float
    error_ratio_pct: float
    standard_error_pct: float


@dataclass(frozen=True)
class ItemFigures:
    """One item, in percent; `upper_lower` is the difference of two shares, -1 to 1."""

    facility_pct: float
    sd_pct: float
    intended_weight_pct: float
    effective_weight_pct: float
    discrimination_index_pct: float
    discriminative_efficiency_pct: float
    upper_lower: float


def alpha(marks: Floats) -> float:
    """Cronbach's alpha, P/(P-1) (1 - sum var(x) / var(T)), as a share; the CIC of Moodle.

    Marks are people x items without gaps. Items that do not vary stay in (psych drops them and reports more).
    A negative alpha is returned as it is; nan for fewer than two items or where the totals do not vary.
    """
    count = marks.shape[1]
    spread = sum(variance(marks[:, j]) for j in range(count))
    return ratio(count, count - 1) * (1 - ratio(spread, variance(marks.sum(axis=1))))


def alpha_interval(value: float, people: int, items: int, level: float = 0.95) -> tuple[float, float]:
    """Feldt's interval of alpha from F with n-1 and (n-1)(P-1) degrees; always printed beside an alpha."""
    if people < 2 or items < 2:
        return UNDEFINED, UNDEFINED
    tail = (1 - level) / 2
    degrees = (people - 1, (people - 1) * (items - 1))
    return 1 - (1 - value) * f_quantile(1 - tail, *degrees), 1 - (1 - value) * f_quantile(tail, *degrees)


def kr20(right: Floats) -> float:
    """Kuder-Richardson 20 of 0/1 marks, P/(P-1) (1 - sum pq / var(T)), both variances with divisor n."""
    count = right.shape[1]
    share = right.mean(axis=0)
    totals = right.sum(axis=1)
    spread = float(totals.var()) if np.ptp(totals) else 0.0
    return ratio(count, count - 1) * (1 - ratio(float((share * (1 - share)).sum()), spread))


def varying(marks: Floats) -> Floats:
    """The columns in which not everybody has the same mark."""
    return marks[:, np.ptp(marks, axis=0) > 0]


def whole_test(marks: Floats, maxima: Floats) -> TestFigures:
    """The gauges of the test as a whole; standard error = error ratio x SD, error ratio = sqrt(1 - CIC)."""
    totals = marks.sum(axis=1)
    full = float(maxima.sum())
    cic = alpha(marks)
    error = root(1 - cic)
    return TestFigures(
        mean_pct=100 * ratio(mean(totals), full),
        median_pct=100 * ratio(float(np.median(totals)), full),
        sd_pct=100 * ratio(deviation(totals), full),
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        cic_pct=100 * cic,
        error_ratio_pct=100 * error,
        standard_error_pct=100 * error * ratio(deviation(totals), full),
    )


def skewness(values: Floats) -> float:
    """G1 = k3 / k2^1.5 from k-statistics; nan for fewer than three values or without spread."""
    return ratio(k_statistics(values)[1], variance(values) ** 1.5)


def kurtosis(values: Floats) -> float:
    """G2 = k4 / k2^2 from k-statistics, 0 for a normal shape; nan for fewer than four values or without spread."""
    return ratio(k_statistics(values)[2], variance(values) ** 2)


def each_item(marks: Floats, maxima: Floats, people: Labels) -> list[ItemFigures]:
    """The figures of every item, in column order; equal totals are ranked by the names in `people`, not by row.

    Unanswered in a finished attempt is a mark of 0. A negative covariance with the total leaves no effective weight.
    """
    totals = marks.sum(axis=1)
    shared = [covariance(marks[:, j], totals) for j in range(marks.shape[1])]
    pull = sum(root(c) for c in shared if c >= 0)
    ranked = marks[np.lexsort((people, totals))]
    return [
        ItemFigures(
            facility_pct=100 * ratio(mean(marks[:, j]), maxima[j]),
            sd_pct=100 * ratio(deviation(marks[:, j]), maxima[j]),
            intended_weight_pct=100 * ratio(maxima[j], float(maxima.sum())),
            effective_weight_pct=100 * ratio(root(shared[j]), pull),
            discrimination_index_pct=100 * discrimination(marks[:, j], totals),
            discriminative_efficiency_pct=100 * efficiency(marks[:, j], totals),
            upper_lower=upper_less_lower(ranked[:, j], maxima[j]),
        )
        for j in range(marks.shape[1])
    ]


def discrimination(item: Floats, totals: Floats) -> float:
    """The correlation of the item with the rest of the test; nan where one of them does not vary."""
    rest = totals - item
    return ratio(covariance(item, rest), root(variance(item) * variance(rest)))


def efficiency(item: Floats, totals: Floats) -> float:
    """The covariance with the rest, of the largest that these marks allow: cov(x, y) / cov(sorted x, sorted y)."""
    rest = totals - item
    return ratio(covariance(item, rest), covariance(np.sort(item), np.sort(rest)))


def upper_less_lower(ranked: Floats, maximum: float) -> float:
    """Facility in the upper 27 % less that in the lower 27 %; `ranked` from the weakest total to the strongest."""
    outer = max(1, round(EXTREME_SHARE * ranked.size))
    return ratio(mean(ranked[-outer:]) - mean(ranked[:outer]), maximum)
