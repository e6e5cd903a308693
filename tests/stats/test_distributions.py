"""The distributions are those of scipy.stats, whose weight they spare."""

import math

import numpy as np
import pytest
from scipy import stats as peer

from p2k2lms.stats import distributions as own


@pytest.mark.parametrize("share", [0.001, 0.025, 0.5, 0.975])
def test_quantiles(share):
    assert own.normal_quantile(share) == pytest.approx(peer.norm.ppf(share))
    assert own.t_quantile(share, 7.3) == pytest.approx(peer.t.ppf(share, 7.3))
    assert own.f_quantile(share, 23, 253) == pytest.approx(peer.f.ppf(share, 23, 253))
    for trials, chance in ((1, 0.3), (17, 0.02), (187, 0.763), (4000, 0.999)):
        assert own.binomial_quantile(share, trials, chance) == peer.binom.ppf(share, trials, chance)


def test_chances():
    assert own.normal_below(1.3) == pytest.approx(peer.norm.cdf(1.3))
    assert own.normal_density(1.3) == pytest.approx(peer.norm.pdf(1.3))
    assert own.t_two_sided(-17.0, 9) == pytest.approx(2 * peer.t.sf(17, 9))
    assert own.chi_square_beyond(7.16, 1) == pytest.approx(peer.chi2.sf(7.16, 1))
    assert own.binomial_below(5, 20, 0.3) == pytest.approx(peer.binom.cdf(5, 20, 0.3))
    assert own.binomial_below(-1, 20, 0.3) == 0


@pytest.mark.parametrize(("up", "moved"), [(0, 0), (13, 13), (5, 9), (4, 8), (0, 1)])
def test_the_sign_test_is_exact(up, moved):
    assert own.sign_test(up, moved) == pytest.approx(peer.binomtest(up, moved).pvalue if moved else 1)


@pytest.mark.parametrize(("t", "degrees"), [(5.38, 35), (-2.0, 4), (0.0, 11), (12.0, 200)])
def test_the_noncentrality_puts_the_observed_where_it_was_asked(t, degrees):
    for below in (0.025, 0.975):
        assert peer.nct.cdf(t, degrees, own.noncentrality(t, degrees, below)) == pytest.approx(below, abs=1e-9)


def test_ranks_share_ties():
    values = np.array([3.0, 1, 3, 2, 3])
    assert own.ranks(values).tolist() == peer.rankdata(values).tolist()


def test_k_statistics_need_as_many_values_as_their_order():
    values = np.array([1.0, 4, 4, 9, 2])
    assert own.k_statistics(values) == pytest.approx([peer.kstat(values, n) for n in (2, 3, 4)])
    assert [math.isnan(k) for k in own.k_statistics(values[:2])] == [False, True, True]
    assert all(math.isnan(k) for k in own.k_statistics(values[:1]))


def test_no_degrees_no_chance():
    assert math.isnan(own.t_quantile(0.5, 0))
    assert math.isnan(own.t_two_sided(1.0, 0))
