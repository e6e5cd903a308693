"""The study finds a truth that is known, says how sure it is, and shows what deceives it."""

import math

import numpy as np
import pytest

from p2k2lms.stats import cube, did, study, world
from tests.stats.reference import GOLDEN, table

PANEL = table("03_staggered_panel.csv")
KAB, TRAINED, MONTH = (PANEL[key].astype(int) for key in ("kabupaten", "train_month", "month"))
Y = PANEL["y"]
AT_ONCE = study.Design(anticipation=0, reach=99, least=1)
SMALL = world.World(people=600, kabupaten=30, months=16, rounds=4, order="lot")
RUNS = 20


def a_study(one, seed, design=None):
    plan = design or study.Design()
    made = world.make(one, seed)
    built = world.cube_of(made, one.groups)
    effect = study.overall(built, plan)
    if one.checked:
        effect = study.corrected(effect, study.reporting(world.checks_of(made, plan)))
    return effect, study.interval(effect), world.truth(made, plan), built


def misses(one, design=None, runs=RUNS):
    found = [a_study(one, seed, design)[1:3] for seed in range(runs)]
    away = np.array([answer.est - true for answer, true in found])
    return away.mean(), np.mean([answer.low <= true <= answer.high for answer, true in found])


def test_the_average_over_everything_is_the_reference():
    built = cube.build(KAB, TRAINED, MONTH, Y)
    answer = study.interval(study.overall(built, AT_ONCE))
    assert answer.est == pytest.approx(GOLDEN["did.notyet.simple"]["est"])
    assert answer.error == pytest.approx(GOLDEN["did.notyet.simple"]["se_kab"])


def test_cells_kept_in_any_order_make_the_same_cube():
    built = cube.build(KAB, TRAINED, MONTH, Y)
    c, g, t = np.nonzero(built.people)
    mixed = np.random.default_rng(1).permutation(c.size)
    c, g, t = c[mixed], g[mixed], t[mixed]
    sums = (built.people[c, g, t], built.total[c, g, t])
    again = cube.of_cells(built.clusters[c], built.cohorts[g], built.months[t], sums)
    assert np.array_equal(again.people, built.people)
    assert again.total == pytest.approx(built.total)


@pytest.mark.parametrize(
    ("switches", "design"),
    [
        ({}, study.Design()),
        ({"effect": "none", "order": "able"}, study.Design()),
        ({"dip": -8.0}, study.Design()),
        ({"effect": "none", "filed": (0.88, 0.97), "checked": 0.1}, study.Design()),
        ({"trained": 1.0}, study.Design()),
    ],
    ids=["by lot", "nothing works", "called after a dip", "only reporting, checked", "everybody in the end"],
)
def test_the_truth_is_found_and_the_interval_holds_it(switches, design):
    bias, covers = misses(world.World(**vars(SMALL) | switches), design)
    assert abs(bias) < 1  # three Monte Carlo errors of 20 runs
    assert covers >= 0.8


@pytest.mark.parametrize(
    ("switches", "anticipation", "bias"),
    [
        ({"effect": "none", "filed": (0.88, 0.97)}, 2, 6),
        ({"dip": -8.0}, 0, 8),
        ({"order": "rising"}, 2, 3.5),
    ],
    ids=["only reporting", "called after a dip, base too late", "rising anyway"],
)
def test_what_deceives_is_known_to_deceive(switches, anticipation, bias):
    found, _covers = misses(world.World(**vars(SMALL) | switches), study.Design(anticipation=anticipation), 6)
    assert found == pytest.approx(bias, abs=2)


def test_a_dip_before_training_shows_as_a_jump_that_the_effect_does_not_stand():
    plan = study.Design(anticipation=0)
    effect, _answer, _true, built = a_study(world.World(**vars(SMALL) | {"dip": -8.0}), 1, plan)
    seen = study.drift(built, plan, effect, study.line([built], plan))
    assert seen.jump > 4
    assert seen.breaks_at < 1
    assert seen.bounds[2][1] < 0 < seen.bounds[0][1]


def test_the_line_has_one_base_and_a_band_that_widens_every_interval():
    _effect, _answer, _true, built = a_study(SMALL, 2)
    points = study.line([built], study.Design())
    base = next(point for point in points if point.since == -3)
    assert (base.est, base.low, base.high) == (0, 0, 0)
    assert [point.since for point in points] == list(range(-8, 10))
    assert all(point.low <= point.est <= point.high for point in points)


def test_a_date_that_was_made_up_has_no_effect_and_leaving_one_out_changes_little():
    plan = study.Design()
    effect, answer, _true, built = a_study(SMALL, 3)
    fake = study.moved(built, plan)
    assert fake.low < 0 < fake.high
    lowest, highest = study.without_one([built], plan, effect)
    assert lowest < answer.est < highest
    assert highest - lowest < 3


def test_the_numbers_that_mislead_do_mislead_where_the_able_are_called_first():
    _effect, answer, true, built = a_study(world.World(**vars(SMALL) | {"order": "able"}), 4)
    wrong = study.misleading(built)
    assert abs(answer.est - true) < 3 < abs(wrong.alumni_less_untrained - true)


def test_few_clusters_have_a_chance_by_weights():
    one = world.World(**vars(SMALL) | {"kabupaten": 15})
    assert study.chance(a_study(one, 5)[0]) < 0.01
    nothing = world.World(**vars(one) | {"effect": "none"})
    assert study.chance(a_study(nothing, 5)[0]) > 0.05


@pytest.mark.parametrize(
    "trained", [np.zeros_like(TRAINED), np.ones_like(TRAINED)], ids=["nobody", "everybody at once"]
)
def test_without_somebody_to_compare_with_there_is_no_effect(trained):
    built = cube.build(KAB, trained, MONTH, Y)
    assert math.isnan(study.overall(built, AT_ONCE).att)
    assert study.line([built], AT_ONCE) == []
    assert math.isnan(study.drift(built, AT_ONCE, study.overall(built, AT_ONCE), []).breaks_at)


def test_outcomes_without_variety_have_an_effect_of_exactly_nothing():
    built = cube.build(KAB, TRAINED, MONTH, np.full(Y.size, 80.0))
    answer = study.interval(study.overall(built, AT_ONCE))
    assert (answer.est, answer.error) == pytest.approx((0, 0), abs=1e-9)


def test_a_cohort_of_few_people_is_left_out():
    kept = (TRAINED != 10) | (np.arange(Y.size) // 12 % 4 == 0)
    built = cube.build(KAB[kept], TRAINED[kept], MONTH[kept], Y[kept])
    found = {cell.cohort for cell in did.group_times(built, "notyet", least=6)}
    assert found == {4, 7}
    assert did.group_times(built, "notyet", least=81) == []
