"""Linear equating by its definition, Rasch difficulties by brute force over every pattern of answers."""

from itertools import product

import numpy as np
import pytest
from scipy import optimize

from p2k2lms.stats import equate, kappa, rasch
from tests.stats.reference import table


def form(name):
    columns = table(name)
    return np.column_stack([values for key, values in columns.items() if key != "person"])


A, B = form("07_form_A.csv"), form("07_form_B.csv")
GROUPS = (B.sum(axis=1), B[:, :5].sum(axis=1), A.sum(axis=1), A[:, :5].sum(axis=1))


def test_tucker_by_its_definition():
    """Moments of each form in the half-and-half people, from its regression on the anchor, put side by side."""
    new, new_anchor, old, old_anchor = GROUPS
    both = (new_anchor.mean() + old_anchor.mean()) / 2
    spread = (new_anchor.var(ddof=1) + old_anchor.var(ddof=1)) / 2 + (new_anchor.mean() - old_anchor.mean()) ** 2 / 4

    def moments(total, anchor):
        slope, start = np.polyfit(anchor, total, 1)
        rest = total.var(ddof=1) - slope**2 * anchor.var(ddof=1)
        return start + slope * both, rest + slope**2 * spread

    (new_mean, new_var), (old_mean, old_var) = moments(new, new_anchor), moments(old, old_anchor)
    line = equate.tucker(*GROUPS)
    wanted = old_mean + np.sqrt(old_var / new_var) * (np.arange(13) - new_mean)
    assert line(equate.raw_scores(12)) == pytest.approx(wanted)


def test_chained_goes_through_the_anchor():
    new, new_anchor, old, old_anchor = GROUPS
    on_anchor = new_anchor.mean() + new_anchor.std(ddof=1) / new.std(ddof=1) * (equate.raw_scores(12) - new.mean())
    wanted = old.mean() + old.std(ddof=1) / old_anchor.std(ddof=1) * (on_anchor - old_anchor.mean())
    assert equate.chained(*GROUPS)(equate.raw_scores(12)) == pytest.approx(wanted)


def test_a_form_equated_with_itself_is_itself():
    same = (GROUPS[0], GROUPS[1]) * 2
    for method in (equate.tucker, equate.chained):
        assert method(*same)(equate.raw_scores(12)) == pytest.approx(np.arange(13))


def test_an_anchor_that_does_not_vary_places_nothing():
    flat = np.ones(A.shape[0])
    assert np.isnan(equate.tucker(GROUPS[0], flat, GROUPS[2], flat)(equate.raw_scores(3))).all()


def by_patterns(difficulty, right):
    """The conditional log-likelihood by listing every pattern with each score."""
    patterns = np.array(list(product((0, 1), repeat=difficulty.size)))
    weights = np.exp(-(patterns @ difficulty))
    totals = right.sum(axis=1)
    value = 0.0
    for person, total in zip(right, totals, strict=True):
        if 0 < total < difficulty.size:
            value -= person @ difficulty + np.log(weights[patterns.sum(axis=1) == total].sum())
    return value


def test_the_conditional_likelihood_is_that_of_all_patterns():
    small, difficulty = A[:30, :5], np.array([-0.4, 0.1, 0.3, 0.2, -0.2])
    assert rasch.log_likelihood(difficulty, small) == pytest.approx(by_patterns(difficulty, small))


def test_difficulties_are_the_best_of_all():
    small = A[:40, :4]
    best = optimize.minimize(lambda b: -by_patterns(np.append(b, -b.sum()), small), np.zeros(3), tol=1e-12).x
    assert rasch.difficulties(small) == pytest.approx(np.append(best, -best.sum()), abs=1e-5)


def test_difficulties_sum_to_zero_and_expected_scores_are_the_observed():
    found = rasch.difficulties(A)
    assert found.sum() == pytest.approx(0, abs=1e-12)
    step = 1e-6
    slopes = [rasch.log_likelihood(found + step * e, A) - rasch.log_likelihood(found - step * e, A) for e in np.eye(12)]
    assert np.array(slopes) / (2 * step) == pytest.approx(0, abs=1e-4)


def test_symmetric_functions_are_sums_of_products():
    easiness = np.array([0.5, 2.0, 3.0])
    assert rasch.symmetric(easiness) == pytest.approx([1, 5.5, 1 + 1.5 + 6, 3])


def test_an_item_that_everybody_solved_has_no_difficulty():
    assert np.isnan(rasch.difficulties(np.array([[1.0, 0, 0], [1, 1, 0], [1, 0, 1]]))).all()
    assert np.isnan(rasch.difficulties(np.ones((4, 3)))).all()


def test_kappa_by_its_definition():
    first, second = np.array([0, 1, 2, 3, 3, 1, 0, 2]), np.array([0, 1, 3, 3, 2, 1, 1, 2])
    by_chance = np.mean([(a - b) ** 2 for a in first for b in second])
    assert kappa.weighted(first, second, 4) == pytest.approx(1 - ((first - second) ** 2).mean() / by_chance)
    agreed = (first == second).mean()
    expected = sum((first == level).mean() * (second == level).mean() for level in range(4))
    assert kappa.weighted(first, second, 4, power=0) == pytest.approx((agreed - expected) / (1 - expected))
    assert kappa.weighted(first, first, 4, power=1) == 1
    assert np.isnan(kappa.weighted(np.zeros(3, int), np.zeros(3, int), 4))
