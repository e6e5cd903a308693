"""Funnels, p'-charts and waiting times, against second computations; places and months without duty do no harm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as peer

from p2k2lms.stats import funnel, km, pchart
from tests.stats.reference import table

PLACES, SERIES = table("05_kabupaten_month.csv"), table("05_series.csv")
MET, DUE = PLACES["groups_met"].astype(int), PLACES["groups_due"].astype(int)


@pytest.mark.parametrize(("due", "theta", "level"), [(187, 0.763, 0.95), (30, 0.1, 0.998), (1, 0.5, 0.95)])
def test_exact_limits_lie_between_two_counts(due, theta, level):
    for limit, tail in zip(funnel.limits(due, theta, level), ((1 - level) / 2, (1 + level) / 2), strict=True):
        count = peer.binom.ppf(tail, due, theta)
        share = (peer.binom.cdf(count, due, theta) - tail) / peer.binom.pmf(count, due, theta)
        assert limit == pytest.approx((count - share) / due)


def test_wilson_is_the_set_of_shares_that_the_count_does_not_refuse():
    low, high = funnel.wilson(48, 100)
    wanted = peer.binomtest(48, 100).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((wanted.low, wanted.high))
    assert np.isnan(funnel.wilson(0, 0)[0])


def test_places_alike_have_no_variety_of_their_own():
    due = np.full(200, 400)
    met = peer.binom.rvs(400, 0.7, size=200, random_state=np.random.default_rng(4))
    found = funnel.fit(met, due)
    assert found.phi == pytest.approx(1, abs=0.35)
    assert found.tau2 < 0.0002
    assert len(funnel.flagged(met, due, found, adjusted=True)) <= 2


def test_a_place_without_duty_is_left_out_and_never_flagged():
    met, due = np.append(MET, 0), np.append(DUE, 0)
    assert funnel.fit(met, due) == funnel.fit(MET, DUE)
    found = funnel.flagged(met, due, funnel.fit(met, due), adjusted=False)
    assert MET.size not in found
    assert np.isnan(funnel.limits(0, 0.5, 0.95)[0])


def test_everything_met_everywhere_flags_nobody():
    found = funnel.fit(DUE, DUE)
    assert found.theta == 1
    assert np.isnan(found.phi)
    assert funnel.flagged(DUE, DUE, found, adjusted=True).size == 0
    assert np.isnan(funnel.fit(np.zeros(2, int), np.zeros(2, int)).theta)


def test_the_plain_chart_cries_wolf_and_laneys_finds_the_drop():
    chart = pchart.chart(SERIES["groups_met"].astype(int), SERIES["groups_due"].astype(int))
    assert [chart.first_signal_plain(), chart.first_signal()] == [3, 18]
    assert chart.longest_run_below() == 9


def test_a_month_without_duty_breaks_a_run_and_gives_no_signal():
    due, met = np.full(14, 100), np.full(14, 70)
    met[12:] = 60
    due[13] = met[13] = 0
    chart = pchart.chart(met, due)
    assert np.isnan(chart.z[13])
    assert chart.longest_run_below() == 1
    assert chart.sigma_z == 0
    assert chart.first_signal_plain() is None


def test_one_month_has_no_moving_range():
    chart = pchart.chart(np.array([5]), np.array([10]))
    assert np.isnan(chart.sigma_z)
    assert chart.first_signal() is None


TIMES = np.array([5.0, 8, 8, 12, 15, 20, 20, 33])
BEGAN = np.array([1, 1, 0, 1, 0, 1, 1, 0])


def test_waiting_by_hand():
    curve = km.curve(TIMES, BEGAN)
    assert curve.times.tolist() == [5, 8, 12, 20]
    assert curve.waiting == pytest.approx([7 / 8, 6 / 8, 6 / 8 * 4 / 5, 6 / 8 * 4 / 5 / 3])
    greenwood = 1 / (8 * 7) + 1 / (7 * 6) + 1 / (5 * 4)
    assert curve.at(12) == pytest.approx((0.6, 0.6 * np.sqrt(greenwood)))
    assert curve.at(4.9) == (1, 0)
    assert curve.median() == 20


def test_waiting_agrees_with_another_program():
    survival = peer.ecdf(peer.CensoredData(uncensored=TIMES[BEGAN == 1], right=TIMES[BEGAN == 0])).sf
    curve = km.curve(TIMES, BEGAN)
    assert curve.waiting == pytest.approx(survival.evaluate(curve.times))


def test_fewer_than_half_began_so_the_median_is_not_reached():
    assert np.isnan(km.curve(np.array([3.0, 9, 9]), np.array([1, 0, 0])).median())
    assert km.curve(np.array([3.0]), np.array([0])).at(30) == (1, 0)


def test_the_logrank_test_agrees_with_another_program():
    draws = np.random.default_rng(8)
    group = draws.integers(0, 2, 60)
    times, began = np.ceil(draws.exponential(20 + 15 * group)), (draws.uniform(size=60) < 0.8).astype(int)
    sides = [
        peer.CensoredData(uncensored=times[(group == g) & (began == 1)], right=times[(group == g) & (began == 0)])
        for g in (0, 1)
    ]
    wanted = peer.logrank(*sides)
    assert km.logrank(times, began, group) == pytest.approx((wanted.statistic**2, wanted.pvalue))


def test_one_group_has_nothing_to_be_compared_with():
    assert np.isnan(km.logrank(TIMES, BEGAN, np.zeros(8, int))[0])
    assert np.isnan(km.logrank(TIMES[:0], BEGAN[:0], BEGAN[:0])[0])


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 1)), min_size=1, max_size=30))
def test_the_share_waiting_only_falls_and_without_the_censored_it_is_the_plain_share(rows):
    times, began = np.array(rows, dtype=float).T
    curve = km.curve(times, began.astype(int))
    assert (np.diff(curve.waiting) <= 1e-12).all()
    whole = km.curve(times, np.ones(times.size, int))
    assert whole.at(20)[0] == pytest.approx((times > 20).mean())
    assert km.naive_share(times, np.ones(times.size, int), 20) == pytest.approx(1 - whole.at(20)[0])
