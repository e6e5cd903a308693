"""Gain keeps the identities of paired measurements and warns where it cannot speak."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate
from scipy import stats as peer

from p2k2lms.stats import effect_sizes, prepost
from tests.stats.reference import GOLDEN

PRE = np.array([40.0, 55, 55, 60, 70, 80, 100, 35])
POST = np.array([55.0, 60, 50, 60, 90, 95, 100, 75])
SCORES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=40)


def test_the_gain_is_a_paired_t_test():
    found, wanted = prepost.paired_gain(PRE, POST), peer.ttest_rel(POST, PRE)
    assert (found.t, found.p) == pytest.approx((wanted.statistic, wanted.pvalue))
    assert (found.low, found.high) == pytest.approx(tuple(wanted.confidence_interval()))


def test_figures_of_the_design_are_reached():
    assert GOLDEN["prepost.rci"]["threshold_points"] == pytest.approx(22.4, abs=0.05)
    assert GOLDEN["prepost.regression_to_mean"]["expected_rise_points"] == pytest.approx(10.4, abs=0.05)


def test_the_hedges_factor_is_exact_and_near_its_usual_shape():
    assert effect_sizes.small_sample_factor(35) == pytest.approx(GOLDEN["prepost.J_exact"], abs=1e-9)
    assert effect_sizes.small_sample_factor(35) == pytest.approx(1 - 3 / (4 * 35 - 1), abs=1e-4)
    assert math.isnan(effect_sizes.small_sample_factor(1))


def test_the_expected_rise_is_that_of_a_truncated_normal_pair():
    r, cutoff = 0.6, 50.0
    m, s = PRE.mean(), PRE.std(ddof=1)
    below = peer.norm.cdf(cutoff, m, s)
    rise = integrate.quad(lambda x: (r * (x - m) + m - x) * peer.norm.pdf(x, m, s), m - 12 * s, cutoff)[0] / below
    assert prepost.expected_rise(PRE, r, cutoff) == pytest.approx(rise)


def test_the_interval_of_dav_is_that_of_the_noncentrality_in_its_unit():
    change = prepost.paired_gain(PRE, POST)
    low, high = effect_sizes.dav_interval(change.t, change.n, (change.sd_before, change.sd_after), change.sd_gain)
    unit = effect_sizes.average_spread(change.sd_before, change.sd_after)
    assert low < change.gain / unit < high
    assert peer.nct.cdf(change.t, 7, low * unit * math.sqrt(8) / change.sd_gain) == pytest.approx(0.975)


def test_hake_leaves_out_who_began_at_the_top():
    assert prepost.hake_individual(PRE, POST) == pytest.approx(
        np.mean([15 / 60, 5 / 45, -5 / 45, 0, 20 / 30, 0.75, 40 / 65])
    )
    assert prepost.normalised_change(PRE, POST) == pytest.approx(
        np.mean([15 / 60, 5 / 45, -5 / 55, 0, 20 / 30, 0.75, 40 / 65])
    )
    assert prepost.hake_class(PRE, POST) == pytest.approx((POST.mean() - PRE.mean()) / (100 - PRE.mean()))


def test_a_person_moves_really_beyond_the_error_of_both_tests():
    found = prepost.reliable_change(PRE, POST, 0.9)
    assert found.threshold_points == pytest.approx(1.96 * math.sqrt(2) * PRE.std(ddof=1) * math.sqrt(0.1))
    assert (found.n_reliable_up, found.n_reliable_down) == (2, 0)
    assert found.n_reliable_up + found.n_reliable_down + found.n_no_reliable_change == 8


def test_at_the_cut_is_passed():
    assert prepost.crossing(np.array([69.0, 70, 70]), np.array([70.0, 70, 69]), 70) == prepost.Crossing(1, 1, 1.0)
    assert prepost.crossing(np.array([0.0]), np.array([0.58 * 100]), 58).gained == 1


def test_the_share_at_the_ceiling():
    assert prepost.ceiling_share(POST) == 0.25


@given(SCORES)
def test_swapping_the_tests_turns_every_sign(pairs):
    pre, post = np.array(pairs, dtype=float).T * 5
    there, back = prepost.paired_gain(pre, post), prepost.paired_gain(post, pre)
    assert there.gain == pytest.approx(-back.gain)
    assert there.low == pytest.approx(-back.high)
    assert prepost.rank_biserial(pre, post) == pytest.approx(-prepost.rank_biserial(post, pre), nan_ok=True)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(pairs, draw):
    mixed = pairs.copy()
    draw.shuffle(mixed)
    one, other = (prepost.paired_gain(*np.array(p, dtype=float).T) for p in (pairs, mixed))
    assert list(vars(one).values()) == pytest.approx(list(vars(other).values()), nan_ok=True)


def test_without_spread_only_the_means_remain():
    found = prepost.paired_gain(np.full(5, 50.0), np.full(5, 60.0))
    assert (found.gain, found.before) == (10, 50)
    assert all(math.isnan(x) for x in (found.t, found.r))
    assert math.isnan(prepost.expected_rise(np.full(5, 50.0), 0.5, 40))


def test_nobody_with_both_tests_gives_no_figure():
    nothing = np.array([])
    found = prepost.paired_gain(nothing, nothing)
    assert found.n == 0
    assert math.isnan(found.gain)
    assert math.isnan(effect_sizes.smcr(found.gain, found.sd_before, found.r, 0).est)
    assert math.isnan(effect_sizes.dav_interval(found.t, 0, (1.0, 1.0), 1.0)[0])
    assert math.isnan(prepost.rank_biserial(nothing, nothing))
