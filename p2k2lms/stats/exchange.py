"""Randomisation inference for a study with very few clusters: what else could the order of training have shown?"""

from typing import NamedTuple

import numpy as np

from p2k2lms.stats import fewclusters, study
from p2k2lms.stats.arithmetic import UNDEFINED, Floats, Ints, ratio
from p2k2lms.stats.cube import NEVER, Cube
from p2k2lms.stats.study import Design

MONTHS, SIGNS, NONE = "bulan", "tanda", ""
DRAWS, SEED, FEWEST = 499, 2026, 5


class Exchanged(NamedTuple):
    """The share of orders whose effect is at least as large, how many orders were looked at, and of which kind."""

    p: float
    ways: int
    kind: str


def chance(cube: Cube, design: Design) -> Exchanged:
    """Where each cluster holds trained and untrained, the signs of their own effects are exchanged, else the months.

    Fewer than five clusters with an effect of their own allow no signs.
    """
    alone = Design(design.anticipation, design.reach, 1, design.lag)
    effects = np.array([study.overall(_one(cube, n), alone).att for n in range(cube.clusters.size)])
    effects = effects[np.isfinite(effects)]
    return _signs(effects) if effects.size >= FEWEST else _months(cube, design)


def _signs(effects: Floats) -> Exchanged:
    """Without any effect a rise is as likely as a fall (Canay, Romano and Shaikh 2017): every combination of signs.

    Above 16 clusters 9,999 are drawn, and the observed one counts among them.
    """
    signs = fewclusters.signs(effects.size)
    drawn = int(effects.size > fewclusters.ALL_SIGNS)
    reached = _t(signs * effects) >= _t(effects[None, :])[0] * (1 - fewclusters.SAME)
    ways = signs.shape[0] + drawn
    return Exchanged((int(reached.sum()) + drawn) / ways, ways, SIGNS)


def _months(cube: Cube, design: Design) -> Exchanged:
    """The training months of whole clusters are dealt out again 499 times (Fisher); the observed order counts as one.

    A cluster with several cohorts stands with all its people under the month of the largest.
    """
    people, total = (part.sum(axis=1) for part in (cube.people, cube.total))
    own = cube.people.sum(axis=2).argmax(axis=1)
    observed, lot, reached = abs(_dealt(cube, design, (people, total), own)), np.random.default_rng(SEED), 1
    if not np.isfinite(observed):
        return Exchanged(UNDEFINED, 0, NONE)
    for _draw in range(DRAWS):
        again = abs(_dealt(cube, design, (people, total), lot.permutation(own)))
        reached += int(again >= observed * (1 - fewclusters.SAME))
    return Exchanged(reached / (DRAWS + 1), DRAWS + 1, MONTHS)


def _dealt(cube: Cube, design: Design, sums: tuple[Floats, Floats], cohort: Ints) -> float:
    tables = [np.zeros(cube.people.shape[1:]) for _part in sums]
    for table, rows in zip(tables, sums, strict=True):
        np.add.at(table, cohort, rows)
    return bare_effect(cube, design, (tables[0], tables[1]))


def bare_effect(cube: Cube, design: Design, sums: tuple[Floats, Floats]) -> float:
    """`study.overall` without its error, from the sums of cohorts and months over all clusters."""
    people, total = sums
    waiting = (cube.cohorts[None, :] == NEVER) | (cube.cohorts[None, :] > cube.months[:, None] + design.anticipation)
    others, of_others = waiting @ people, waiting @ total
    effects, weights = [], []
    for place in cube.treated:
        base = cube.place(int(cube.cohorts[place]) + design.base)
        since = cube.months - cube.cohorts[place]
        if base is None:
            continue
        counts = np.array([people[place], np.full_like(people[place], people[place, base]), others.diagonal()])
        enough = (np.vstack([counts, others[:, base]]) >= max(1, design.least)).all(axis=0)
        at = np.flatnonzero(enough & (since >= design.lag) & (since < design.lag + design.reach))
        if at.size == 0:
            continue
        own = total[place, at] / people[place, at] - total[place, base] / people[place, base]
        theirs = of_others[at, at] / others[at, at] - of_others[at, base] / others[at, base]
        effects.append(own - theirs)
        weights.append(np.full(at.size, people[place].sum()))
    weight = np.concatenate(weights) if weights else np.zeros(0)
    return ratio(float(weight @ np.concatenate(effects)) if effects else UNDEFINED, float(weight.sum()))


def _one(cube: Cube, place: int) -> Cube:
    kept = slice(place, place + 1)
    return Cube(cube.clusters[kept], cube.cohorts, cube.months, cube.people[kept], cube.total[kept])


def _t(rows: Floats) -> Floats:
    """|mean| over spread of each row; a row without spread is endless, unless it is all nothing."""
    means, spread = np.abs(rows.mean(axis=1)), rows.std(axis=1, ddof=1)
    certain = np.where(means > fewclusters.NOTHING, np.inf, 0.0)
    there = spread > fewclusters.NOTHING
    return np.asarray(np.where(there, means / np.where(there, spread, 1), certain))
