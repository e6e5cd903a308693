"""A role-play scene: played by plain links, kept as practice, taken along, and without weight for completion."""

import json
import re
from datetime import timedelta

import pytest

from p2k2lms.core import clock, intake
from p2k2lms.core.db import db
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import rules, service
from p2k2lms.plugins.delivery.models import ScenePlayed
from p2k2lms.plugins.delivery.values import SceneResult
from tests.factories.catalogue import TINY, a_course
from tests.factories.delivery import a_learner, a_longer_course, an_envelope
from tests.factories.enrolment import the_unit
from tests.factories.identity import as_actor, someone

NAME = "tf-s01-a01"
HERE = f"/belajar/{TINY}/tf-s01/adegan/{NAME}"


@pytest.fixture(autouse=True)
def places(app):
    the_unit("R4"), a_course()


def sends(actor, card, way, **traits):
    told = {"course": TINY, "version_id": card.version_id, "step": NAME, "way": way}
    return intake.receive(actor, [an_envelope(actor, NAME, card.version_id, payload=told, **traits)])[0]


def kept(actor):
    db.session.expire_all()
    return db.session.get(ScenePlayed, (actor.id, TINY, NAME))


@pytest.mark.parametrize(
    ("way", "end", "expected"),
    [
        ("", None, SceneResult((), (), ())),
        ("1.0", "baik", SceneResult(("b01",), (), ())),
        ("0.0", "cukup", SceneResult((), ("b01",), ())),
        ("0.1", "ulang", SceneResult((), (), ("b01",))),
        ("1", None, SceneResult(("b01",), (), ())),
    ],
)
def test_a_way_leads_to_a_moment_and_shows_what_it_shows(way, end, expected):
    scene = catalogue.scenes(catalogue.latest(TINY).id)[NAME]
    walk = rules.walk(scene, way)
    assert (walk.now.end, rules.result(walk.taken)) == (end, expected)


@pytest.mark.parametrize("way", ["7", "1.0.0", "a", "1..0", "-1", "²", "9" * 5000])
def test_a_way_that_the_scene_does_not_have_is_no_page(sign_in, way):
    with pytest.raises(rules.NoSuchWay):
        rules.walk(catalogue.scenes(catalogue.latest(TINY).id)[NAME], way)
    assert sign_in(a_learner()[0]).get(HERE, query_string={"jalan": way}).status_code == 404


def test_every_end_is_found_by_tapping_links_and_each_tap_says_what_it_showed(sign_in):
    page = sign_in(a_learner()[0])
    ends, open_ways, texts = [], [HERE], {}
    while open_ways:
        url = open_ways.pop()
        texts[url] = page.get(url).text
        onward = re.findall(r'href="([^"]+\?jalan=[^"#]+)#isi"', texts[url])
        open_ways += onward
        ends += [] if onward else [url]
    assert {url.partition("=")[2] for url in ends} == {"0.0", "0.1", "1.0", "1.1"}
    assert "Hujan turun." in texts[HERE]
    assert "Suara Anda habis." in texts[f"{HERE}?jalan=0"]
    assert "Belum terlihat: Membuka dengan tujuan." in texts[f"{HERE}?jalan=0"]
    assert "1 dari 1 perilaku terlihat di jalan ini" in texts[f"{HERE}?jalan=1.0"]


def test_a_played_scene_is_kept_by_a_plain_form_and_told_at_the_outline_but_counts_for_nothing(sign_in):
    actor, card = a_learner()
    page = sign_in(actor)
    before = service.outline(actor, TINY, "hp").share
    answer = page.post(HERE, data={"way": "1.0", "sent_id": "6b3b7f7e-3f4a-4d0e-9b1a-0c8f9c5f2a10"})
    assert (answer.status_code, answer.location) == (303, f"/belajar/{TINY}#tf-s01")
    assert (kept(actor).way, kept(actor).version_id) == ("1.0", card.version_id)
    assert "Sudah dimainkan" in page.get(f"/belajar/{TINY}").text
    assert "Terakhir: 1 dari 1 perilaku terlihat" in page.get(HERE).text
    assert service.outline(actor, TINY, "hp").share == before
    assert service.done_steps(actor.id, TINY) == frozenset()


def test_of_two_plays_the_newest_is_kept_whichever_comes_first(app):
    actor, card = a_learner()
    now = clock.now()
    assert sends(actor, card, "1.0", occurred_at=now.isoformat()).status == "accepted"
    earlier = (now - timedelta(hours=2)).isoformat()
    assert sends(actor, card, "0.1", occurred_at=earlier, seq=2).status == "accepted"
    assert kept(actor).way == "1.0"


@pytest.mark.parametrize(("way", "message"), [("0", "belum selesai"), ("5.5", "tidak ada dalam adegan")])
def test_a_way_without_end_is_refused_in_words(app, way, message):
    actor, card = a_learner()
    answer = sends(actor, card, way)
    assert answer.status == "rejected"
    assert message in answer.faults[0].message
    assert kept(actor) is None


def test_a_scene_is_locked_with_its_sesi(app, sign_in):
    a_longer_course()
    page = sign_in(a_learner()[0])
    locked = f"/belajar/{TINY}/tf-s02/adegan/tf-s02-a01"
    shown = page.get(locked).text
    assert "Adegan ini belum terbuka" in shown
    assert "jalan=" not in shown


def test_staff_who_look_play_without_leaving_a_trace(sign_in):
    trainer = as_actor(someone("widyaiswara", "R4"))
    page = sign_in(trainer)
    assert "Simpan hasil" not in page.get(f"{HERE}?jalan=1.0").text
    assert page.post(HERE, data={"way": "1.0"}).status_code == 303
    assert kept(trainer) is None


def test_a_phone_takes_the_scene_along_with_the_titles_of_what_it_looks_at(sign_in):
    page = sign_in(a_learner()[0])
    plan = page.get(f"/api/v1/paket/{TINY}").json
    sesi = next(s for modul in plan["modul"] for s in modul["sesi"] if s["id"] == "tf-s01")
    assert sesi["scenes"] == [{"id": NAME, "title": "Hujan di atap seng", "minutes": 5}]
    scene = json.loads(page.get(sesi["file"]["url"]).data)["scenes"][NAME]
    assert scene["behaviours"] == {"b01": "Membuka dengan tujuan"}
    assert scene["moments"]["mulai"]["choices"][1]["to"] == "rapat"


def test_a_scene_page_asks_few_queries(sign_in, count_queries):
    page = sign_in(a_learner()[0])
    page.get(HERE)
    with count_queries() as counted:
        page.get(HERE)
    assert len(counted) <= 6
