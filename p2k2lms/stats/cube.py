"""The outcome cube: sums by cluster x training month x calendar month, all that the effect estimate needs."""

from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import Floats, Ints, Labels

NEVER = 0


@dataclass(frozen=True)
class Cube:
    """People counted and outcomes summed in cells [cluster, cohort, month].

    `cohorts` are training months, 0 for those who are not trained before the last month ends; `months` are in order.
    Clusters are kabupaten; with one cluster for each person the same cube gives errors over people.
    """

    clusters: Labels
    cohorts: Ints
    months: Ints
    people: Floats
    total: Floats

    @property
    def sizes(self) -> Floats:
        """People of each cohort: person-months over the months; exact where nobody misses a month."""
        whole: Floats = self.people.sum(axis=(0, 2)) / self.months.size
        return whole

    @property
    def treated(self) -> Ints:
        """The places of the cohorts that are trained within the window and have a month before to start from."""
        return np.flatnonzero((self.cohorts != NEVER) & (self.cohorts > self.months.min()))

    def place(self, month: int) -> int | None:
        """Where a month stands in the cube; None if the cube does not have it."""
        found = np.flatnonzero(self.months == month)
        return int(found[0]) if found.size else None


def build(cluster: Labels, trained: Ints, month: Ints, y: Floats) -> Cube:
    """Sum rows (one a person and month) into a cube; trained 0, or after the last month, is the same: never."""
    clusters, c = np.unique(cluster, return_inverse=True)
    months, t = np.unique(month, return_inverse=True)
    cohorts, g = np.unique(np.where(trained > month.max(), NEVER, trained), return_inverse=True)
    shape = (clusters.size, cohorts.size, months.size)
    cell = np.ravel_multi_index((c.reshape(-1), g.reshape(-1), t.reshape(-1)), shape)
    size = clusters.size * cohorts.size * months.size
    people = np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)
    total = np.bincount(cell, weights=y, minlength=size).reshape(shape).astype(np.float64)
    return Cube(clusters, cohorts.astype(np.int64), months.astype(np.int64), people, total)


def of_cells(cluster: Labels, trained: Ints, month: Ints, sums: tuple[Floats, Floats]) -> Cube:
    """A cube from its cells as they are kept: people and the sum of their outcomes, one row a cell (or several)."""
    people, total = sums
    clusters, c = np.unique(cluster, return_inverse=True)
    months = np.arange(month.min(), month.max() + 1)
    cohorts, g = np.unique(np.where(trained > months[-1], NEVER, trained), return_inverse=True)
    place = (c.reshape(-1), g.reshape(-1), month - months[0])
    tables = [np.zeros((clusters.size, cohorts.size, months.size)) for _part in sums]
    for table, values in zip(tables, (people, total), strict=True):
        np.add.at(table, place, values)
    return Cube(clusters, cohorts.astype(np.int64), months.astype(np.int64), *tables)


def without(cube: Cube, cluster: int) -> Cube:
    """The cube without one of its clusters, by its place."""
    kept = np.arange(cube.clusters.size) != cluster
    return Cube(cube.clusters[kept], cube.cohorts, cube.months, cube.people[kept], cube.total[kept])


def in_spans(cube: Cube, length: int, anticipation: int) -> Cube:
    """Months summed into spans of `length` (of the calendar, from the first month of a year), for what is rarely known.

    A cohort starts in the span of its training month; of that span and the one before it only what lies after training,
    or more than `anticipation` months before it, is kept, so that no span mixes the two.
    """
    cohorts, months = cube.cohorts[:, None], cube.months[None, :]
    trained, span = (cube.cohorts - 1) // length, (cube.months - 1) // length
    before = (months < cohorts - anticipation) & (span[None, :] < trained[:, None])
    kept = (cohorts == NEVER) | before | (months >= cohorts)
    starts = np.where(cube.cohorts == NEVER, NEVER, trained)
    (names, at), (spans, when) = np.unique(starts, return_inverse=True), np.unique(span, return_inverse=True)
    tables = [np.zeros((cube.clusters.size, names.size, spans.size)) for _part in range(2)]
    for table, part in zip(tables, (cube.people, cube.total), strict=True):
        for place, month in np.argwhere(kept):
            table[:, at[place], when[month]] += part[:, place, month]
    return Cube(cube.clusters, names, spans, *tables)


def earlier(cube: Cube, months: int, anticipation: int) -> Cube:
    """As if everybody had been trained some months before: what came from training on (less anticipation) is gone."""
    trained = (cube.cohorts != NEVER)[:, None] & (cube.months[None, :] >= (cube.cohorts - anticipation)[:, None])
    moved = np.where(cube.cohorts == NEVER, NEVER, np.maximum(cube.cohorts - months, 1))
    return Cube(cube.clusters, moved, cube.months, cube.people * ~trained, cube.total * ~trained)
