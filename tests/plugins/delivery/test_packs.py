"""What a phone takes along: the plan of a course, its files, and the same locks as on the server."""

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.catalogue.values import OutlineModul, OutlineSesi, OutlineStep
from p2k2lms.plugins.delivery import rules
from tests.factories.catalogue import TINY
from tests.factories.delivery import a_learner, a_longer_course, reads
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import as_actor, someone

PLAN = f"/api/v1/paket/{TINY}"


@pytest.fixture
def learner(app, sign_in):
    an_angkatan()
    a_longer_course()
    actor, card = a_learner()
    return actor, card, sign_in(actor)


def in_plan(plan, sesi_id):
    return next(s for modul in plan["modul"] for s in modul["sesi"] if s["id"] == sesi_id)


def test_the_plan_says_what_opens_after_what_what_is_read_and_what_each_file_weighs(learner):
    actor, card, client = learner
    reads(actor, card, ["tf-s01-l01"])
    answer = client.get(PLAN)
    plan = answer.json
    assert (plan["person"], plan["version"], plan["read"]) == (actor.id, card.version_id, ["tf-s01-l01"])
    assert in_plan(plan, "tf-s02")["after"] == ["tf-s01"]
    assert in_plan(plan, "m1-s01")["after"] == []
    assert "no-store" in answer.headers["Cache-Control"]
    file = in_plan(plan, "tf-s01")["file"]
    small = client.get(file["url"], headers={"Accept-Encoding": "br"})
    assert len(small.data) == file["bytes"]
    assert small.headers["Content-Encoding"] == "br"
    assert "immutable" in small.headers["Cache-Control"]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_file_is_named_by_what_it_says_and_holds_the_three_lives_of_each_card(learner, coding):
    client = learner[2]
    file = in_plan(client.get(PLAN).json, "tf-s01")["file"]
    body = client.get(file["url"]).data
    assert hashlib.sha256(body).hexdigest() == file["sha"]
    assert file["sha"][:16] in file["url"]
    told = json.loads(body)
    assert list(told["cards"]) == ["tf-s01-l01", "tf-s01-l02", "tf-s01-l03"]
    for lives in told["cards"].values():
        assert set(lives) == {"learn", "teach", "prove"}
    page = client.get(f"/belajar/{TINY}/tf-s01/tf-s01-l01").text
    assert told["cards"]["tf-s01-l01"]["learn"] in page


def test_no_key_of_a_test_travels(learner):
    plan = learner[2].get(PLAN).json
    for modul in plan["modul"]:
        for sesi in modul["sesi"]:
            if sesi["file"]:
                assert not re.search(r'"(key|correct|why|options)"', learner[2].get(sesi["file"]["url"]).text)


def test_who_does_not_learn_it_gets_neither_plan_nor_file(learner, sign_in, browser):
    url = in_plan(learner[2].get(PLAN).json, "tf-s01")["file"]["url"]
    stranger = sign_in(as_actor(someone("pendamping", "63.03")))
    for address in (PLAN, url):
        assert stranger.get(address).status_code == 404
        assert browser.get(address).status_code == 401
    trainer = sign_in(as_actor(someone("widyaiswara", "R4")))
    assert trainer.get(PLAN).json["preview"] is True
    assert trainer.get(url).status_code == 200


def test_a_file_of_another_content_is_not_there(learner):
    url = in_plan(learner[2].get(PLAN).json, "tf-s01")["file"]["url"]
    assert learner[2].get(re.sub(r"-[0-9a-f]{16}", "-" + "0" * 16, url)).status_code == 404


def test_the_outline_says_what_a_modul_weighs_before_it_is_taken(learner):
    client = learner[2]
    plan = client.get(PLAN).json
    whole = sum(s["file"]["bytes"] for s in plan["modul"][0]["sesi"] if s["file"])
    page = client.get(f"/belajar/{TINY}").text
    assert f'data-paket="{plan["modul"][0]["id"]}"' in page
    assert f'data-bytes="{whole}"' in page


def test_plan_and_file_ask_the_database_little(learner, count_queries):
    client = learner[2]
    url = in_plan(client.get(PLAN).json, "tf-s01")["file"]["url"]
    for address in (PLAN, url, f"/belajar/{TINY}"):
        with count_queries() as seen:
            assert client.get(address).status_code == 200
        assert len(seen) <= 6, seen


@st.composite
def courses(draw):
    sesi = []
    for n in range(draw(st.integers(1, 5))):
        steps = tuple(
            OutlineStep(id=f"s{n}-{k}", title="t", minutes=1, kb=1, required=draw(st.booleans()))
            for k in range(draw(st.integers(0, 3)))
        )
        about = {"title": "t", "number": None, "minutes": None, "kb": 1, "aim": ""}
        sesi.append(OutlineSesi(id=f"s{n}", modul_id="m", written=bool(steps), steps=steps, **about))
    every = [step.id for one in sesi for step in one.steps]
    read = frozenset(draw(st.sets(st.sampled_from(every)))) if every else frozenset()
    return OutlineModul(id="m", title="t", group="inti", jp=1, sesi=tuple(sesi)), read


@given(courses())
def test_what_the_phone_locks_by_the_plan_is_what_the_server_locks(course):
    modul, read = course
    after, by_id = rules.opens_after(modul), {sesi.id: sesi for sesi in modul.sesi}
    for state in rules.sesi_states(modul, "k", read):
        unread = [one for one in after[state.sesi.id] if not set(rules.required_in(by_id[one])) <= read]
        shut = bool(unread) and not state.read and bool(state.sesi.steps)
        assert shut == (state.state == "lock")
        if shut:
            assert state.waits_for is not None
            assert unread[0] == state.waits_for.sesi.id
