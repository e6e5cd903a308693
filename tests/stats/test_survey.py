"""Weights give the margins back, bounds need no assumption, and a group that is silent is not weighted away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.stats import survey
from p2k2lms.stats.arithmetic import codes
from tests.stats.reference import table

FRAME = table("04_alumni_frame.csv")
MARGINS = [codes(FRAME[key])[1] for key in ("province", "sex", "age_band", "p2k2_log_band")]
ANSWERED = FRAME["responded"]
SAID = FRAME["pct_apply_if_asked"][ANSWERED == 1]


def test_weights_give_every_margin_of_the_frame_back():
    weights = survey.rake(MARGINS, ANSWERED)
    for margin in MARGINS:
        assert np.bincount(margin[ANSWERED == 1], weights) == pytest.approx(np.bincount(margin))


def test_one_margin_is_poststratification():
    margin = MARGINS[3]
    weights = survey.rake([margin], ANSWERED)
    inside = margin[ANSWERED == 1]
    means = np.array([SAID[inside == g].mean() for g in range(margin.max() + 1)])
    found = survey.weighted(SAID, weights, [inside])
    assert found.mean == pytest.approx((np.bincount(margin) * means).sum() / margin.size)
    rest = weights * (SAID - means[inside]) / margin.size
    assert found.se == pytest.approx(np.sqrt(SAID.size / (SAID.size - 1) * (rest**2).sum()))


def test_without_margins_the_error_is_that_of_a_plain_mean():
    found = survey.weighted(SAID, np.ones_like(SAID), [])
    assert (found.mean, found.se) == pytest.approx((SAID.mean(), SAID.std(ddof=1) / np.sqrt(SAID.size)))
    assert (found.kish_deff, found.ess) == pytest.approx((1, SAID.size))


def test_an_even_response_has_an_r_indicator_of_one():
    assert survey.r_indicator(np.full(50, 0.6)) == pytest.approx(1)
    assert survey.propensity(MARGINS, np.ones(ANSWERED.size)).min() == 1


def test_chances_add_up_to_the_answers():
    chance = survey.propensity(MARGINS, ANSWERED)
    assert chance.sum() == pytest.approx(ANSWERED.sum())
    assert survey.hajek(np.full(SAID.size, 7.0), chance[ANSWERED == 1]) == pytest.approx(7)


def test_published_bounds_and_break_even_of_the_evaluation_of_2020():
    low, high = survey.bounds(np.full(718, 50.09), 1142)
    assert (round(low, 1), round(high, 1)) == (31.5, 68.6)
    assert round(survey.break_even(50.09, 718, 1142, 45), 1) == 36.4


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.lists(st.floats(0, 100), max_size=30))
def test_the_bounds_hold_whatever_the_silent_would_have_said(said, silent):
    low, high = survey.bounds(np.array(said), len(said) + len(silent))
    assert low - 1e-9 <= np.mean(said + silent) <= high + 1e-9


def test_nobody_silent_leaves_one_figure_and_nobody_asked_leaves_none():
    assert survey.bounds(np.array([40.0, 60]), 2) == (50, 50)
    assert survey.bounds(np.array([]), 5) == (0, 100)
    assert np.isnan(survey.bounds(np.array([]), 0)[0])
    assert np.isnan(survey.break_even(50, 10, 10, 45))


def test_a_group_without_an_answer_is_refused():
    with pytest.raises(survey.NotReached):
        survey.rake([np.array([0, 0, 1])], np.array([1.0, 1, 0]))


def test_margins_that_contradict_each_other_are_refused():
    left, right = np.array([0, 0, 0, 1, 1, 0]), np.array([0, 0, 1, 1, 1, 1])
    with pytest.raises(survey.NotReached):
        survey.rake([left, right], np.array([1.0, 0, 0, 1, 0, 0]))


def test_trimming_keeps_the_sum_and_cuts_the_largest():
    weights = np.array([1.0, 1, 1, 1, 1, 20])
    found = survey.trim(weights)
    assert found.max() == 5
    assert found.sum() == pytest.approx(25)
    assert survey.trim(np.ones(4)).tolist() == [1, 1, 1, 1]


def test_a_double_sample_weighs_the_silent_by_their_share():
    found = survey.double_sample(np.array([60.0] * 40), np.array([20.0, 40.0] * 5), 100)
    assert found.mean == pytest.approx(42.0)
    assert found.se == pytest.approx(0.6 * np.sqrt((1 - 10 / 60) * np.var([20.0, 40.0] * 5, ddof=1) / 10))


def test_all_of_the_silent_heard_leave_no_error_and_none_of_them_no_figure():
    heard = survey.double_sample(np.array([60.0] * 4), np.array([20.0, 40.0]), 6)
    assert (heard.mean, heard.se) == (pytest.approx(50.0), 0.0)
    assert np.isnan(survey.double_sample(np.array([60.0] * 4), np.array([]), 6).mean)
    assert survey.double_sample(np.array([60.0, 50.0]), np.array([]), 2).mean == 55.0
