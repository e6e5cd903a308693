"""Item statistics keep the identities of classical test theory and say nan where nothing can be said."""

import math

import numpy as np
import pytest
from scipy import stats as peer

from p2k2lms.stats import items
from tests.stats.reference import table

MARKS = np.column_stack([table("01_item_responses.csv")[f"i{j:02d}"] for j in range(1, 13)])
MAXIMA = table("01_items.csv")["max_mark"]
PEOPLE = np.array([f"E{i:02d}" for i in range(24)])


def test_alpha_of_items_with_equal_spread_follows_from_their_mean_correlation():
    draws = np.random.default_rng(1)
    marks = draws.normal(size=(400, 1)) + draws.normal(size=(400, 6))
    marks = (marks - marks.mean(axis=0)) / marks.std(axis=0, ddof=1)
    r = (np.corrcoef(marks.T).sum() - 6) / 30
    assert items.alpha(marks) == pytest.approx(6 * r / (1 + 5 * r))


def test_kr20_is_alpha_of_right_and_wrong():
    right = MARKS[:, :11]
    assert items.kr20(right) == pytest.approx(items.alpha(right))


def test_items_that_do_not_vary_lower_alpha_and_are_not_dropped_in_silence():
    assert 100 * items.alpha(items.varying(MARKS)) > items.whole_test(MARKS, MAXIMA).cic_pct
    assert items.varying(MARKS).shape[1] == 10


def test_a_negative_alpha_is_shown_with_an_error_beyond_a_hundred_percent():
    opposed = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1], [1, 1]])
    whole = items.whole_test(opposed, np.ones(2))
    assert whole.cic_pct < 0
    assert whole.error_ratio_pct > 100


def test_shape_is_that_of_k_statistics():
    totals = MARKS.sum(axis=1)
    whole = items.whole_test(MARKS, MAXIMA)
    assert whole.skewness == pytest.approx(peer.skew(totals, bias=False))
    assert whole.kurtosis == pytest.approx(peer.kurtosis(totals, bias=False))


def test_the_interval_of_alpha_is_feldts():
    low, high = items.alpha_interval(0.75, 40, 20)
    assert low == pytest.approx(1 - 0.25 * peer.f.ppf(0.975, 39, 39 * 19))
    assert high == pytest.approx(1 - 0.25 * peer.f.ppf(0.025, 39, 39 * 19))


def test_effective_weights_sum_to_a_hundred_where_no_item_pulls_away():
    found = [one.effective_weight_pct for one in items.each_item(MARKS, MAXIMA, PEOPLE)]
    assert sum(weight for weight in found if not math.isnan(weight)) == pytest.approx(100)


def test_discrimination_is_the_correlation_with_the_rest():
    item, totals = MARKS[:, 3], MARKS.sum(axis=1)
    assert items.discrimination(item, totals) == pytest.approx(np.corrcoef(item, totals - item)[0, 1])


def test_efficiency_is_full_where_order_is_perfect():
    totals = np.array([1.0, 2, 3, 5, 6])
    assert items.efficiency(np.array([0.0, 0, 1, 1, 1]), totals) == pytest.approx(1)


def test_the_outer_groups_do_not_depend_on_the_order_of_rows():
    turned = np.random.default_rng(2).permutation(24)
    assert items.each_item(MARKS[turned], MAXIMA, PEOPLE[turned])[6].upper_lower == pytest.approx(5 / 6)


@pytest.mark.parametrize("people", [1, 2, 3])
def test_few_people_give_figures_or_nan_but_no_failure(people):
    items.whole_test(MARKS[:people], MAXIMA)
    found = items.each_item(MARKS[:people], MAXIMA, PEOPLE[:people])
    assert math.isnan(found[0].discrimination_index_pct)


def test_everybody_alike_leaves_reliability_undefined():
    whole = items.whole_test(np.ones((5, 3)), np.ones(3))
    assert whole.mean_pct == 100
    assert math.isnan(whole.cic_pct)
    assert math.isnan(items.alpha(np.array([[1.0], [0.0]])))
    assert math.isnan(items.alpha_interval(0.5, 1, 3)[0])
