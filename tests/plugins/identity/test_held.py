"""Work that came in another's name or from a closed account: kept, shown to an admin of the unit, and decided."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from p2k2lms.core import clock, intake, journal, notices, submissions
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.identity import passwords, service
from tests.core.trial import NOON, notes, with_trial
from tests.factories.identity import as_actor, someone, the_units

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
    return journal.held_of([siti], 10)[-1].key


def test_an_admin_sees_what_is_held_in_the_names_of_own_people_alone(siti, admin):
    key = held_of(siti)
    elsewhere = as_actor(someone("admin", "62.04"))
    [card] = service.held_submissions(admin)
    assert (card.key, card.name, card.sender, card.device) == (key, "Siti", "Rahmah", "HP lama")
    assert service.held_submissions(elsewhere) == []
    with pytest.raises(NotFound):
        service.decide_submission(elsewhere, key, approve=True)
    with pytest.raises(NotAllowed):
        service.held_submissions(as_actor(siti))
    with pytest.raises(NotAllowed):
        service.decide_submission(as_actor(siti), key, approve=True)
    assert notes() == []


def test_nobody_decides_about_what_bears_or_was_sent_in_their_own_name(siti, admin):
    intake.receive(admin, [note(siti)])
    [card] = service.held_submissions(admin)
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
    assert service.held_submissions(admin) == []


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
    answer = sign_in(admin).post(f"/kelola/kiriman/{key}", data={"putusan": "terima"})
    assert (answer.status_code, "Kata ini tidak boleh." in answer.text) == (200, True)
    assert service.held_submissions(admin) == []


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
    [card] = service.held_submissions(admin)
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
    [card] = service.held_submissions(admin)
    assert service.decide_submission(admin, card.key, approve=True).status == "rejected"
    assert service.held_submissions(admin) == []


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
