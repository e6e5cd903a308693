"""Adjusted comparisons, each against a second computation by hand."""

import numpy as np
import pytest

from p2k2lms.stats import adjust, regression
from tests.stats.reference import table

ROWS = table("06_class_vs_coaching.csv")
TABLE = np.column_stack([ROWS[key] for key in ("tenure_years", "kpm", "remote", "y_before")])
TREATED, Y, KAB = ROWS["trained_class"], ROWS["y_after"], ROWS["kabupaten"].astype(int) - 1
BETA, CHANCE = adjust.propensity(TABLE, TREATED)
ONES = np.ones_like(Y)


def test_the_propensity_solves_its_score_equations():
    design = np.column_stack([ONES, TABLE])
    assert 1 / (1 + np.exp(-design @ BETA)) == pytest.approx(CHANCE)
    assert pytest.approx(0, abs=1e-6) == design.T @ (TREATED - CHANCE)


def test_weights_for_the_treated_balance_nearly_and_those_for_all_meet_in_the_middle():
    design = np.column_stack([ONES, TABLE])
    weights = adjust.ate_weights(TREATED, CHANCE)
    assert (design * (weights * TREATED)[:, None]).sum(axis=0)[0] == pytest.approx(Y.size, rel=0.05)
    for j in range(4):
        before = adjust.standardised_difference(TABLE[:, j], TREATED, ONES)
        after = adjust.standardised_difference(TABLE[:, j], TREATED, weights)
        assert abs(after) < 0.1
        assert abs(after) < abs(before)


def test_the_doubly_robust_scores_by_hand():
    psi = np.empty(Y.size)
    fits = {on: np.linalg.lstsq(np.column_stack([ONES, TABLE])[on == TREATED], Y[on == TREATED])[0] for on in (0, 1)}
    for i in range(Y.size):
        row = np.append(1, TABLE[i])
        m1, m0, e = row @ fits[1], row @ fits[0], CHANCE[i]
        psi[i] = m1 - m0 + ((Y[i] - m1) / e if TREATED[i] else -(Y[i] - m0) / (1 - e))
    found = adjust.doubly_robust(Y, TREATED, TABLE, CHANCE)
    assert found == pytest.approx(psi)
    assert adjust.score_error(found) == pytest.approx(psi.std(ddof=1) / np.sqrt(Y.size))
    sums = [(psi - psi.mean())[c == KAB].sum() for c in np.unique(KAB)]
    count = len(sums)
    wanted = np.sqrt(count / (count - 1) * np.square(sums).sum()) / Y.size
    assert adjust.score_error_clustered(found, KAB) == pytest.approx(wanted)


def test_doubly_robust_is_right_where_one_of_the_two_models_is():
    draws = np.random.default_rng(5)
    x = draws.normal(size=(20_000, 1))
    chance = 1 / (1 + np.exp(-x[:, 0]))
    treated = (draws.uniform(size=20_000) < chance).astype(float)
    y = 3 * treated + 5 * x[:, 0] + draws.normal(size=20_000)
    wrong_chance, wrong_table = np.full_like(chance, 0.4), np.zeros_like(x)
    for table_, e in ((x, wrong_chance), (wrong_table, chance), (x, chance)):
        assert adjust.doubly_robust(y, treated, table_, e).mean() == pytest.approx(3, abs=0.25)
    assert adjust.weighted_difference(y, treated, np.ones_like(y)) > 6


def test_outcome_regression_by_partialling_out():
    others = np.column_stack([ONES, TABLE])
    rest = [v - others @ np.linalg.lstsq(others, v)[0] for v in (Y, TREATED)]
    assert adjust.outcome_regression(Y, TREATED, TABLE) == pytest.approx(rest[0] @ rest[1] / (rest[1] @ rest[1]))


def test_equal_weights_are_worth_all_people():
    assert adjust.effective_size(np.full(9, 2.5)) == pytest.approx(9)
    assert adjust.effective_size(np.array([1.0, 0, 0])) == pytest.approx(1)


def test_every_pair_is_within_the_caliper_and_nobody_serves_twice():
    found = adjust.greedy_match(Y, TREATED, CHANCE)
    own, other = np.array(found.pairs).T
    assert np.abs(CHANCE[own] - CHANCE[other]).max() <= found.caliper
    assert found.caliper == pytest.approx(0.2 * CHANCE.std(ddof=1))
    assert np.unique(other).size == other.size == np.unique(own).size
    assert TREATED[own].all()
    assert not TREATED[other].any()
    assert (np.diff(CHANCE[own]) <= 0).all()
    assert found.att == pytest.approx((Y[own] - Y[other]).mean())


def test_nobody_near_leaves_no_pair():
    found = adjust.greedy_match(np.array([1.0, 2, 3]), np.array([1.0, 0, 0]), np.array([0.9, 0.1, 0.11]))
    assert found.pairs == []
    assert np.isnan(found.att)


def test_more_treated_than_others_stops_when_all_serve():
    found = adjust.greedy_match(np.arange(3.0), np.array([1.0, 1, 0]), np.array([0.5, 0.5, 0.5]))
    assert found.pairs == [(0, 2)]


def test_groups_that_do_not_overlap_have_no_propensity():
    beta, _chance = adjust.propensity(TREATED[:, None], TREATED)
    assert np.isnan(beta).all()
    assert regression.columns(TREATED).shape == (Y.size, 2)
