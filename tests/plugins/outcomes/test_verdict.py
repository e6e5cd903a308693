"""Which words the figures allow, and that what deceives is never called an effect of training."""

import numpy as np
import pytest

from p2k2lms.plugins.outcomes.rules import verdict as rules
from p2k2lms.plugins.outcomes.rules.verdict import Facts
from p2k2lms.stats import study, world

SESOI = 3.0
NAN = float("nan")
GOOD = {"kabupaten": 60, "trained": 1200, "low": 5.0, "high": 8.0, "standing": 4.0, "breaks_at": 1.6}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, rules.LIKELY),
        ({"by_lot": True, "breaks_at": 0.2, "standing": -5.0}, rules.STRONG),
        ({"breaks_at": 0.9, "standing": -1.0}, rules.SIGN),
        ({"standing": 2.5}, rules.SIGN),
        ({"low": 0.5, "high": 4.0, "by_lot": True}, rules.SIGN),
        ({"low": -1.0, "high": 4.0}, rules.OPEN),
        ({"low": -1.0, "high": 2.0}, rules.NOTHING),
        ({"low": 0.5, "high": 2.0}, rules.NOTHING),
        ({"checked": False}, rules.WITHHELD),
        ({"checked": False, "low": -1.0, "high": 2.0}, rules.WITHHELD),
        ({"kabupaten": 9}, rules.FEW),
        ({"trained": 49, "checked": False}, rules.FEW),
        ({"low": NAN, "high": NAN}, rules.NOBODY),
        ({"low": -8.0, "high": -5.0, "standing": -4.0}, rules.LIKELY),
        ({"low": -8.0, "high": -1.0, "standing": 2.0}, rules.SIGN),
    ],
)
def test_one_word_follows_from_the_facts(changes, word):
    assert rules.verdict(Facts(**GOOD | changes), SESOI) == word


def said(one, seed, anticipation=2):
    plan = study.Design(anticipation=anticipation)
    made = world.make(one, seed)
    built = world.cube_of(made, one.groups)
    effect = study.overall(built, plan)
    seen = study.drift(built, plan, effect, study.line([built], plan))
    answer = study.interval(effect)
    trained = int((made.trained > 0).sum())
    facts = Facts(one.kabupaten, trained, answer.low, answer.high, seen.bounds[2][1], seen.breaks_at)
    return rules.verdict(facts, SESOI)


def test_a_dip_that_the_plan_does_not_see_is_not_called_an_effect():
    one = world.World(people=600, kabupaten=30, months=16, rounds=4, order="lot", dip=-8.0)
    words = [said(one, seed, anticipation=0) for seed in range(10)]
    assert np.mean([word in (rules.SIGN, rules.OPEN, rules.NOTHING) for word in words]) >= 0.9


def test_how_much_more_is_needed_grows_with_the_square_of_the_doubt():
    assert rules.times_more(1.5, 3.0) == pytest.approx(1.96)
    assert rules.times_more(3.0, 3.0) == pytest.approx(7.84)
    assert rules.times_more(0.2, 3.0) == 1.0
