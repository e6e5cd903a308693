"""Several questions and very few clusters: the chance of a false alarm stays what it is said to be."""

import numpy as np
import pytest

from p2k2lms.stats import exchange, holm, study, world
from p2k2lms.stats.cube import Cube

NAN = float("nan")
DESIGN = study.Design()


@pytest.mark.parametrize(
    ("chances", "raised"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5], [0.5]),
        ([0.6, 0.7], [1.0, 1.0]),
        ([0.01, NAN, 0.02], [0.02, NAN, 0.02]),
        ([], []),
    ],
)
def test_holm_multiplies_by_the_questions_that_are_left(chances, raised):
    assert holm.adjusted(chances) == pytest.approx(raised, nan_ok=True)


def a_cube(seed, **switches):
    one = world.World(people=400, kabupaten=12, months=16, rounds=4, **switches)
    return world.cube_of(world.make(one, seed), one.groups)


@pytest.mark.parametrize(("order", "kind"), [("lot", exchange.SIGNS), ("place", exchange.MONTHS)])
def test_an_effect_is_seen_and_without_one_the_order_could_have_shown_as_much(order, kind):
    seen = exchange.chance(a_cube(1, order=order), DESIGN)
    assert (seen.kind, seen.p < 0.05) == (kind, True)
    assert np.mean([exchange.chance(a_cube(n, order=order, effect="none"), DESIGN).p for n in range(4)]) > 0.1


@pytest.mark.parametrize("design", [DESIGN, study.Design(anticipation=0, reach=4, lag=2)])
@pytest.mark.parametrize("order", ["lot", "place"])
def test_the_bare_effect_is_that_of_the_study(order, design):
    built = a_cube(2, order=order)
    bare = exchange.bare_effect(built, design, (built.people.sum(axis=0), built.total.sum(axis=0)))
    assert bare == pytest.approx(study.overall(built, design).att)


def test_nobody_trained_has_no_chance_to_speak_of():
    built = a_cube(3)
    kept = built.cohorts == 0
    alone = Cube(built.clusters, built.cohorts[kept], built.months, built.people[:, kept], built.total[:, kept])
    assert exchange.chance(alone, DESIGN).kind == exchange.NONE


def test_one_stratum_changes_nothing_and_two_are_weighed_by_their_trained():
    built = a_cube(4)
    assert study.within([built], DESIGN).att == study.overall(built, DESIGN).att
    half = Cube(built.clusters, built.cohorts, built.months, built.people / 2, built.total / 2)
    both = study.interval(study.within([half, half], DESIGN))
    alone = study.interval(study.overall(built, DESIGN))
    assert (both.est, both.error) == pytest.approx((alone.est, alone.error), rel=0.05)
