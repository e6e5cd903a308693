"""No public table lets a hidden count be pinned down to an interval narrower than k."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from p2k2lms.stats import suppress

TABLE = np.array([[14, 9, 2], [7, 12, 6], [3, 8, 11], [10, 5, 0], [21, 6, 1]])
K = 5
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=2, max_size=4)
)


def by_linear_programs(table, hidden):
    lines = [[float(cell[axis] == at) for cell in hidden] for axis in (0, 1) for at in range(table.shape[axis])]
    totals = np.array(lines) @ np.array([table[cell] for cell in hidden], dtype=float)
    found = {}
    for place, cell in enumerate(hidden):
        aim = np.eye(len(hidden))[place]
        low, high = (linprog(sign * aim, A_eq=lines, b_eq=totals).fun * sign for sign in (1, -1))
        found[cell] = (round(low), round(high))
    return found


def by_every_table(table, hidden):
    """All fillings with the same totals, one by one."""
    seen = {cell: set() for cell in hidden}
    for values in product(*(range(int(min(table[i].sum(), table[:, j].sum())) + 1) for i, j in hidden)):
        other = table.copy()
        for cell, value in zip(hidden, values, strict=True):
            other[cell] = value
        if (other.sum(axis=0) == table.sum(axis=0)).all() and (other.sum(axis=1) == table.sum(axis=1)).all():
            for cell, value in zip(hidden, values, strict=True):
                seen[cell].add(value)
    return {cell: (min(values), max(values)) for cell, values in seen.items()}


def test_three_small_cells_alone_can_be_computed_exactly():
    assert suppress.intervals(TABLE, suppress.small(TABLE, K)) == {(0, 2): (2, 2), (2, 0): (3, 3), (4, 2): (1, 1)}


def test_the_intervals_are_those_of_linear_programs():
    hidden = [(0, 0), (0, 2), (2, 0), (2, 2), (4, 0), (4, 2)]
    assert suppress.intervals(TABLE, hidden) == by_linear_programs(TABLE, hidden)


def test_the_intervals_are_those_of_every_possible_table():
    table = np.array([[3, 2, 4], [1, 4, 0], [2, 2, 5]])
    hidden = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1), (2, 0)]
    assert suppress.intervals(table, hidden) == by_every_table(table, hidden)


def test_no_smaller_set_would_have_been_safe():
    primary = suppress.small(TABLE, K)
    extra = suppress.complement(TABLE, primary, K)
    others = [cell for cell in product(range(5), range(3)) if cell not in primary]
    assert len(extra) == 3
    for count in (0, 1, 2):
        for fewer in combinations(others, count):
            found = by_linear_programs(TABLE, [*primary, *fewer]) if count < 2 else None
            assert not suppress.safe(TABLE, [*primary, *fewer], K)
            assert found is None or min(high - low for low, high in found.values()) < K


def test_nothing_small_hides_nothing():
    assert suppress.small(TABLE, 1) == []
    assert suppress.complement(TABLE, [], K) == []
    assert suppress.safe(TABLE, [], K)


def test_totals_that_are_too_small_themselves_cannot_be_protected():
    table = np.array([[1, 0, 2], [9, 9, 9], [9, 9, 9]])
    assert suppress.complement(table, suppress.small(table, K), K) is None


@settings(max_examples=150)
@given(TABLES)
def test_no_hidden_interval_is_narrower_than_k(rows):
    table = np.array(rows)
    primary = suppress.small(table, K)
    extra = suppress.complement(table, primary, K)
    if extra is None:
        everything = list(product(*map(range, table.shape)))
        widths = suppress.intervals(table, everything)
        assert any(widths[cell][1] - widths[cell][0] < K for cell in primary) or len(everything) > 9
        return
    hidden = [*primary, *extra]
    assert len(set(hidden)) == len(hidden)
    for low, high in (by_linear_programs(table, hidden) if hidden else {}).values():
        assert high - low >= K


@pytest.mark.parametrize("seed", range(4))
def test_a_national_table_is_protected_in_a_moment(seed):
    table = np.random.default_rng(seed).poisson(9, size=(60, 4))
    primary = suppress.small(table, K)
    extra = suppress.complement(table, primary, K)
    assert primary
    assert suppress.safe(table, [*primary, *extra], K)
    assert len(extra) <= 3 * len(primary)


def test_where_no_rectangle_is_wide_enough_all_that_may_move_is_hidden(monkeypatch):
    monkeypatch.setattr(suppress, "TRIES", 0)
    table = np.array([[2, 3, 9], [3, 9, 2], [9, 2, 3]])
    extra = suppress.complement(table, suppress.small(table, K), K)
    assert suppress.safe(table, [*suppress.small(table, K), *extra], K)
