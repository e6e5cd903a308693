"""The ladder: a rung counts with all below it; who may lead follows the facts, and leading without it is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.progress import ladder, service
from tests.factories.assessment import sit
from tests.factories.coaching import a_walk, watches
from tests.factories.delivery import reads
from tests.plugins.progress.paths import facts_of

CASES = [
    ((0, 3, None, True), False, 0, ()),
    ((3, 3, None, True), False, 1, ("kartu",)),
    ((3, 3, 60, True), False, 1, ("kartu",)),
    ((3, 3, 70, True), False, 2, ("kartu", "cek")),
    ((3, 3, None, False), False, 2, ("kartu", "cek")),
    ((3, 3, 70, True), True, 3, ("kartu", "cek", "praktik")),
    ((2, 3, 100, True), True, 0, ("praktik",)),
    ((0, 0, 100, True), True, 0, ("praktik",)),
]


@pytest.mark.parametrize(("known", "practice", "level", "reached"), CASES)
def test_how_high_one_stands(known, practice, level, reached):
    facts = ladder.SesiFacts("m1-s01", *known, observed=None)
    got = ladder.met(facts, 70, practice)
    assert (ladder.level(got), got) == (level, reached)


@pytest.mark.parametrize(
    ("observed", "practised"),
    [
        ({"a": None, "b": None}, set()),
        ({"a": 59, "b": None}, set()),
        ({"a": 60, "b": None, "c": 10}, {"a"}),
        ({"a": 60, "b": 80, "c": None}, {"a", "b", "c"}),
    ],
)
def test_two_good_observations_stand_for_every_sesi(observed, practised):
    assert ladder.practised(observed) == practised


@given(st.lists(st.sampled_from(ladder.RUNGS)))
def test_a_level_never_passes_what_is_reached(reached):
    assert ladder.level(reached) <= len(set(reached)) <= ladder.READY
    assert (ladder.level(reached) == ladder.READY) == (not ladder.missing(reached))


def test_cards_cek_and_an_observation_make_ready(both):
    walk = a_walk()
    card = facts_of(walk)
    reads(walk.learner, card, ["tf-s01-l01", "tf-s01-l02", "tf-s01-l03", "m1-s01-l01", "m1-s01-l02", "m1-s01-l03"])
    about = (walk.path.person_id, walk.path.course)
    assert [rung.reached for rung in service.rungs_of(*about, walk.version_id)] == [("kartu",)]
    assert not service.may_lead(*about, "m1-s01")
    sit(walk.learner, card.id, "cek", sesi="m1-s01")
    watches(walk.learner, walk.path.person_id, walk.version_id, scores="333")
    assert service.rungs_of(*about, walk.version_id)[0].level == 2  # one's own word is no rung
    watches(walk.coach, walk.path.person_id, walk.version_id, scores="223")
    assert service.rungs_of(*about, walk.version_id)[0].ready
    assert service.may_lead(*about, "m1-s01")


def test_the_ladder_stands_in_the_meeting_of_the_path_and_on_the_page_of_the_person(app, sign_in):
    walk = a_walk()
    reads(walk.learner, facts_of(walk), ["tf-s01-l01"])
    page = sign_in(walk.coach)
    assert (
        "Kurang: kartu sesi ini, cek cepat, praktik yang diamati."
        in page.get(f"/bimbingan/jalur/{walk.path.id}/2").text
    )
    assert "Boleh memimpin 0 dari 1 sesi." in page.get(f"/orang/{walk.path.person_id}/bimbingan").text
    assert coaching.path_of(walk.path.person_id) is not None
