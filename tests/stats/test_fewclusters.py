"""The p-values of few kabupaten, each by trying every possibility one by one; and how much drift an effect stands."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats as peer

from p2k2lms.stats import fewclusters, honest, regression
from tests.stats.reference import table

ROWS = table("08_few_clusters.csv")
TREATED, GAIN, KAB = ROWS["treated"], ROWS["gain"], ROWS["kabupaten"].astype(int) - 1
DESIGN = np.column_stack([np.ones_like(GAIN), TREATED])


def t_by_hand(y):
    """The difference over its CR1 error with C/(C-1) x (N-1)/(N-2)."""
    beta = np.linalg.lstsq(DESIGN, y)[0]
    rest = y - DESIGN @ beta
    bread = np.linalg.inv(DESIGN.T @ DESIGN)
    sums = [DESIGN[c == KAB].T @ rest[c == KAB] for c in range(9)]
    meat = sum(np.outer(s, s) for s in sums)
    n = y.size
    return beta[1] / np.sqrt(9 / 8 * (n - 1) / (n - 2) * (bread @ meat @ bread)[1, 1])


def test_the_difference_and_its_error():
    fit = fewclusters.difference(GAIN, TREATED)
    assert fit.beta[1] == pytest.approx(GAIN[TREATED == 1].mean() - GAIN[TREATED == 0].mean())
    assert fit.beta[1] / fewclusters.clustered(fit, KAB) == pytest.approx(t_by_hand(GAIN))
    wanted = peer.ttest_ind(GAIN[TREATED == 1], GAIN[TREATED == 0])
    assert fit.beta[1] / regression.classical(fit)[1] == pytest.approx(wanted.statistic)


def test_the_wild_bootstrap_tries_all_five_hundred_and_twelve_signs():
    observed, rest = abs(t_by_hand(GAIN)), GAIN - GAIN.mean()
    tried = [abs(t_by_hand(rest * np.array(signs)[KAB])) for signs in product((1.0, -1.0), repeat=9)]
    share = np.mean([t >= observed - 1e-9 for t in tried])
    assert fewclusters.wild_bootstrap(GAIN, TREATED, KAB) == (pytest.approx(share), 512)


def test_randomisation_tries_all_hundred_and_twenty_six_assignments():
    means = np.array([GAIN[c == KAB].mean() for c in range(9)])
    treated = {int(c) for c in np.unique(KAB[TREATED == 1])}

    def difference(chosen):
        inside = np.isin(np.arange(9), list(chosen))
        return means[inside].mean() - means[~inside].mean()

    tried = [abs(difference(chosen)) for chosen in combinations(range(9), len(treated))]
    stat, chance, ways = fewclusters.randomisation(GAIN, TREATED, KAB)
    assert (stat, ways) == (pytest.approx(difference(treated)), 126)
    assert chance == pytest.approx(np.mean([t >= abs(stat) - 1e-9 for t in tried]))


def test_the_names_of_treated_and_untreated_do_not_matter():
    assert fewclusters.wild_bootstrap(GAIN, 1 - TREATED, KAB) == fewclusters.wild_bootstrap(GAIN, TREATED, KAB)
    assert fewclusters.randomisation(GAIN, 1 - TREATED, KAB)[1] == fewclusters.randomisation(GAIN, TREATED, KAB)[1]


def test_many_kabupaten_are_drawn_with_a_fixed_seed():
    kab = np.arange(120) // 4
    draws = np.random.default_rng(9)
    y, on = draws.normal(size=120) + draws.normal(size=30)[kab], (kab < 15).astype(float)
    for found in (fewclusters.wild_bootstrap(y, on, kab), fewclusters.randomisation(y, on, kab)[1:]):
        assert found[1] == 9_999
        assert 0 < found[0] < 1
    assert fewclusters.wild_bootstrap(y, on, kab) == fewclusters.wild_bootstrap(y, on, kab)


def test_a_kabupaten_half_treated_has_no_randomisation_of_whole_ones():
    half = TREATED.copy()
    half[0] = 1 - half[0]
    assert np.isnan(fewclusters.randomisation(GAIN, half, KAB)[1])


def test_without_any_spread_there_is_no_p_and_without_difference_no_doubt():
    assert np.isnan(fewclusters.wild_bootstrap(3.3 * TREATED, TREATED, KAB)[0])
    assert fewclusters.wild_bootstrap(np.full_like(GAIN, 0.1), TREATED, KAB)[0] == 1


def panel():
    columns = table("03_staggered_panel.csv")
    y = columns["y"].reshape(80, 12)
    trained = columns["train_month"][::12]
    rows = (trained == 7) | (trained == 0)
    return y[rows], (trained[rows] == 7).astype(float)


def test_bounds_grow_with_the_drift_allowed_and_hold_the_effect():
    y, own = panel()
    found = honest.sensitivity(y, own, np.arange(1, 13), 7)
    assert found.event[-1] == 0
    assert found.est == pytest.approx(
        (y[own == 1, 6] - y[own == 1, 5]).mean() - (y[own == 0, 6] - y[own == 0, 5]).mean()
    )
    assert [b.times for b in found.bounds] == [0, 0.5, 1, 2]
    for bound in found.bounds:
        assert (bound.low + bound.high) / 2 == pytest.approx(found.est)
        assert bound.high - bound.low == pytest.approx(2 * bound.times * found.jump)
        assert bound.low - bound.ci_low == pytest.approx(1.96 * found.se)


def test_the_error_divides_by_people():
    y, own = panel()
    change = y[:, 6] - y[:, 5]
    wanted = sum(change[own == on].var() / (own == on).sum() for on in (0, 1))
    assert honest.sensitivity(y, own, np.arange(1, 13), 7).se == pytest.approx(np.sqrt(wanted))


def test_an_early_cohort_uses_the_months_it_has():
    y, own = panel()
    found = honest.sensitivity(y, own, np.arange(1, 13), 3)
    assert min(found.event) == -2
    assert found.jump == pytest.approx(abs(found.event[-2]))
    assert np.isnan(honest.sensitivity(y, own, np.arange(1, 13), 2).jump)
    assert honest.sensitivity(y, own, np.arange(1, 13), 1).bounds == []
    assert np.isnan(honest.sensitivity(y[:, :6], own, np.arange(1, 7), 7).se)
