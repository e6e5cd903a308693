"""Alerts of coaching: they open with their figure, reach who can act, first the nearest, and close when it is done."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.coaching import alerts, service
from p2k2lms.plugins.identity import service as identity
from tests.factories.coaching import a_walk, sends, signs, walks_on, watches
from tests.factories.enrolment import BANJAR
from tests.factories.identity import as_actor, someone

TODAY = clock.today()


def later(days: int):
    return clock.stopped(clock.now() + timedelta(days=days))


def held(rule, days: int) -> list[tuple[str, dict[str, int], bool]]:
    """Subject, figures, and whether who leads the unit is told too."""
    return [(one.subject, dict(one.params), one.unit_path != "") for one in rule(TODAY + timedelta(days=days))]


def test_a_path_that_stands_still_is_told_to_the_supervisor_first(both):
    walk = a_walk()
    name = f"path:{walk.path.id}"
    assert held(alerts.idle_paths, 13) == []
    assert held(alerts.idle_paths, 14) == [(name, {"days": 14}, False)]
    assert held(alerts.idle_paths, 21) == [(name, {"days": 21}, True)]
    supervision = identity.supervisions_of(walk.path.person_id)[0].id
    identity.end_supervision(as_actor(someone("admin", BANJAR)), supervision, TODAY + timedelta(days=1))
    assert held(alerts.idle_paths, 14) == []  # nobody coaches it now, which another rule says


@pytest.mark.parametrize("sign", ["sheet", "talk", "signature"])
def test_any_sign_of_life_closes_it(app, sign):
    walk = a_walk()
    with later(15):
        today = clock.today()
        if sign == "sheet":
            watches(walk.learner, walk.path.person_id, walk.version_id)
        elif sign == "talk":
            said = {"people": [walk.path.person_id], "on_day": today.isoformat(), "minutes": 9, "mode": "telepon"}
            assert sends(walk.coach, "contact", said | {"topic": "Apa kabar"}).status == "accepted"
        else:
            assert signs(walk.coach, walk.path.id, 1, "pembimbing").status == "accepted"
        assert list(alerts.idle_paths(today)) == []


def test_a_path_without_a_coach_waits_for_the_koordinator_after_two_weeks(both):
    walk = a_walk(coached=False)
    assert held(alerts.uncoached_paths, 13) == []
    assert held(alerts.uncoached_paths, 15) == [(f"path:{walk.path.id}", {"days": 15}, True)]
    service.assign(walk.coach, walk.path.id, walk.coach.id, TODAY)
    assert held(alerts.uncoached_paths, 15) == []


def test_agreements_that_nobody_looked_at_are_named_until_their_outcome_is_written(both):
    walk = a_walk()
    for due in (3, 5):
        service.agree_on(walk.coach, walk.path.id, "Mencoba pertanyaan terbuka", TODAY + timedelta(days=due))
    assert held(alerts.forgotten_actions, 16) == []
    name = f"path:{walk.path.id}"
    assert held(alerts.forgotten_actions, 19) == [(name, {"n": 2, "days": 16}, False)]
    for action in service.view(walk.coach, walk.path.id).actions:
        service.settle(walk.learner, walk.path.id, action.id, "Sudah, tiga kali")
    assert held(alerts.forgotten_actions, 40) == []


def test_a_finished_path_asks_for_praise_for_two_weeks(both):
    walk = a_walk()
    for answer in (*walks_on(walk, 1, "tf-s01"), *walks_on(walk, 2, "m1-s01")):
        assert answer.status == "accepted"
    assert held(alerts.finished_paths, 5) == [(f"path:{walk.path.id}", {"days": 5}, False)]
    assert held(alerts.finished_paths, 15) == []


def test_a_path_that_ended_raises_nothing(app):
    walk = a_walk()
    service.agree_on(walk.coach, walk.path.id, "Mencoba pertanyaan terbuka", TODAY)
    service.stop(walk.learner, walk.path.id)
    for rule in alerts.ALERTS:
        assert list(rule.find(TODAY + timedelta(days=60))) == []
