"""Codes that let people in: activation by slip or text, reset by a helper, and corrections of own data."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pypdf
import pytest
from sqlalchemy import select

from p2k2lms.core import clock, notices, sheets
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.identity import passwords, service
from p2k2lms.plugins.identity.models import Correction, EntryCode, Person
from p2k2lms.plugins.identity.rules import codes as rules
from tests.conftest import WHO_ACTS
from tests.factories.identity import as_actor, someone, supervised, the_units
from tests.plugins.identity.conftest import NOON

SECRET, NEW = "perahu ulin 7", "jukung biru 9"
MOST_QUERIES = 6


@pytest.fixture(scope="module")
def hashed():
    return passwords.hashed(SECRET)


@pytest.fixture
def people(app, hashed):
    """An admin, a supervisor, a pendamping of his with a password, and one who never came in; all in Kapuas."""
    return cast(hashed)


def cast(hashed):
    the_units()
    made = {
        "admin": someone("admin", "62.03", password_hash=hashed),
        "supervisor": someone("supervisor", "62.03", password_hash=hashed, name="Rahmah"),
        "siti": someone("pendamping", "62.03", phone="+6281349772216", password_hash=hashed, name="Siti"),
        "baru": someone("pendamping", "62.03", phone="+6281349772217", name="Baru", pkh_id="baru1"),
    }
    supervised(made["supervisor"], made["siti"])
    return {name: as_actor(person_id) for name, person_id in made.items()}


def a_door(address="10.0.0.1"):
    return service.Door("", "Chrome, Android", address, "rahasia")


def use(code, password=NEW, name="", phone="", door=None):
    return service.use_code(code, password, service.Confirmed(name, phone), door or a_door())


def password_of(person_id):
    return db.session.scalar(select(Person.password_hash).where(Person.id == person_id))


def test_a_code_has_eight_signs_and_no_two_that_look_alike():
    assert not set(rules.ALPHABET) & set("0O1IL2Z5S8BU")
    signs = iter("ACDEFGHJ")
    code = rules.new(lambda alphabet: next(signs))
    assert (code, rules.grouped(code), rules.read(" acde-fghj ")) == ("ACDEFGHJ", "ACDE-FGHJ", "ACDEFGHJ")
    assert [rules.read(text) for text in ("", "ACDE", "ACDEFGH0", "ACDEFGHJK", "A" * 500)] == [None] * 5


@pytest.mark.parametrize(
    ("by_admin", "roles", "below", "fault"),
    [
        (False, {"pendamping"}, False, ""),
        (False, {"pendamping", "supervisor"}, False, "upward"),
        (False, set(), False, "upward"),
        (True, {"supervisor"}, True, ""),
        (True, {"supervisor"}, False, "upward"),
        (True, {"koordinator"}, True, "second"),
        (True, {"pendamping", "admin"}, True, "second"),
        (False, {"evaluator"}, False, "second"),
    ],
)
def test_a_reset_never_leads_upward_nor_to_a_role_with_a_second_factor(by_admin, roles, below, fault):
    assert rules.reset_fault(by_admin, roles, below) == fault


def test_an_activation_code_sets_the_password_once_and_confirms_name_and_phone(both, hashed):
    people = cast(hashed)
    made = service.activation_codes(people["admin"], [people["baru"].id])[0]
    assert made.until == NOON + timedelta(days=30)
    kept = db.session.scalars(select(EntryCode)).one()
    assert made.code.replace("-", "") not in (kept.code_hash, str(vars(kept)))
    assert use(made.code.lower(), name="Baru, S.Sos.", phone="0813 4977 2218") == people["baru"].id
    row = db.session.get(Person, people["baru"].id, populate_existing=True)
    assert passwords.fits(NEW, row.password_hash)
    assert (row.phone, row.name_on_certificate, row.confirmed_at) == ("+6281349772218", "", NOON)
    asked = service.open_corrections(people["admin"])[0]
    assert asked.changes == (("name_on_certificate", "", "Baru, S.Sos."),)
    with pytest.raises(Invalid, match="sudah dipakai"):
        use(made.code)


def test_a_code_that_two_use_in_the_same_moment_opens_for_one(both, hashed):
    people = cast(hashed)
    code = service.activation_codes(people["admin"], [people["baru"].id])[0].code
    start = Barrier(2)

    def race(password):
        with both.app_context(), clock.stopped(NOON):
            start.wait()
            try:
                return use(code, password) and password
            except Invalid:
                return None

    with ThreadPoolExecutor(2) as hands:
        opened = [won for won in hands.map(race, ["perahu ulin 71", "jukung biru 91"]) if won]
    assert len(opened) == 1
    assert passwords.fits(opened[0], password_of(people["baru"].id))


@pytest.mark.parametrize(("kind", "minutes"), [("activation", 30 * 24 * 60), ("reset", 15)])
def test_a_code_is_too_old_in_time_and_a_newer_one_ends_it(people, kind, minutes):
    def make():
        if kind == "reset":
            return service.reset_code(people["supervisor"], people["siti"].id).code
        return service.activation_codes(people["admin"], [people["baru"].id])[0].code

    first = make()
    second = make()
    with pytest.raises(Invalid):
        service.look_at_code(first, a_door())
    with clock.stopped(NOON + timedelta(minutes=minutes, seconds=-1)):
        assert service.look_at_code(second, a_door()).first is (kind == "activation")
    with clock.stopped(NOON + timedelta(minutes=minutes)), pytest.raises(Invalid):
        use(second)


def test_a_bad_password_or_phone_leaves_the_code_as_it_was(people):
    code = service.activation_codes(people["admin"], [people["baru"].id])[0].code
    for refused, field in (({"password": "pendek"}, "password"), ({"phone": "12"}, "phone")):
        with pytest.raises(Invalid) as told:
            use(code, **refused)
        assert told.value.field == field
    with pytest.raises(Invalid, match="dipakai orang lain"):
        use(code, phone="081349772216")
    assert password_of(people["baru"].id) is None
    assert use(code) == people["baru"].id


def test_who_guesses_codes_waits_and_a_class_behind_one_address_does_not(people):
    code = service.activation_codes(people["admin"], [people["baru"].id])[0].code
    for second, typed in enumerate(["ACDEFGHJ"] * 49 + [code] * 5 + ["ACDEFGHJ"]):
        with clock.stopped(NOON + timedelta(seconds=second)):
            if typed == code:
                assert service.look_at_code(code, a_door()).first
            else:
                with pytest.raises(Invalid):
                    service.look_at_code(typed, a_door())
    with clock.stopped(NOON + timedelta(seconds=56)):
        with pytest.raises(service.TooMany):
            service.look_at_code(code, a_door())
        assert service.look_at_code(code, a_door("10.0.0.2")).first


def test_an_activation_is_for_own_people_who_never_came_in(people):
    far = someone("pendamping", "63.03")
    with pytest.raises(NotFound):
        service.activation_codes(people["admin"], [people["baru"].id, far])
    with pytest.raises(Conflict):
        service.activation_codes(people["admin"], [people["siti"].id])
    with pytest.raises(NotAllowed):
        service.activation_codes(people["supervisor"], [people["baru"].id])
    assert [line.name for line in service.waiting(people["admin"])[0]] == ["Baru"]


def test_slips_stand_eight_on_a_page_and_texts_in_a_sheet_and_each_code_opens(people, sign_in):
    ids = [someone("pendamping", "62.03", name=f"Orang Slip {n}") for n in range(9)]
    browser = sign_in(people["admin"])
    answer = browser.post("/kelola/kode", data={"people": ids, "sebagai": "slip"})
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 2
    printed = "\n".join(page.extract_text() for page in pages)
    codes = re.findall(rf"\b[{rules.ALPHABET}]{{4}}-[{rules.ALPHABET}]{{4}}\b", printed)
    assert len(set(codes)) == 9
    assert service.look_at_code(codes[0], a_door()).person.id in ids
    answer = browser.post("/kelola/kode", data={"people": ids[:2], "sebagai": "teks"})
    rows = sheets.read(answer.data)
    assert rows[1][2] in rows[1][3]
    assert service.look_at_code(rows[1][2], a_door()).person.name == rows[1][0] == "Orang Slip 0"
    assert browser.post("/kelola/kode", data={}).status_code == 422


def test_a_reset_ends_other_sessions_and_is_told_at_three_sign_ins(both, hashed):
    people = cast(hashed)

    def signed_in(password):
        browser = both.test_client()
        browser.post("/masuk", data={"username": "081349772216", "password": password})
        return browser

    old = signed_in(SECRET)
    code = service.reset_code(people["supervisor"], people["siti"].id).code
    fresh = both.test_client()
    assert "Siti" in fresh.post("/masuk/kode", data={"code": code}).text
    sent = {"code": code, "password": NEW, "again": NEW}
    assert fresh.post("/masuk/kode/pakai", data=sent).location == "/"
    assert fresh.get("/akun").status_code == 200
    assert old.get("/akun").status_code == 302
    assert both.test_client().post("/masuk/kode/pakai", data=sent).status_code == 422
    told = []
    for _ in range(4):
        browser = signed_in(NEW)
        told.append("Kode dibuat oleh Rahmah" in browser.get("/").text)
        browser.post("/akun/reset/lihat")
        assert "Kode dibuat oleh" not in browser.get("/").text
    assert told == [True, True, True, False]


def test_the_news_of_a_reset_asks_the_database_nothing(people, app, count_queries):
    browser = app.test_client()
    browser.post("/masuk", data={"username": "081349772216", "password": SECRET})
    with count_queries() as quiet:
        browser.get("/")
    with browser.session_transaction() as session:
        session["kabar_reset"] = ["Rahmah, kemarin"]
    with count_queries() as telling:
        assert "Rahmah" in browser.get("/").text
    assert len(telling) == len(quiet)


def test_the_coordinator_sees_each_reset_of_the_own_unit(people, sign_in, count_queries):
    service.reset_code(people["supervisor"], people["siti"].id)
    near, far = as_actor(someone("koordinator", "62.03")), as_actor(someone("koordinator", "63.03"))
    with count_queries() as seen:
        page = sign_in(near).get("/orang/kode").text
    assert len(seen) + WHO_ACTS <= MOST_QUERIES
    assert "Siti" in page
    assert "oleh Rahmah" in page
    assert "Siti" not in sign_in(far).get("/orang/kode").text


def test_a_correction_is_asked_by_the_person_and_decided_by_an_admin(both, hashed):
    people = cast(hashed)
    known, waiting = service.own_data(people["siti"])
    assert waiting is None
    service.ask_correction(people["siti"], replace(known, name="Siti Aminah"))
    service.ask_correction(people["siti"], replace(known, name="Siti Aminah, S.Sos.", pkh_id="lain1"))
    assert db.session.execute(db.text("SELECT wanted FROM identity_correction")).scalar().startswith("1.")
    card = service.open_corrections(people["admin"])[0]
    assert card.changes == (("name", "Siti", "Siti Aminah, S.Sos."),)
    with pytest.raises(NotAllowed):
        service.decide_correction(people["supervisor"], card.id, True)
    with pytest.raises(NotFound):
        service.decide_correction(as_actor(someone("admin", "63.03")), card.id, True)
    with pytest.raises(Invalid):
        service.decide_correction(people["admin"], card.id, False, " ")
    service.decide_correction(people["admin"], card.id, True)
    assert service.person(people["siti"].id).name == "Siti Aminah, S.Sos."
    assert "sudah diperbaiki" in notices.of_person(people["siti"].id)[0].text
    with pytest.raises(Conflict):
        service.decide_correction(people["admin"], card.id, True)
    assert db.session.scalars(select(Correction.wanted)).one() is None


def test_nobody_decides_about_oneself_and_a_bad_wish_is_refused_beside_its_field(people, sign_in):
    known, _ = service.own_data(people["admin"])
    service.ask_correction(people["admin"], replace(known, name="Raja"))
    card = service.open_corrections(people["admin"])[0]
    with pytest.raises(Conflict):
        service.decide_correction(people["admin"], card.id, True)
    browser = sign_in(people["siti"])
    answer = browser.post("/akun/perbaikan", data={"name": "S", "phone": "081349772216"})
    assert (answer.status_code, "Isi nama lengkap." in answer.text) == (422, True)
    assert browser.post("/akun/perbaikan", data={"name": "Siti B.", "phone": "081349772216"}).status_code == 303
    assert "Siti B." in browser.get("/akun/perbaikan").text
    assert "Siti B." in sign_in(people["admin"]).get("/kelola/perbaikan").text
