"""Errors by brute-force matrix algebra, the logit by its score equations."""

import numpy as np
import pytest
from scipy import linalg
from scipy import stats as peer

from p2k2lms.stats import regression

DRAWS = np.random.default_rng(7)
ROWS = 40
X = regression.columns(DRAWS.normal(size=(ROWS, 2)), (np.arange(ROWS) < 18).astype(float))
Y = X @ np.array([1.0, 2, -1, 3]) + DRAWS.normal(size=ROWS)
CLUSTER = np.sort(DRAWS.integers(0, 7, ROWS))


def inverse_root(square):
    return linalg.fractional_matrix_power(square, -0.5).real


def test_coefficients_and_classical_errors():
    fit = regression.least_squares(X, Y)
    wanted, rest = np.linalg.lstsq(X, Y)[:2]
    assert fit.beta == pytest.approx(wanted)
    assert regression.classical(fit) == pytest.approx(np.sqrt(np.diag(np.linalg.inv(X.T @ X)) * rest[0] / (ROWS - 4)))


def test_hc3_is_the_spread_of_leaving_each_person_out():
    fit = regression.least_squares(X, Y)
    out = [np.linalg.lstsq(np.delete(X, i, 0), np.delete(Y, i))[0] for i in range(ROWS)]
    moved = np.array(out) - fit.beta
    assert regression.hc3(fit) == pytest.approx(np.sqrt((moved**2).sum(axis=0)))


def test_cr1_by_sums_over_clusters():
    fit = regression.least_squares(X, Y)
    bread = np.linalg.inv(X.T @ X)
    meat = sum(np.outer(s, s) for s in (X[c == CLUSTER].T @ fit.residuals[c == CLUSTER] for c in range(7)))
    assert regression.cr1(fit, CLUSTER, 7 / 6) == pytest.approx(np.sqrt(7 / 6 * np.diag(bread @ meat @ bread)))


@pytest.mark.parametrize("which", range(4))
def test_cr2_and_its_degrees_by_whole_matrices(which):
    fit = regression.least_squares(X, Y)
    bread = np.linalg.inv(X.T @ X)
    keep = np.eye(ROWS) - X @ bread @ X.T
    vectors = []
    for c in range(7):
        rows = np.flatnonzero(c == CLUSTER)
        vectors.append(keep[:, rows] @ inverse_root(keep[np.ix_(rows, rows)]) @ X[rows] @ bread[:, which])
    own = np.array(vectors)
    gram = own @ own.T
    found = regression.cr2(fit, CLUSTER, which)
    assert found.se == pytest.approx(np.sqrt(((own @ Y) ** 2).sum()))
    assert found.df == pytest.approx(np.trace(gram) ** 2 / (gram**2).sum())
    assert found.p == pytest.approx(2 * peer.t.sf(abs(fit.beta[which]) / found.se, found.df))


def test_cr2_is_unbiased_where_people_are_alike():
    gram = sum(
        regression.cr2(regression.least_squares(X, DRAWS.normal(size=ROWS)), CLUSTER, 1).se ** 2 for _ in range(2000)
    )
    assert gram / 2000 == pytest.approx(np.linalg.inv(X.T @ X)[1, 1], rel=0.05)


def test_columns_that_say_the_same_still_fit():
    fit = regression.least_squares(np.column_stack([X, X[:, 1]]), Y)
    assert fit.residuals == pytest.approx(regression.least_squares(X, Y).residuals)
    assert fit.degrees == ROWS - 4


def test_columns_on_very_different_scales_are_all_kept():
    scale = np.array([1, 1e-7, 1e8, 1])
    assert regression.least_squares(X * scale, Y).beta * scale == pytest.approx(np.linalg.lstsq(X, Y)[0])


def test_the_logit_solves_its_score_equations():
    outcome = (DRAWS.uniform(size=ROWS) < 0.4).astype(float)
    beta = regression.logit(X, outcome)
    assert X.T @ (outcome - regression.chances(X, beta)) == pytest.approx(0, abs=1e-9)


def test_perfect_separation_has_no_answer():
    assert np.isnan(regression.logit(X, X[:, 3])).all()


def test_nothing_left_over_leaves_errors_undefined():
    full = regression.least_squares(np.eye(3), np.ones(3))
    assert np.isnan(regression.classical(full)).all()
    assert np.isnan(regression.hc3(full)).all()
