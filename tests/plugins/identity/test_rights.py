"""Data rights: the clock of the law, answers that can be taken back, one's own data, requests, breaches, retention."""

import io
import json
from datetime import UTC, datetime, timedelta

import pypdf
import pytest

from p2k2lms.core import clock, jobs, retention
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.models import Job, Notice
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.consents import NOTICE, SURVEYS, TEXTS
from p2k2lms.plugins.identity.models import Consent
from p2k2lms.plugins.identity.rules.rights import clock_of
from p2k2lms.plugins.identity.service import BreachData
from p2k2lms.plugins.identity.wording import row_in_words
from tests.factories.identity import a_person, as_actor, someone, the_units

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "left", "state"),
    [
        *((0, 72, "tenang"), (47, 25, "tenang"), (48, 24, "segera")),
        *((71.5, 0, "segera"), (72.5, 0, "lewat"), (80, -8, "lewat")),
    ],
)
def test_the_clock_of_72_hours(hours, left, state):
    now = clock_of(NOON, NOON + timedelta(hours=hours))
    assert (now.hours, now.state, now.due) == (left, state, NOON + timedelta(days=3))


def test_no_version_of_a_text_is_said_twice():
    assert len({(text.key, text.version) for text in TEXTS}) == len(TEXTS)


@pytest.fixture
def people(both):
    """A pendamping and an admin of Kapuas, and an admin of another kabupaten."""
    the_units()
    ids = [someone("pendamping", "62.03"), someone("admin", "62.03"), someone("admin", "63.03")]
    return [as_actor(one) for one in ids]


def test_an_answer_is_kept_with_its_version_and_may_be_taken_back(people):
    me = people[0]
    assert [(one.text.key, one.agreed, one.given) for one in service.own_answers(me)] == [
        (NOTICE, False, None),
        (SURVEYS, True, None),
    ]
    assert service.who_declined(SURVEYS, [me.id]) == set()
    for agreed in (False, False, True, False):
        service.say(me, SURVEYS, 1, agreed)
    assert [row.agreed for row in db.session.scalars(db.select(Consent).order_by(Consent.id))] == [False, True, False]
    assert service.who_declined(SURVEYS, [me.id, people[1].id]) == {me.id}
    with pytest.raises(Invalid):
        service.say(me, NOTICE, 1, False)
    with pytest.raises(NotFound):
        service.say(me, SURVEYS, 99, True)


def test_a_request_is_answered_by_an_admin_of_the_unit_alone(people):
    me, admin, stranger = people
    service.ask_erasure(me)
    service.ask_erasure(me)
    [card] = service.requests(admin)
    assert (card.person_id, card.clock.hours) == (me.id, 72)
    assert service.requests(stranger) == []
    for act in (service.carry_out, lambda actor, number: service.refuse_erasure(actor, number, "x")):
        with pytest.raises(NotFound):
            act(stranger, card.id)
    with pytest.raises(Invalid):
        service.refuse_erasure(admin, card.id, "  ")
    service.refuse_erasure(admin, card.id, "Pemeriksaan masih berjalan.")
    with pytest.raises(Conflict):
        service.refuse_erasure(admin, card.id, "lagi")
    assert service.own_request(me) is None
    assert db.session.query(Notice).one().params == {"reason": "Pemeriksaan masih berjalan."}
    service.ask_erasure(me)
    service.take_back(me)
    assert [c.state for c in service.requests(admin)] == ["ditarik", "ditolak"]


def test_on_paper_a_row_is_said_in_words_and_neither_a_no_nor_a_zero_is_left_out(app):
    row = {"status": "active", "agreed": False, "points": 0, "at": NOON.isoformat(), "birth_date": "1990-08-17"}
    said = (
        "keadaan: aktif; setuju: tidak; nilai: 0; waktu: 21 November 2026, 12.00 WITA; tanggal lahir: 17 Agustus 1990"
    )
    assert row_in_words(row | {"id": 7, "note": "", "email": None}) == said
    assert row_in_words({"id": 7}) == "-"


def test_what_was_sent_is_called_as_its_sender_calls_it_on_paper_and_in_the_audit(app):
    sent = {"kind": "assessment.answer", "status": "accepted"}
    assert row_in_words(sent) == "jenis: Jawaban tes; keadaan: diterima"
    done = [row_in_words({"use_case": act}) for act in ("intake.assessment.answer", "identity.add_person", "test.act")]
    assert done == ["perbuatan: Jawaban tes", "perbuatan: Orang ditambahkan", "perbuatan: test.act"]


def test_who_never_worked_is_made_nameless_and_cannot_come_back(people):
    me, admin = as_actor(a_person(name="Zulkifli", email="z@contoh.id")), people[1]
    top = as_actor(someone("admin", "ID"))
    service.ask_erasure(me)
    assert service.requests(admin) == []
    [card] = service.requests(top)
    service.carry_out(top, card.id)
    told = service.data_copy(me)["data"]["identity_person"]["rows"][0]
    assert (told["name"], told["phone"], told["email"], told["status"]) == (f"Tanpa nama {me.id}", None, None, "closed")


def test_nobody_answers_a_request_of_his_own(people):
    admin = people[1]
    service.ask_erasure(admin)
    with pytest.raises(Conflict, match="admin lain"):
        service.carry_out(admin, service.requests(admin)[0].id)


def test_a_breach_is_logged_within_own_units_and_told_once(people):
    _me, admin, stranger = people
    data = BreachData("62.03", clock.now() - timedelta(hours=50), "HP hilang", "nama dan nomor HP", 12, "sandi diganti")
    with pytest.raises(Invalid):
        service.log_breach(stranger, data)
    with pytest.raises(Invalid, match="belum tiba"):
        service.log_breach(admin, BreachData("62.03", clock.now() + timedelta(hours=1), "x", "x", 0, "x"))
    number = service.log_breach(admin, data)
    [card] = service.breaches(admin)
    assert (card.clock.hours, card.clock.state, card.told) == (22, "segera", False)
    with pytest.raises(NotFound):
        service.note_told(stranger, number, "lembaga")
    service.note_told(admin, number, "lembaga")
    with pytest.raises(Conflict):
        service.note_told(admin, number, "lembaga")
    service.note_told(admin, number, "orang")
    assert service.breaches(admin)[0].told
    assert service.breaches(stranger) == []


def test_what_has_outlived_its_time_goes_and_leaves_minutes_without_names(both):
    with unit_of_work("test.fill") as uow:
        for days in (10, 40):
            at = clock.now() - timedelta(days=days)
            uow.add(Job(name="core.send_mail", payload={"to": "a@contoh.id"}, queued_at=at, done_at=at))
    retention.keep()
    retention.keep()
    [line] = retention.minutes()
    assert (line.record_class, line.number) == ("core.job", 1)
    assert line.before == clock.today() - timedelta(days=30)
    assert db.session.query(Job).filter(Job.done_at.is_not(None)).count() == 1
    assert retention.JOB in jobs.known()


def test_the_pages_carry_out_the_rights(app, sign_in):
    the_units()
    me, admin = as_actor(someone("pendamping", "62.03")), as_actor(someone("admin", "62.03"))
    browser, office = sign_in(me), sign_in(admin)
    assert "Belum Anda jawab" in browser.get("/akun/hak").text
    browser.post(f"/akun/hak/persetujuan/{SURVEYS}", data={"version": "1", "agreed": "0"})
    assert "Anda menarik diri" in browser.get("/akun/hak").text
    told = browser.get("/akun/hak/data.json")
    assert "no-store" in told.headers["Cache-Control"]
    assert json.loads(told.text)["data"]["identity_consent"]["rows"][0]["agreed"] is False
    paper = pypdf.PdfReader(io.BytesIO(browser.get("/akun/hak/data.pdf").data))
    printed = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
    row = service.data_copy(me)["data"]["identity_person"]["rows"][0]
    assert {word for word in (row["name"], row["pkh_id"], row["phone"]) if word and word not in printed} == set()
    assert browser.post("/akun/hak/hapus").status_code == 303
    assert me.name in office.get("/kelola/hak").text
    kept = office.post("/kelola/hak/1/jalankan")
    assert (kept.status_code, "masih bertugas" in kept.text) == (409, True)
    assert "Hapus data orang ini" not in kept.text
    assert office.post("/kelola/hak/1", data={"reason": ""}).status_code == 422
    service.end_posting(admin, service.postings_of(me.id)[0].id, clock.today(), "")
    assert "Hapus data orang ini" in office.get("/kelola/hak/1").text
    assert office.post("/kelola/hak/1/jalankan").status_code == 422
    assert me.name in office.get("/kelola/hak").text
    assert office.post("/kelola/hak/1/jalankan", data={"sure": "1"}).status_code == 303
    assert me.name not in office.get("/kelola/hak").text
    bad = office.post("/kelola/insiden", data={"unit_code": "62.03", "what": "HP hilang", "people": "x"})
    assert (bad.status_code, "HP hilang" in bad.text) == (422, True)


def test_a_class_of_records_that_fails_keeps_no_other_waiting(both, monkeypatch):
    def breaks(_day):
        raise RuntimeError("padam")

    at = clock.now() - timedelta(days=40)
    with unit_of_work("test.fill") as uow:
        uow.add(Job(name="core.send_mail", payload={"to": "a@contoh.id"}, queued_at=at, done_at=at))
    broken = retention.RecordClass("test.broken", "x", "x", days=1, sweep=breaks)
    monkeypatch.setitem(both.extensions, "retention", (broken, *retention.classes()))
    with pytest.raises(ExceptionGroup, match="not kept to its time"):
        retention.keep()
    assert [line.record_class for line in retention.minutes()] == ["core.job"]
