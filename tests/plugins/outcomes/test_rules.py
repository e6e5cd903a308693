"""What is hidden cannot be worked out by subtraction, and what stands out is more than chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.indicators.values import Counts
from p2k2lms.plugins.outcomes.rules import hiding, standing_out
from p2k2lms.stats import suppress


@st.composite
def counts(draw):
    due = draw(st.integers(0, 60))
    return Counts(draw(st.integers(0, due)), due, draw(st.integers(0, 30)), 0)


TABLES = st.dictionaries(st.integers(0, 12), counts(), min_size=1, max_size=9)


@given(TABLES)
def test_no_hidden_number_can_be_worked_out_from_the_totals(table):
    gone = hiding.hidden(table)
    assert {key for key, one in table.items() if hiding.is_small(one)} <= gone
    if len(gone) < len([key for key, one in table.items() if any(one)]):
        for number in (lambda c: c.numerator, lambda c: c.denominator - c.numerator, lambda c: c.n_people):
            must_be_wide([number(table[key]) for key in sorted(gone)])


def must_be_wide(hidden):
    """As `stats suppress` sees it: the hidden rows, each with a second column that takes up what this one leaves."""
    if not hidden:
        return
    room = sum(hidden)
    grid = np.array([[n, room] for n in hidden])
    cells = [(i, j) for i in range(len(hidden)) for j in (0, 1)]
    for (i, j), (low, high) in suppress.intervals(grid, cells).items():
        assert high - low >= hiding.NARROWEST, (hidden, i, j)


def test_a_single_small_place_takes_the_next_larger_with_it():
    table = {1: Counts(3, 4, 2), 2: Counts(60, 80, 20), 3: Counts(20, 40, 12), 4: Counts()}
    assert hiding.hidden(table) == {1, 3}
    assert hiding.hidden({2: table[2], 3: table[3], 4: table[4]}) == set()


def test_what_is_part_of_something_hidden_is_hidden_all_the_way_down():
    table = {
        1: Counts(63, 84, 22),
        2: Counts(3, 4, 2),
        3: Counts(60, 80, 20),
        30: Counts(60, 80, 20),
        20: Counts(3, 4, 2),
    }
    assert hiding.cascade(1, {1: [2, 3], 3: [30], 2: [20]}, table, set()) == {2, 3, 20, 30}


def a_series(*shares, due=200):
    return [Counts(round(due * share), due, 40) for share in shares]


def test_a_month_far_from_its_own_past_stands_out():
    shares = [0.8, 0.82, 0.79, 0.81, 0.8, 0.78, 0.8, 0.81, 0.79, 0.82, 0.8, 0.8, 0.81, 0.5]
    usual = standing_out.months(a_series(*shares), 100, share=True)
    assert usual.outside == {13}
    assert usual.center == pytest.approx(80.2, abs=0.1)
    assert all(low < 80.2 < high for low, high in usual.ranges)


@pytest.mark.parametrize("shares", [(0.8,) * 5, (1.0,) * 12, (0.0,) * 12], ids=["few", "all", "nothing"])
def test_without_enough_or_without_variety_nothing_stands_out(shares):
    assert standing_out.months(a_series(*shares), 100, share=True).outside == frozenset()


def test_other_measures_have_a_range_from_their_own_moves():
    values = [Counts(n * 10, 100, 40) for n in (40, 42, 41, 40, 43, 41, 90)]
    usual = standing_out.months(values, 1, share=False)
    assert (usual.doubts, usual.outside) == ((None,) * 7, {6})
    steady = [Counts(n * 10, 100, 40) for n in (40, 42, 41, 40, 43, 41, 40, 42, 41, 40, 42, 41, 90)]
    assert standing_out.months(steady, 1, share=False).outside == {12}


def test_the_usual_range_ends_where_the_measure_does():
    rare = [Counts(n, 1_000, 40) for n in (0, 0, 11, 4, 9, 4, 11, 4)]
    assert all(low == 0 < high for low, high in standing_out.months(rare, 1, share=False).ranges)
    assert all(low < 0 for low, _high in standing_out.months(rare, 1, share=False, signed=True).ranges)


def test_places_beyond_chance_and_ordinary_variety_are_named_in_both_directions():
    lot = np.random.default_rng(3)
    due = lot.integers(150, 600, 24)
    met = lot.binomial(due, np.clip(lot.normal(0.76, 0.04, 24), 0, 1))
    met[5], met[20] = int(due[5] * 0.45), int(due[20] * 0.97)
    spread = standing_out.places([Counts(int(m), int(d), 40) for m, d in zip(met, due, strict=True)])
    assert (spread.low, spread.high) == ({5}, {20})
    assert all(outer[0] <= inner[0] < inner[1] <= outer[1] for _n, outer, inner in spread.rings)


def test_few_places_or_one_share_for_all_make_no_funnel():
    assert standing_out.places(a_series(0.8, 0.7, 0.9)) is None
    assert standing_out.places(a_series(*(1.0,) * 8)) is None
