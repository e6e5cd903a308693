"""Work that came in another's name or from a closed account: kept, shown to an admin of the unit, and decided."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, intake, notices, submissions
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.models import Photo
from p2k2lms.plugins.identity import passwords, service
from tests.conftest import WHO_ACTS
from tests.core.trial import NOON, held_keys, notes, with_trial
from tests.factories.identity import as_actor, someone, the_units
from tests.factories.photos import a_picture, sha_of

SECRET = "perahu ulin 7"


@pytest.fixture
def trial(app):
    with with_trial(app):
        yield app


@pytest.fixture
def siti(trial):
    """A pendamping in Kapuas, whom an admin of Kapuas looks after."""
    the_units()
    return someone("pendamping", "62.03", name="Siti", phone="+6281349772216", password_hash=passwords.hashed(SECRET))


@pytest.fixture
def admin(siti):
    return as_actor(someone("admin", "62.03", name="Admin Kapuas"))


def note(person_id, text="halo"):
    about = {"kind": "trial.note", "v": 2, "device": "HP lama", "seq": 1, "occurred_at": NOON.isoformat()}
    return {**about, "id": str(uuid.uuid4()), "person": person_id, "payload": {"text": text}}


def held_of(siti, text="halo"):
    """A note in her name that somebody in the next kabupaten sent; its key."""
    peer = someone("pendamping", "62.04", name="Rahmah")
    [answer] = intake.receive(as_actor(peer), [note(siti, text)])
    assert answer.status == "held"
    return held_keys()[-1]


def test_an_admin_sees_what_is_held_in_the_names_of_own_people_alone(siti, admin):
    key = held_of(siti)
    elsewhere = as_actor(someone("admin", "62.04"))
    [card] = service.held_submissions(admin).cards
    assert (card.key, card.name, card.sender, card.device) == (key, "Siti", "Rahmah", "HP lama")
    assert service.held_submissions(elsewhere).cards == ()
    with pytest.raises(NotFound):
        service.decide_submission(elsewhere, key, approve=True)
    with pytest.raises(NotAllowed):
        service.held_submissions(as_actor(siti))
    with pytest.raises(NotAllowed):
        service.decide_submission(as_actor(siti), key, approve=True)
    assert notes() == []


def test_nobody_decides_about_what_bears_or_was_sent_in_their_own_name(siti, admin):
    intake.receive(admin, [note(siti)])
    [card] = service.held_submissions(admin).cards
    with pytest.raises(Conflict):
        service.decide_submission(admin, card.key, approve=True)
    other = as_actor(someone("admin", "62.03"))
    assert service.decide_submission(other, card.key, approve=True).status == "accepted"
    assert notes() == ["halo"]


def test_a_refusal_needs_a_reason_and_the_person_is_told_it(siti, admin):
    key = held_of(siti)
    with pytest.raises(Invalid):
        service.decide_submission(admin, key, approve=False, reason="  ")
    service.decide_submission(admin, key, approve=False, reason="Siti tidak mengenalnya.")
    [told] = notices.of_person(siti)
    assert told.text.endswith("ditahan, ditolak: Siti tidak mengenalnya.")
    assert service.held_submissions(admin).cards == ()


def test_the_page_shows_who_and_when_but_not_what_and_takes_it(siti, admin, sign_in):
    officer = sign_in(admin)
    assert "Tidak ada yang ditahan" in officer.get("/kelola/kiriman").text
    key = held_of(siti, "isi yang rahasia")
    assert "/kelola/kiriman" in officer.get("/kelola").text
    page = officer.get("/kelola/kiriman").text
    assert ("Siti" in page, "Rahmah" in page, "rahasia" in page) == (True, True, False)
    refused = officer.post(f"/kelola/kiriman/{key}", data={"putusan": "tolak"})
    assert (refused.status_code, "Isi alasannya." in refused.text) == (422, True)
    assert officer.post(f"/kelola/kiriman/{key}", data={"putusan": "terima"}).status_code == 303
    assert notes() == ["isi yang rahasia"]
    assert officer.post(f"/kelola/kiriman/{key}", data={"putusan": "terima"}).status_code == 404


def test_what_the_rules_refuse_is_told_to_the_officer(siti, admin, sign_in):
    key = held_of(siti, "terlarang")
    officer = sign_in(admin)
    answer = officer.post(f"/kelola/kiriman/{key}", data={"putusan": "terima"})
    assert (answer.status_code, answer.location) == (303, f"/kelola/kiriman?ditolak={key}")
    assert "Kata ini tidak boleh." in officer.get(answer.location).text
    elsewhere = sign_in(as_actor(someone("admin", "62.04")))
    assert "Kata ini tidak boleh." not in elsewhere.get(answer.location).text
    assert service.held_submissions(admin).cards == ()


def send(phone, *envelopes):
    """What the phone does: a fresh token, then its envelopes; the answers, or the refusal's status."""
    token = phone.get("/api/v1/token")
    if token.status_code != 200:
        return token.status_code
    return phone.post("/api/v1/kiriman", json={"kiriman": envelopes}).json["jawaban"]


def test_the_phone_of_a_closed_account_leaves_its_work_and_reads_nothing(siti, admin, trial):
    phone, work = trial.test_client(), note(siti)
    assert phone.post("/masuk", data={"username": "081349772216", "password": SECRET}).status_code == 303
    service.close_account(admin, siti)
    assert phone.get("/akun").status_code == 302
    assert phone.put("/api/v1/posisi", json={}).status_code == 401
    [answer] = send(phone, work)
    assert (answer["status"], notes()) == ("held", [])
    [card] = service.held_submissions(admin).cards
    assert (card.name, card.sender) == ("Siti", "")
    service.decide_submission(admin, card.key, approve=True)
    [again] = send(phone, work)
    assert (again["status"], notes()) == ("duplicate", ["halo"])


def test_a_device_that_was_sent_away_leaves_nothing_whether_before_or_after(siti, admin, trial):
    phone = trial.test_client()
    phone.post("/masuk", data={"username": "081349772216", "password": SECRET})
    service.close_account(admin, siti)
    service.end_sessions(admin, siti)
    assert send(phone, note(siti)) == 401
    service.reopen_account(admin, siti)
    assert phone.get("/akun").status_code == 302


def test_who_comes_back_after_closing_signs_in_anew_and_the_work_counts(siti, admin, trial):
    phone, work = trial.test_client(), note(siti)
    way = {"username": "081349772216", "password": SECRET}
    phone.post("/masuk", data=way)
    service.close_account(admin, siti)
    [answer] = send(phone, work)
    service.reopen_account(admin, siti)
    assert phone.get("/akun").status_code == 302
    phone.post("/masuk", data=way)
    [again] = send(phone, work)
    assert (answer["status"], again["status"], notes()) == ("held", "accepted", ["halo"])
    assert again["receipt"] == answer["receipt"]


def test_work_of_a_closed_account_that_no_longer_fits_is_not_forced(siti, admin):
    [answer] = intake.receive(Actor(siti, "Siti", closed=True), [note(siti, "terlarang")])
    assert answer.status == "held"
    [card] = service.held_submissions(admin).cards
    assert service.decide_submission(admin, card.key, approve=True).status == "rejected"
    assert service.held_submissions(admin).cards == ()


def test_work_of_a_duty_that_ended_since_counts_as_of_the_day_it_came(siti, admin, trial, monkeypatch):
    roles = []
    kind = submissions.kinds()["trial.note"]
    watched = replace(kind, apply=lambda person, *_about: roles.append(person.roles) or [])
    monkeypatch.setitem(submissions.kinds(), "trial.note", watched)
    key = held_of(siti)
    with clock.stopped(clock.now() + timedelta(days=30)):
        [posting] = service.postings_of(siti)
        service.end_posting(admin, posting.id, clock.today() - timedelta(days=5), "pindah")
        assert service.decide_submission(admin, key, approve=True).status == "accepted"
    assert "pendamping" in roles[0]


def first_button(page, field="reason"):
    """The value of what Enter presses in each form that holds this field: its first button."""
    forms = re.findall(r"<form.*?</form>", page, re.S)
    return [re.findall(r'<button[^>]*value="(\w+)"', form)[0] for form in forms if f'name="{field}"' in form]


def test_enter_in_a_reason_is_never_a_yes(siti, admin, sign_in):
    held_of(siti)
    known, _waiting = service.own_data(as_actor(siti))
    service.ask_correction(as_actor(siti), replace(known, name="Siti Aminah"))
    officer = sign_in(admin)
    for address in ("/kelola/kiriman", "/kelola/perbaikan"):
        assert first_button(officer.get(address).text) == ["tolak"], address


def test_a_reason_that_is_too_long_is_told_and_not_lost(siti, admin, sign_in):
    key, long = held_of(siti), "panjang " * 40
    refused = sign_in(admin).post(f"/kelola/kiriman/{key}", data={"putusan": "tolak", "reason": long})
    assert (refused.status_code, long in refused.text) == (422, True)
    assert 'maxlength="200"' in refused.text
    assert held_keys() == [key]


def test_what_concerns_the_officer_has_no_button_and_answers_with_conflict(siti, admin, sign_in):
    intake.receive(admin, [note(siti)])
    officer, [key] = sign_in(admin), held_keys()
    page = officer.get("/kelola/kiriman").text
    assert ("Diputuskan admin lain" in page, 'name="putusan"' in page) == (True, False)
    assert officer.post(f"/kelola/kiriman/{key}", data={"putusan": "terima"}).status_code == 409
    assert held_keys() == [key]


def test_the_admin_is_told_at_home_and_in_kelola_that_something_is_held(siti, admin, sign_in):
    officer = sign_in(admin)
    assert "kiriman ditahan" not in officer.get("/kelola").text + officer.get("/").text
    held_of(siti)
    for address in ("/kelola", "/"):
        assert "1 kiriman ditahan, menunggu putusan Anda." in officer.get(address).text, address


def test_a_long_list_has_a_next_page_asks_little_and_leads_back_to_the_page_it_was_on(
    siti, admin, sign_in, count_queries
):
    peer = as_actor(someone("pendamping", "62.04"))
    for _n in range(2):
        intake.receive(peer, [note(siti) for _ in range(65)])
    officer, keys = sign_in(admin), held_keys()
    for address in ("/kelola/kiriman", f"/kelola/kiriman?setelah={keys[24]}", "/kelola"):
        with count_queries() as seen:
            page = officer.get(address).text
        assert len(seen) + WHO_ACTS <= 6, seen
    second = officer.get(f"/kelola/kiriman?setelah={keys[24]}").text
    assert second.count('aria-labelledby="k-') == 25
    assert f"/kelola/kiriman?setelah={keys[49]}" in second
    answer = officer.post(f"/kelola/kiriman/{keys[30]}", data={"putusan": "terima", "setelah": keys[24]})
    assert answer.location == f"/kelola/kiriman?setelah={keys[24]}"
    assert "100 kiriman atau lebih" in page
    for odd in ("x", "-1", str(2**40)):
        assert officer.get(f"/kelola/kiriman?setelah={odd}&ditolak={odd}").status_code == 200


def test_the_phone_of_a_closed_account_leaves_its_photos_too_and_sees_none(siti, admin, trial):
    phone, data = trial.test_client(), a_picture()
    phone.post("/masuk", data={"username": "081349772216", "password": SECRET})
    service.close_account(admin, siti)
    assert phone.put(f"/api/v1/foto/{sha_of(data)}", data=data).status_code == 200
    row = db.session.scalars(select(Photo)).one()
    assert (row.person_id, row.owner_kind) == (siti, "")
    service.end_sessions(admin, siti)
    assert phone.put(f"/api/v1/foto/{sha_of(data)}", data=data).status_code == 401
