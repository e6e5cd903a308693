"""The estimators shown beside the effect, against regressions with a column for every person and month."""

import math

import numpy as np
import pytest

from p2k2lms.stats import cube, did, panel_checks, regression
from tests.stats.reference import table

PANEL = table("03_staggered_panel.csv")
KAB, TRAINED, MONTH = (PANEL[key].astype(int) for key in ("kabupaten", "train_month", "month"))
PERSON, Y = PANEL["pendamping"].astype(int), PANEL["y"]
ON = ((TRAINED > 0) & (MONTH >= TRAINED)).astype(float)
UNEVEN = (PERSON % 7 != 0) | (KAB > 4)  # whole people gone, so that kabupaten and cohorts differ in size


def effects_of(person, month):
    people, months = np.unique(person), np.unique(month)
    return np.column_stack([person[:, None] == people, month[:, None] == months[1:]]).astype(float)


@pytest.mark.parametrize("rows", [np.ones_like(UNEVEN), UNEVEN], ids=["even", "uneven"])
def test_two_way_fixed_effects_from_the_cube_are_those_of_people(rows):
    design = np.column_stack([ON[rows], effects_of(PERSON[rows], MONTH[rows])])
    fit = regression.least_squares(design, Y[rows])
    cluster = KAB[rows] - 1
    found = panel_checks.two_way(cube.build(KAB[rows], TRAINED[rows], MONTH[rows], Y[rows]))
    n, k = design.shape
    assert found.est == pytest.approx(fit.beta[0])
    assert found.se_hc1 == pytest.approx(regression.cr1(fit, cluster, 10 / 9 * (n - 1) / (n - k))[0])
    wanted = regression.cr2(fit, cluster, 0)
    assert (found.cr2.se, found.cr2.df) == pytest.approx((wanted.se, wanted.df))


@pytest.mark.parametrize("rows", [np.ones_like(UNEVEN), UNEVEN, TRAINED > 0], ids=["even", "uneven", "all trained"])
def test_the_comparisons_add_up_to_the_coefficient(rows):
    built = cube.build(KAB[rows], TRAINED[rows], MONTH[rows], Y[rows])
    pairs = panel_checks.bacon(built)
    assert sum(pair.weight for pair in pairs) == pytest.approx(1)
    assert sum(pair.weight * pair.est for pair in pairs) == pytest.approx(panel_checks.two_way(built).est)


def test_comparisons_with_the_always_trained_are_told_apart():
    first = np.where(TRAINED == 4, 1, TRAINED)
    built = cube.build(KAB, first, MONTH, Y)
    pairs = panel_checks.bacon(built)
    assert {p.kind for p in pairs if p.control == 1} == {"Later vs Always Treated"}
    assert sum(pair.weight * pair.est for pair in pairs) == pytest.approx(panel_checks.two_way(built).est)


def test_sun_abraham_is_a_regression_with_a_term_for_each_cohort_and_month():
    since = np.where(TRAINED > 0, MONTH - TRAINED, -1)
    terms = [(g, e) for g in (4, 7, 10) for e in np.unique(since[g == TRAINED]) if e != -1]
    own = np.column_stack([((g == TRAINED) & (since == e)).astype(float) for g, e in terms])
    beta = regression.least_squares(np.column_stack([own, effects_of(PERSON, MONTH)]), Y).beta
    found = dict(panel_checks.sun_abraham(cube.build(KAB, TRAINED, MONTH, Y)))
    sizes = {g: (TRAINED[::12] == g).sum() for g in (4, 7, 10)}
    assert -1 not in found
    for e, b in found.items():
        here = [(beta[i], sizes[g]) for i, (g, at) in enumerate(terms) if at == e]
        assert b == pytest.approx(sum(x * n for x, n in here) / sum(n for _, n in here))


def test_sun_abraham_after_training_is_the_effect_against_the_never_trained():
    built = cube.build(KAB, TRAINED, MONTH, Y)
    event = did.event(built, did.group_times(built, "never"))
    after = {e: b for e, b in panel_checks.sun_abraham(built) if e >= 0}
    assert after == pytest.approx({e: event[e][0].att for e in after})


def test_imputation_is_what_the_trained_have_beyond_the_fit_of_the_untrained():
    design = effects_of(PERSON, MONTH)
    free = ON == 0
    fit = regression.least_squares(design[free], Y[free])
    wanted = (Y[~free] - design[~free] @ fit.beta).mean()
    assert panel_checks.imputation(cube.build(KAB, TRAINED, MONTH, Y)) == pytest.approx(wanted)


def test_imputation_where_all_are_trained_in_the_end_leaves_the_last_months_out():
    rows = TRAINED > 0
    step = 3.0 * KAB[rows] + MONTH[rows] ** 2 + 5.0 * ON[rows]
    assert panel_checks.imputation(cube.build(KAB[rows], TRAINED[rows], MONTH[rows], step)) == pytest.approx(5)


def test_nobody_trained_or_nobody_untrained_leaves_them_undefined():
    never = cube.build(KAB, np.zeros_like(TRAINED), MONTH, Y)
    assert math.isnan(panel_checks.two_way(never).est)
    assert math.isnan(panel_checks.imputation(never))
    assert panel_checks.bacon(never) == panel_checks.sun_abraham(never) == []
    always = cube.build(KAB, np.ones_like(TRAINED), MONTH, Y)
    assert math.isnan(panel_checks.imputation(always))
    assert math.isnan(panel_checks.two_way(always).est)
