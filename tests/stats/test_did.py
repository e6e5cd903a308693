"""The effect from the cube is the effect from the people; relabelling them or moving the calendar changes nothing."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2k2lms.stats import cube, did
from tests.stats.reference import GOLDEN, table

PANEL = table("03_staggered_panel.csv")
KAB, TRAINED, MONTH = (PANEL[key].astype(int) for key in ("kabupaten", "train_month", "month"))
PERSON, Y = PANEL["pendamping"].astype(int), PANEL["y"]


def summary(built, control="notyet", anticipation=0):
    cells = did.group_times(built, control, anticipation)
    one = did.simple(built, cells)
    event = {e: (x.att, x.error()) for e, (x, _n) in did.event(built, cells).items()}
    group = {g: (x.att, x.error()) for g, x in did.group(built, cells).items()}
    return one.att, one.error(), event, group


def near(found, wanted):
    """Effects and errors alike, key by key."""
    assert found[:2] == pytest.approx(wanted[:2], abs=1e-9, nan_ok=True)
    for one, other in zip(found[2:], wanted[2:], strict=True):
        assert list(one) == list(other)
        assert np.array(list(one.values())) == pytest.approx(np.array(list(other.values())), abs=1e-9, nan_ok=True)


def by_people(control):
    """ATT(g, t) and influence functions person by person, written out (Callaway and Sant'Anna 2021)."""
    people = np.unique(PERSON)
    y = Y.reshape(people.size, -1)
    g, kab = TRAINED[::12], KAB[::12]
    found, influence = {}, {}
    for cohort in (4, 7, 10):
        for t in range(2, 13):
            base = cohort - 1 if t >= cohort else t - 1
            others = (g == 0) | ((g > max(t, base)) & (g != cohort) if control == "notyet" else False)
            change, own = y[:, t - 1] - y[:, base - 1], g == cohort
            att = change[own].mean() - change[others].mean()
            found[cohort, t] = att
            influence[cohort, t] = own / own.mean() * (change - change[own].mean()) - others / others.mean() * (
                change - change[others].mean()
            )
    return found, influence, g, kab


@pytest.mark.parametrize("control", did.CONTROLS)
def test_the_cube_says_what_the_people_say(control):
    found, influence, g, kab = by_people(control)
    built = cube.build(KAB, TRAINED, MONTH, Y)
    cells = did.group_times(built, control)
    assert {(c.cohort, c.month) for c in cells} == set(found)
    for cell in cells:
        psi = influence[cell.cohort, cell.month]
        sums = np.array([psi[kab == k].sum() for k in range(1, 11)])
        assert cell.effect.att == pytest.approx(found[cell.cohort, cell.month])
        assert cell.effect.influence == pytest.approx(sums)
        assert cell.effect.error() == pytest.approx(math.sqrt(10 / 9 * (sums**2).sum()) / g.size)


def test_the_whole_panel_is_smaller_than_its_people():
    built = cube.build(KAB, TRAINED, MONTH, Y)
    assert built.people.shape == (10, 4, 12)
    assert built.people.sum() == Y.size
    assert built.total.sum() == pytest.approx(Y.sum())


@pytest.mark.parametrize("control", did.CONTROLS)
def test_the_order_of_rows_and_the_names_of_kabupaten_change_nothing(control):
    mixed = np.random.default_rng(3).permutation(Y.size)
    renamed = np.array([f"K{(k * 7) % 11}" for k in KAB])
    wanted = summary(cube.build(KAB, TRAINED, MONTH, Y), control)
    near(summary(cube.build(renamed[mixed], TRAINED[mixed], MONTH[mixed], Y[mixed]), control), wanted)


@pytest.mark.parametrize("by", [1, 12, 24_000])
def test_moving_the_calendar_moves_the_cohorts_and_nothing_else(by):
    wanted = summary(cube.build(KAB, TRAINED, MONTH, Y))
    found = summary(cube.build(KAB, np.where(TRAINED == 0, 0, TRAINED + by), MONTH + by, Y))
    near((*found[:3], {g - by: x for g, x in found[3].items()}), wanted)


def test_trained_after_the_window_is_the_same_as_never():
    late = np.where(TRAINED == 0, 13 + PERSON % 5, TRAINED)
    for control in did.CONTROLS:
        wanted = summary(cube.build(KAB, TRAINED, MONTH, Y), control)
        near(summary(cube.build(KAB, late, MONTH, Y), control), wanted)


def test_twice_everybody_halves_the_variance_over_people_and_keeps_that_over_kabupaten():
    twice = [np.concatenate([part, part]) for part in (KAB, TRAINED, MONTH, Y)]
    wanted, found = summary(cube.build(KAB, TRAINED, MONTH, Y)), summary(cube.build(*twice))
    near(found, wanted)
    persons = cube.build(PERSON, TRAINED, MONTH, Y)
    doubled = cube.build(np.concatenate([PERSON, PERSON + 100]), *twice[1:])
    errors = [did.simple(c, did.group_times(c, "notyet")).error(corrected=False) for c in (persons, doubled)]
    assert errors[1] == pytest.approx(errors[0] / math.sqrt(2))


def test_a_step_at_training_is_found_whole_and_noise_apart():
    y = 10.0 * KAB + 2.0 * MONTH + 7.0 * ((TRAINED > 0) & (MONTH >= TRAINED))
    att, error, event, _group = summary(cube.build(KAB, TRAINED, MONTH, y))
    assert att == pytest.approx(7)
    assert error == pytest.approx(0, abs=1e-9)
    assert [x[0] for e, x in event.items() if e < 0] == pytest.approx([0] * 8)


def test_anticipation_moves_the_base_before_the_dip():
    dip = np.where((TRAINED > 0) & (MONTH >= TRAINED - 2) & (MONTH < TRAINED), -8.0, 0.0)
    y = 2.0 * MONTH + dip + 7.0 * ((TRAINED > 0) & (MONTH >= TRAINED))
    built = cube.build(KAB, TRAINED, MONTH, y)
    assert summary(built, "never")[0] == pytest.approx(15)
    assert summary(built, "never", anticipation=2)[0] == pytest.approx(7)


def test_everybody_trained_leaves_the_not_yet_trained_to_compare_with():
    rows = TRAINED > 0
    built = cube.build(KAB[rows], TRAINED[rows], MONTH[rows], Y[rows])
    assert did.group_times(built, "never") == []
    assert max(cell.month for cell in did.group_times(built, "notyet")) == 9
    assert math.isnan(did.simple(built, []).att)


def test_one_kabupaten_has_an_effect_but_no_error():
    built = cube.build(np.ones_like(KAB), TRAINED, MONTH, Y)
    att, error, *_rest = summary(built)
    assert att == pytest.approx(GOLDEN["did.notyet.simple"]["est"])
    assert math.isnan(error)


def test_a_cohort_without_a_month_before_is_left_out():
    first = np.where(TRAINED == 4, 1, TRAINED)
    assert {c.cohort for c in did.group_times(cube.build(KAB, first, MONTH, Y), "never")} == {7, 10}


def test_a_month_without_anybody_gives_no_cell():
    rows = MONTH != 6
    cells = did.group_times(cube.build(KAB[rows], TRAINED[rows], MONTH[rows], Y[rows]), "never")
    assert 7 not in {c.cohort for c in cells if c.since >= 0}
    assert {c.cohort for c in cells if c.since >= 0} == {4, 10}


def test_the_uniform_band_is_wider_than_one_interval_and_the_same_each_time():
    built = cube.build(KAB, TRAINED, MONTH, Y)
    effects = [x for x, _n in did.event(built, did.group_times(built, "notyet")).values()]
    assert 1.9 < did.uniform_reach(effects) == did.uniform_reach(effects)
    assert did.uniform_reach(effects[:1]) < did.uniform_reach(effects)
    assert math.isnan(did.uniform_reach([did.Effect(1.0, np.zeros(4), 4)]))


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_a_constant_added_to_a_month_or_a_person_changes_no_effect(seed):
    draws = np.random.default_rng(seed)
    noise: Callable[[int], np.ndarray] = lambda n: draws.normal(size=n)  # noqa: E731
    shifted = Y + noise(13)[MONTH] + noise(81)[PERSON]
    assert summary(cube.build(KAB, TRAINED, MONTH, shifted))[0] == pytest.approx(GOLDEN["did.notyet.simple"]["est"])
