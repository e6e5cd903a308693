"""Group-time effects of training against the not yet trained (Callaway and Sant'Anna 2021), from the cube."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio, root
from p2k2lms.stats.cube import NEVER, Cube

CONTROLS = ("never", "notyet")


@dataclass(frozen=True)
class Effect:
    """An effect in points, and its influence function summed by cluster; `people` is what it is divided by."""

    att: float
    influence: Floats
    people: float

    def error(self, corrected: bool = True) -> float:
        """The standard error over clusters, times C/(C-1) unless not wanted; t has C-1 degrees."""
        count = self.influence.size
        factor = ratio(count, count - 1) if corrected else 1.0
        return root(ratio(factor * float(self.influence @ self.influence), self.people**2))


@dataclass(frozen=True)
class Cell:
    """The effect on one cohort (its place in the cube, its training month) in one month."""

    place: int
    cohort: int
    month: int
    effect: Effect

    @property
    def since(self) -> int:
        """Months since training; negative before."""
        return self.month - self.cohort


def group_times(
    cube: Cube, control: str, anticipation: int = 0, *, one_base: bool = False, least: int = 1
) -> list[Cell]:
    """ATT(g, t) of every cohort and month that has a month to compare with and somebody to compare with.

    From training on (less `anticipation` months) the base month is g-1-anticipation; before, it is the month before,
    or with `one_base` the same. Comparison: `never` those not trained in the window; `notyet` everybody not trained
    by t + anticipation. A cell with fewer than `least` people on a side, then or at the base, is left out.
    """
    return [
        cell for place in cube.treated for cell in _of_cohort(cube, int(place), control, anticipation, one_base, least)
    ]


def _of_cohort(cube: Cube, place: int, control: str, anticipation: int, one_base: bool, least: int) -> list[Cell]:
    """The cells of one cohort, all months at once."""
    cohort, months = int(cube.cohorts[place]), cube.months if one_base else cube.months[1:]
    base = np.minimum(cohort - anticipation, 10**9 if one_base else months) + 0 * months - 1
    months, base = (part[np.isin(base, cube.months)] for part in (months, base))
    now, then = np.searchsorted(cube.months, months), np.searchsorted(cube.months, base)
    others = _comparison(cube, place, np.maximum(months, base) + anticipation, control)
    own = [_mean(cube, cube.people[:, place, at], cube.total[:, place, at]) for at in (now, then)]
    rest = [_mean(cube, *_sums(cube, others, at)) for at in (now, then)]
    enough = np.min([part.people for part in (*own, *rest)], axis=0) >= max(1, least)
    effect = own[0].mean - own[1].mean - (rest[0].mean - rest[1].mean)
    influence = own[0].influence - own[1].influence - (rest[0].influence - rest[1].influence)
    everyone = float(cube.sizes.sum())
    return [
        Cell(place, cohort, int(months[n]), Effect(float(effect[n]), influence[:, n], everyone))
        for n in np.flatnonzero(enough)
    ]


def _comparison(cube: Cube, place: int, until: Ints, control: str) -> NDArray[np.bool_]:
    """Who may be compared with, one row a month and one column a cohort."""
    later = (cube.cohorts[None, :] > until[:, None]) & (control == "notyet")
    found: NDArray[np.bool_] = later | (cube.cohorts == NEVER)
    found[:, place] = False
    return found


def _sums(cube: Cube, cohorts: NDArray[np.bool_], at: Ints) -> tuple[Floats, Floats]:
    """People and outcomes of these cohorts in these months, by cluster."""
    return (
        np.einsum("tg,cgt->ct", cohorts, cube.people[:, :, at]),
        np.einsum("tg,cgt->ct", cohorts, cube.total[:, :, at]),
    )


class _Mean(NamedTuple):
    """By month: how many people, the mean of their outcome, and its influence function summed by cluster."""

    people: Floats
    mean: Floats
    influence: Floats


def _mean(cube: Cube, people: Floats, total: Floats) -> _Mean:
    count = people.sum(axis=0)
    safe = np.where(count > 0, count, 1)
    average = total.sum(axis=0) / safe
    return _Mean(count, average, float(cube.sizes.sum()) / safe * (total - people * average))


def average(cube: Cube, cells: Sequence[Cell]) -> Effect:
    """The mean of cells by cohort size; the influence function has the term for estimating the sizes."""
    sizes, everyone = cube.sizes, float(cube.sizes.sum())
    if not cells:
        return Effect(UNDEFINED, np.zeros(cube.clusters.size), everyone)
    own = np.array([sizes[cell.place] / everyone for cell in cells])
    effects = np.array([cell.effect.att for cell in cells])
    weights = own / own.sum()
    att = float(weights @ effects)
    influence = weights @ np.array([cell.effect.influence for cell in cells])
    present = cube.people.sum(axis=2) / cube.months.size
    surprise = np.array([present[:, cell.place] for cell in cells]) - np.outer(own, present.sum(axis=1))
    return Effect(att, influence + ((effects - att) / own.sum()) @ surprise, everyone)


def simple(cube: Cube, cells: Iterable[Cell]) -> Effect:
    """One figure: all cohorts and months from training on."""
    return average(cube, [cell for cell in cells if cell.since >= 0])


def event(cube: Cube, cells: Sequence[Cell]) -> dict[int, tuple[Effect, int]]:
    """By months since training: the effect and the number of cohorts it rests on."""
    found = {}
    for since in sorted({cell.since for cell in cells}):
        here = [cell for cell in cells if cell.since == since]
        found[since] = average(cube, here), len({cell.cohort for cell in here})
    return found


def group(cube: Cube, cells: Sequence[Cell]) -> dict[int, Effect]:
    """By cohort: the plain mean of its months from training on."""
    found = {}
    for cohort in sorted({cell.cohort for cell in cells if cell.since >= 0}):
        here = [cell.effect for cell in cells if cell.cohort == cohort and cell.since >= 0]
        influence = np.mean([effect.influence for effect in here], axis=0)
        found[cohort] = Effect(float(np.mean([effect.att for effect in here])), influence, here[0].people)
    return found


def uniform_reach(effects: Sequence[Effect], draws: int = 999, seed: int = 2026, level: float = 0.95) -> float:
    """The multiple of the errors that holds all effects at once: multiplier bootstrap over clusters.

    Webb's six-point weights below 30 clusters, else signs; the `level` quantile of the largest |t| of each draw.
    """
    errors = np.array([effect.error() for effect in effects])
    able = np.isfinite(errors) & (errors > 0)
    if not able.any():
        return UNDEFINED
    table = np.array([e.influence / e.people for e, use in zip(effects, able, strict=True) if use])
    count = table.shape[1]
    webb = np.sqrt(np.array([0.5, 1.0, 1.5]))
    points = np.concatenate([-webb, webb]) if count < 30 else np.array([-1.0, 1.0])
    weights = np.random.default_rng(seed).choice(points, size=(draws, count))
    largest = np.abs(weights @ table.T / errors[able]).max(axis=1)
    reach = float(np.quantile(largest, level))
    return reach if isfinite(reach) else UNDEFINED
