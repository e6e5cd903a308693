"""Small counts in a public table, hidden so that its totals do not betray them."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb

import numpy as np

from p2k2lms.stats.arithmetic import Ints

Cell = tuple[int, int]
Intervals = dict[Cell, tuple[int, int]]
TRIES = 200_000  # sets looked at before the search settles for a good answer instead of the best


def small(table: Ints, k: int) -> list[Cell]:
    """The cells that must be hidden for themselves: 1 .. k-1. A 0 is shown."""
    return [(int(i), int(j)) for i, j in np.argwhere((table > 0) & (table < k))]


def intervals(table: Ints, hidden: Sequence[Cell]) -> Intervals:
    """What a reader can work out of each hidden cell from the row and column totals and that counts are not negative.

    Exact: the cell is moved as far as the other hidden cells can make up for it (a largest flow between its row and
    its column; corners of such a system are whole numbers).
    """
    return {cell: _interval(table, hidden, cell) for cell in hidden}


def _interval(table: Ints, hidden: Sequence[Cell], cell: Cell) -> tuple[int, int]:
    down, up = (_room(table, hidden, cell, rising) for rising in (False, True))
    return int(table[cell]) - down, int(table[cell]) + up


def _room(table: Ints, hidden: Sequence[Cell], cell: Cell, rising: bool) -> int:
    """How far the cell can rise or fall while totals stay and no count turns negative.

    A hidden cell of row a and column b may rise without end (from a to b) and fall by what is in it (from b to a).
    """
    rows = table.shape[0]
    capacity: dict[int, dict[int, int]] = {}
    everything = int(table.sum())
    for i, j in hidden:
        if (i, j) != cell:
            capacity.setdefault(i, {})[rows + j] = everything
            capacity.setdefault(rows + j, {})[i] = int(table[i, j])
    row, column = cell[0], rows + cell[1]
    return _flow(capacity, column, row, everything) if rising else _flow(capacity, row, column, int(table[cell]))


def _flow(capacity: dict[int, dict[int, int]], source: int, sink: int, most: int) -> int:
    """The largest flow, at most `most`, by shortest augmenting paths (Edmonds and Karp 1972); changes `capacity`."""
    sent = 0
    while sent < most:
        came_from = _reach(capacity, source)
        if sink not in came_from:
            break
        path, node = [], sink
        while node != source:
            path.append((came_from[node], node))
            node = came_from[node]
        step = min(most - sent, *(capacity[a][b] for a, b in path))
        for a, b in path:
            capacity[a][b] -= step
            capacity[b][a] = capacity.get(b, {}).get(a, 0) + step
        sent += step
    return sent


def _reach(capacity: dict[int, dict[int, int]], source: int) -> dict[int, int]:
    """Every node that something can still flow to, with the node before it on a shortest path."""
    came_from, waiting = {source: source}, deque([source])
    while waiting:
        node = waiting.popleft()
        for other, room in capacity.get(node, {}).items():
            if room > 0 and other not in came_from:
                came_from[other] = node
                waiting.append(other)
    return came_from


def safe(table: Ints, hidden: Sequence[Cell], k: int) -> bool:
    """No hidden cell can be pinned down to an interval narrower than k."""
    if _alone(hidden):
        return False
    every = (_interval(table, hidden, cell) for cell in hidden)
    return all(high - low >= k for low, high in every)


def _alone(hidden: Iterable[Cell]) -> bool:
    """Some row or column hides a single cell, which its total gives away."""
    seen: dict[tuple[str, int], int] = {}
    for i, j in hidden:
        for line in (("row", i), ("column", j)):
            seen[line] = seen.get(line, 0) + 1
    return 1 in seen.values()


def complement(table: Ints, primary: Sequence[Cell], k: int) -> list[Cell] | None:
    """The fewest further cells to hide so that all are safe; of equally few, those with the smallest sum.

    Small tables are searched through. Large ones get a set made of rectangles, safe but perhaps not the smallest.
    None if even hiding every cell does not protect the small ones: then totals are too small to print.
    """
    if not primary or safe(table, primary, k):
        return []
    everything = [(i, j) for i in range(table.shape[0]) for j in range(table.shape[1])]
    widest = intervals(table, everything)
    if any(widest[cell][1] - widest[cell][0] < k for cell in primary):
        return None
    others = [cell for cell in everything if cell not in set(primary)]
    looked_at = 0
    for count in range(1, len(others) + 1):
        looked_at += comb(len(others), count)
        if looked_at > TRIES:
            return _by_rectangles(table, primary, k) or _all_that_may_move(table, primary, k)
        ranked = sorted(combinations(others, count), key=lambda extra: sum(int(table[cell]) for cell in extra))
        for extra in ranked:
            if safe(table, [*primary, *extra], k):
                return sorted(extra)
    return None


def _all_that_may_move(table: Ints, primary: Sequence[Cell], k: int) -> list[Cell] | None:
    """Hide everything, then show again what is pinned down anyway, until nothing hidden is."""
    hidden = [(i, j) for i in range(table.shape[0]) for j in range(table.shape[1])]
    while not safe(table, hidden, k):
        kept = [cell for cell, (low, high) in intervals(table, hidden).items() if high - low >= k]
        if len(kept) == len(hidden) or not set(primary) <= set(kept):
            return None
        hidden = kept
    return sorted(set(hidden) - set(primary))


def _by_rectangles(table: Ints, primary: Sequence[Cell], k: int) -> list[Cell] | None:
    """Put every small cell into a rectangle of hidden cells in which each can move by k or more."""
    hidden = set(primary)
    for i, j in primary:
        best: tuple[int, set[Cell]] | None = None
        for other in range(table.shape[0]):
            for across in range(table.shape[1]):
                corners = {(i, j), (i, across), (other, j), (other, across)}
                if other == i or across == j or _slack(table, (i, j), (other, across)) < k:
                    continue
                price = sum(int(table[cell]) + 1 for cell in corners - hidden)
                if best is None or price < best[0]:
                    best = price, corners
        if best is None:
            return None
        hidden |= best[1]
    return sorted(hidden - set(primary))


def _slack(table: Ints, one: Cell, opposite: Cell) -> int:
    """How far the four corners can move together without a negative count."""
    along = min(table[one], table[opposite])
    against = min(table[one[0], opposite[1]], table[opposite[0], one[1]])
    return int(along + against)
