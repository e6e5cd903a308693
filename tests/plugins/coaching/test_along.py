"""What a phone takes along to observe without signal, and a photo that a sheet carries."""

import io
import json

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, photos
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotFound
from p2k2lms.core.models import Photo
from p2k2lms.plugins.coaching import service
from tests.conftest import WHO_ACTS
from tests.factories.coaching import a_walk, walks_on, watches
from tests.factories.enrolment import BANJAR
from tests.factories.identity import as_actor, someone, supervised
from tests.factories.photos import a_picture

PLAN = "/api/v1/paket/bimbingan"
TODAY = clock.today()


def test_a_learner_takes_the_own_next_meetings_and_a_coach_those_of_who_is_in_care(both):
    walk = a_walk()
    visited = someone("pendamping", BANJAR)
    supervised(walk.coach.id, visited)
    own = service.along(walk.learner).people
    assert [(one.own, one.path_id, [key.sesi for key in one.sheets]) for one in own] == [
        (True, walk.path.id, ["tf-s01", "m1-s01"])
    ]
    found = service.along(walk.coach)
    assert [(one.person_id, one.path_id) for one in found.people] == [(walk.path.person_id, walk.path.id), (visited, 0)]
    assert [key.sesi for key in found.people[1].sheets] == ["m1-s01"]
    walks_on(walk, 1, "tf-s01")
    assert [key.sesi for key in service.along(walk.learner).sheets] == ["m1-s01"]
    assert service.along(as_actor(someone("supervisor", BANJAR))).people == ()


def test_the_plan_names_files_that_are_what_they_say(app, sign_in, count_queries):
    walk = a_walk()
    page = sign_in(walk.coach)
    page.get(PLAN)
    with count_queries() as seen:
        plan = page.get(PLAN).json
    assert len(seen) <= 5 + WHO_ACTS, seen
    sheet = plan["modul"][0]["sesi"][0]
    assert plan["people"][0]["sheets"][0] == sheet["id"]
    answer = page.get(sheet["file"]["url"])
    assert 'name="sent_level_0"' in json.loads(answer.text)["fields"]
    assert page.get(sheet["file"]["url"].replace(".json", "x.json")).status_code == 404
    assert page.get(f"{PLAN}/999/m1-s01-0123456789abcdef.json").status_code == 404


def test_a_photo_belongs_to_its_sheet_and_is_seen_by_who_sees_that(both, sign_in):
    walk = a_walk()
    sha = photos.receive(walk.coach, a_picture())
    assert watches(walk.coach, walk.path.person_id, walk.version_id, photo=sha).status == "accepted"
    sheet = service.sheets_of(walk.path.person_id)[0]
    found = service.seen(walk.learner, sheet.id).photos
    assert len(found) == 1
    assert service.photo(walk.learner, sheet.id, found[0].id)[:2] == b"\xff\xd8"
    with pytest.raises(NotFound):
        service.photo(as_actor(someone("supervisor", BANJAR)), sheet.id, found[0].id)
    with pytest.raises(NotFound):
        service.photo(walk.learner, sheet.id, found[0].id + 1)
    url = f"/bimbingan/amatan/{sheet.id}"
    assert f'src="{url}/foto/{found[0].id}"' in sign_in(walk.learner).get(url).text
    again = watches(walk.coach, walk.path.person_id, walk.version_id, photo=sha)
    assert (again.status, again.faults[0].field) == ("rejected", "payload.photo")
    assert watches(walk.coach, walk.path.person_id, walk.version_id, photo="0" * 64).status == "rejected"
    assert len(service.sheets_of(walk.path.person_id)) == 1


def test_a_form_without_script_brings_its_photo_and_keeps_what_was_ticked_when_it_is_none(app, sign_in):
    walk = a_walk()
    page = sign_in(walk.coach)
    url = f"/bimbingan/amatan/baru/{walk.path.person_id}/{walk.version_id}/m1-s01"
    told = {"on_day": TODAY.isoformat(), "context": "latihan", "evidence": "Semua bicara", "sent_level_0": "3"}

    def post(body: bytes, **more: str):
        return page.post(url, data=told | more | {"foto": (io.BytesIO(body), "foto.jpg")})

    for body, more, said in ((a_picture(), {}, "tidak ada wajah anak"), (b"bukan foto", {"photo_ok": "1"}, "foto")):
        answer = post(body, **more)
        assert answer.status_code == 422
        assert said in answer.text
        assert "Semua bicara" in answer.text
        assert 'value="3" data-level-of="0" checked' in answer.text
    assert post(a_picture(), photo_ok="1").status_code == 303
    assert db.session.scalars(select(Photo.owner_kind)).all() == ["coaching.observation"]


def test_a_supervisor_observes_at_a_meeting_whom_no_path_brings(app, sign_in):
    walk = a_walk()
    supervisor, person = someone("supervisor", BANJAR), someone("pendamping", BANJAR)
    supervised(supervisor, person)
    page = sign_in(as_actor(supervisor))
    link = f"/bimbingan/amatan/baru/{person}/{walk.version_id}/m1-s01?konteks=pertemuan"
    assert link in page.get(f"/bimbingan/orang/{person}/amatan").text.replace("&amp;", "&")
    assert page.get(link).status_code == 200
    koordinator = sign_in(as_actor(someone("koordinator", BANJAR)))
    assert "amatan/baru" not in koordinator.get(f"/bimbingan/orang/{person}/amatan").text
