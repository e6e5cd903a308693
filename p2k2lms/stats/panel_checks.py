"""The estimators beside which the effect is shown: two-way fixed effects and why it errs, Sun-Abraham, imputation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from p2k2lms.stats import regression
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio
from p2k2lms.stats.cube import NEVER, Cube


@dataclass(frozen=True)
class TwoWay:
    """The two-way fixed effects coefficient of "is trained", shown in a closed box as "why not this number"."""

    est: float
    se_hc1: float
    cr2: regression.Robust


@dataclass(frozen=True)
class Pair:
    """One two-by-two comparison inside that coefficient, and the weight it got (Goodman-Bacon 2021)."""

    kind: str
    treated: int
    control: int
    est: float
    weight: float


@dataclass(frozen=True)
class Cells:
    """The cells of a cube that somebody fills, one row each: mean outcome, people and what they are."""

    y: Floats
    people: Floats
    cluster: Ints
    unit: Ints
    month: Ints
    trained: Floats


def cells(cube: Cube) -> Cells:
    """Unroll a cube; a unit is a cohort of a cluster. Sums carry all that people would tell about these estimators."""
    c, g, t = np.nonzero(cube.people > 0)
    people = cube.people[c, g, t]
    on = (cube.cohorts[g] != NEVER) & (cube.months[t] >= cube.cohorts[g])
    unit = np.unique(c * cube.cohorts.size + g, return_inverse=True)[1].reshape(-1)
    return Cells(cube.total[c, g, t] / people, people, c, unit, t, on.astype(np.float64))


def two_way(cube: Cube) -> TwoWay:
    """Least squares on effects of people, of months and "is trained"; errors by cluster.

    se_hc1 has the factor C/(C-1) (N-1)/(N-K) with K counting every effect, as R's vcovCL; CR2 beside it. Effects of
    people are those of cohorts in kabupaten: the same where nobody misses a month.
    """
    rows, design, y = _prepared(cube)
    if y is None:
        return TwoWay(UNDEFINED, UNDEFINED, regression.Robust(UNDEFINED, UNDEFINED, UNDEFINED))
    fit = regression.least_squares(design, y)
    count = float(cube.people.sum())
    used = float(cube.sizes.sum()) + cube.months.size
    clusters = cube.clusters.size
    factor = ratio(clusters, clusters - 1) * ratio(count - 1, count - used)
    plain = float(regression.cr1(fit, rows.cluster, factor)[0])
    return TwoWay(float(fit.beta[0]), plain, regression.cr2(fit, rows.cluster, 0))


def two_way_effect(cube: Cube) -> float:
    """The same coefficient without its errors, which cost most of the time."""
    _rows, design, y = _prepared(cube)
    return UNDEFINED if y is None else float((regression.inverse(design.T @ design) @ (design.T @ y))[0])


def _prepared(cube: Cube) -> tuple[Cells, Floats, Floats | None]:
    """The cells, "is trained" and months, and outcomes; None for these where nobody changes to trained."""
    rows = cells(cube)
    months = (rows.month[:, None] == np.arange(1, cube.months.size)).astype(np.float64)
    design, y = _within(rows, np.column_stack([rows.trained, months])), _within(rows, rows.y[:, None])[:, 0]
    if not np.ptp(rows.trained) or np.abs(design[:, 0]).max() < 1e-12:
        return rows, design, None
    return rows, design, y


def _within(rows: Cells, table: Floats) -> Floats:
    """Take out the mean of each unit and weigh by the root of the people: least squares on people, done on cells."""
    weight = np.bincount(rows.unit, rows.people)
    means = np.column_stack([np.bincount(rows.unit, rows.people * column) / weight for column in table.T])
    scaled: Floats = (table - means[rows.unit]) * np.sqrt(rows.people)[:, None]
    return scaled


def bacon(cube: Cube) -> list[Pair]:
    """The comparisons that two-way fixed effects mixes: those that use the already trained as comparison mislead.

    Weights (Goodman-Bacon 2021, equations 10 e to g) sum to 1, and their mean is the coefficient of `two_way` where
    nobody misses a month.
    """
    order = [int(p) for p in np.argsort(cube.cohorts) if cube.cohorts[p] != NEVER]
    never = [int(p) for p in np.flatnonzero(cube.cohorts == NEVER)]
    pairs = [_pair(cube, "Treated vs Untreated", (k, u), cube.months == cube.months) for k in order for u in never]
    for i, early in enumerate(order):
        for late in order[i + 1 :]:
            pairs.append(_pair(cube, "Earlier vs Later Treated", (early, late), ~_on(cube, late)))
            against = "Later vs Always Treated" if _on(cube, early).all() else "Later vs Earlier Treated"
            pairs.append(_pair(cube, against, (late, early), _on(cube, early)))
    total = sum(pair.weight for pair in pairs)
    return [Pair(p.kind, p.treated, p.control, p.est, p.weight / total) for p in pairs if p.weight > 0]


def _on(cube: Cube, place: int) -> NDArray[np.bool_]:
    """The months in which this cohort is trained."""
    return np.asarray((cube.months >= cube.cohorts[place]) & (cube.cohorts[place] != NEVER))


def _pair(cube: Cube, kind: str, who: tuple[int, int], window: NDArray[np.bool_]) -> Pair:
    """One comparison in the months of `window`, weight n n' x (share of months after) x (share before)."""
    own, other = who
    after, before = _on(cube, own) & window, ~_on(cube, own) & window
    count = cube.months.size
    weight = float(cube.sizes[own] * cube.sizes[other]) * (after.sum() / count) * (before.sum() / count)
    est = _rise(cube, own, after, before) - _rise(cube, other, after, before)
    return Pair(kind, int(cube.cohorts[own]), int(cube.cohorts[other]), est, weight)


def _rise(cube: Cube, place: int, after: NDArray[np.bool_], before: NDArray[np.bool_]) -> float:
    people, total = cube.people[:, place].sum(axis=0), cube.total[:, place].sum(axis=0)
    return ratio(total[after].sum(), people[after].sum()) - ratio(total[before].sum(), people[before].sum())


def sun_abraham(cube: Cube) -> list[tuple[int, float]]:
    """Effects by months since training, comparison never trained, reference the month before (Sun, Abraham 2021).

    The regression with a term for each cohort and month gives the plain differences of means used here. Weights are
    cohort shares. Empty where nobody stays untrained.
    """
    never = np.flatnonzero(cube.cohorts == NEVER)
    found: dict[int, list[tuple[float, float]]] = {}
    for place in cube.treated if never.size else ():
        cohort = int(cube.cohorts[place])
        base = cube.months == cohort - 1
        for month in cube.months[cube.months != cohort - 1]:
            here = cube.months == month
            est = _rise(cube, int(place), here, base) - _rise(cube, int(never[0]), here, base)
            found.setdefault(int(month) - cohort, []).append((est, float(cube.sizes[place])))
    return [(e, ratio(sum(b * n for b, n in found[e]), sum(n for _, n in found[e]))) for e in sorted(found)]


def imputation(cube: Cube) -> float:
    """Effects of people and months fitted where nobody is trained yet; the mean of what the trained have beyond them.

    Borusyak, Jaravel and Spiess 2024. Months in which everybody is trained, and people never seen untrained, have
    nothing to be compared with and are left out; nan where that leaves nobody.
    """
    rows = cells(cube)
    free = rows.trained == 0
    if not free.any():
        return UNDEFINED
    before = Cells(*(part[free] for part in vars(rows).values()))
    table = (before.month[:, None] == np.arange(cube.months.size)).astype(np.float64)
    units = int(rows.unit.max()) + 1
    known_unit, known_month = np.bincount(before.unit, minlength=units) > 0, table.any(axis=0)
    beta = _month_effects(before, table)
    weight = np.bincount(before.unit, before.people, minlength=units)
    rest = np.bincount(before.unit, before.people * (before.y - beta[before.month]), minlength=units)
    level = np.where(known_unit, rest / np.where(weight == 0, 1, weight), 0)
    use = ~free & known_unit[rows.unit] & known_month[rows.month]
    beyond = rows.y[use] - level[rows.unit[use]] - beta[rows.month[use]]
    return ratio(float(beyond @ rows.people[use]), float(rows.people[use].sum()))


def _month_effects(before: Cells, table: Floats) -> Floats:
    units, place = np.unique(before.unit, return_inverse=True)
    alone = Cells(before.y, before.people, before.cluster, place.reshape(-1), before.month, before.trained)
    design, y = _within(alone, table), _within(alone, before.y[:, None])[:, 0]
    return regression.least_squares(design, y).beta if units.size else np.zeros(table.shape[1])
