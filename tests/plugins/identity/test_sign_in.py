"""Coming in and going out: the form, the slow-down, sessions, passwords, the accounts of a demo."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from nacl.pwhash import argon2id
from sqlalchemy import func, select

from p2k2lms.core import audit, clock, nature
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.models import Audit
from p2k2lms.plugins.identity import passwords, service
from p2k2lms.plugins.identity.models import LoginSession, Person, SignInAttempt
from tests.factories.identity import a_person, a_posting, someone, the_units
from tests.plugins.identity.conftest import NOON

SECRET = "perahu ulin 7"
PHONE_BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/142.0 Mobile Safari/537.36"}


@pytest.fixture(scope="module")
def hashed():
    return passwords.hashed(SECRET)


@pytest.fixture
def siti(app, hashed):
    """An account with a password, without a posting."""
    return a_person(name="Siti", phone="+6281349772216", email="siti@contoh.id", pkh_id="62kps01", password_hash=hashed)


def a_door(device="d" * 32, address="10.0.0.1"):
    return service.Door(device, "Chrome, Android", address, "rahasia")


def post(browser, word="081349772216", password=SECRET, **more):
    return browser.post("/masuk", data={"username": word, "password": password, **more}, headers=PHONE_BROWSER)


@pytest.mark.parametrize(
    "word", ["081349772216", "+62 813-4977-2216", "siti@contoh.id", "SITI@Contoh.id ", "62kps01", "62KPS01"]
)
def test_phone_email_and_pkh_id_all_open_the_account(siti, browser, word):
    answer = post(browser, word)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Siti" in browser.get("/akun").text


@pytest.mark.parametrize(
    ("word", "password"),
    [("081349772216", "salah sekali"), ("081300000000", SECRET), ("siapa", SECRET), ("' OR 1=1 --", "x")],
)
def test_a_refusal_never_says_which_part_was_wrong(siti, browser, word, password):
    answer = post(browser, word, password)
    assert answer.status_code == 422
    told = re.sub(r'value="[^"]*"', "", answer.text)
    assert "Nomor dan kata sandi tidak cocok." in told
    assert password not in answer.text or password == "x"
    assert told == re.sub(r'value="[^"]*"', "", post(browser, "081399999999", "lain lagi").text)


@pytest.mark.parametrize(
    ("postings", "said", "greeting"),
    [
        ([], "11.32 WITA", "Selamat siang"),
        ([("pendamping", "62.03")], "10.32 WIB", "Selamat pagi"),
        ([("supervisor", "63.03"), ("pendamping", "62.03")], "10.32 WIB", "Selamat pagi"),
    ],
)
def test_pages_tell_the_time_of_where_their_reader_works(siti, browser, postings, said, greeting):
    the_units()
    for role, code in postings:
        a_posting(siti, role, code)
    with clock.stopped(datetime(2026, 11, 28, 3, 32, tzinfo=UTC)):
        post(browser)
        assert f"28 November 2026, {said}" in browser.get("/akun").text
        assert greeting in browser.get("/").text


def test_an_unknown_account_costs_one_hashing_as_a_known_one_does(siti, browser, monkeypatch):
    seen = []
    asked = SimpleNamespace(verify=lambda known, password: seen.append(known) or False)
    passwords._stand_in()
    monkeypatch.setattr(passwords, "argon2id", asked)
    post(browser, "081349772216")
    post(browser, "081300000000")
    assert len(seen) == 2


@pytest.mark.parametrize("data", [{}, {"username": "x"}, {"password": "y"}, {"username": "x" * 400, "password": "y"}])
def test_a_form_that_lacks_something_is_shown_again(siti, browser, data):
    assert browser.post("/masuk", data=data).status_code == 422


def test_what_was_typed_stays_but_not_the_password(siti, browser):
    page = post(browser, '"><script>', "salah").text
    assert "<script>" not in page.replace('<script type="module"', "")
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_the_first_form_of_the_page_is_the_one_for_any_client(app, siti):
    page = app.test_client().get("/masuk?next=/belajar").text
    first = re.search(r"<form.*?</form>", page, re.S).group(0)
    fields = re.findall(r"<input[^>]*>", first)
    names = [re.search(r'name="(\w+)"', field).group(1) for field in fields]
    assert names == ["csrf_token", "username", "password", "shared", "next"]
    assert [field for field in fields if "value=" not in field] == fields[1:3]
    assert 'method="post"' in first
    assert not re.search(r"<button[^>]*name=", first)


@pytest.mark.parametrize(
    ("wanted", "goes"), [("/belajar", "/belajar"), ("//jahat.example", "/"), ("https://jahat", "/")]
)
def test_one_goes_on_to_a_page_of_this_site_only(siti, browser, wanted, goes):
    assert post(browser, next=wanted).location == goes


def test_a_protected_page_leads_to_sign_in_and_back(siti, browser):
    assert browser.get("/akun").location == "/masuk?next=/akun"


def test_who_is_signed_in_does_not_see_the_sign_in_page(siti, browser):
    post(browser)
    assert browser.get("/masuk?next=/akun").location == "/akun"


def test_the_token_stands_in_the_database_as_a_hash_only(siti, browser):
    post(browser)
    with browser.session_transaction() as session:
        token = session["_user_id"]
    row = db.session.scalars(select(LoginSession)).one()
    assert len(token) >= 43
    assert token not in (row.token_hash, row.device_key)
    assert row.device_label == "Chrome, Android"
    assert row.expires_at == NOON + timedelta(days=90)


def test_signing_out_ends_the_session_on_the_server_too(siti, browser):
    post(browser)
    with browser.session_transaction() as session:
        kept = dict(session)
    assert browser.post("/keluar").location == "/masuk"
    with browser.session_transaction() as session:
        session.update(kept)
    assert browser.get("/akun").status_code == 302


def test_a_session_ends_after_ninety_days(siti, browser):
    post(browser)
    with clock.stopped(NOON + timedelta(days=89)):
        assert browser.get("/akun").status_code == 200
    with clock.stopped(NOON + timedelta(days=90)):
        assert browser.get("/akun").status_code == 302


def test_looking_writes_nothing_and_sending_notes_the_use_twice_a_day(siti, browser):
    post(browser)
    seen = select(LoginSession.last_seen)
    with clock.stopped(NOON + timedelta(hours=13)):
        browser.get("/akun")
        assert db.session.scalar(seen) == NOON
        browser.post("/bahasa", data={"bahasa": "id"})
        db.session.rollback()
        browser.post("/akun/sandi", data={})
        db.session.rollback()
        assert db.session.scalar(seen) == NOON + timedelta(hours=13)
    with clock.stopped(NOON + timedelta(hours=20)):
        browser.post("/akun/sandi", data={})
        db.session.rollback()
        assert db.session.scalar(seen) == NOON + timedelta(hours=13)


def test_a_closed_account_cannot_come_in_and_is_put_out(siti, browser):
    post(browser)
    db.session.get(Person, siti).status = "closed"
    db.session.commit()
    assert browser.get("/akun").status_code == 302
    assert post(browser).status_code == 422


def test_who_guesses_waits_longer_and_longer(siti, browser):
    for _ in range(5):
        assert post(browser, password="salah sekali").status_code == 422
    answer = post(browser, password=SECRET)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "Coba lagi dalam 30 detik." in answer.text
    with clock.stopped(NOON + timedelta(seconds=31)):
        assert post(browser, password="salah sekali").status_code == 422
        assert "Coba lagi dalam 1 menit." in post(browser).text
    with clock.stopped(NOON + timedelta(seconds=92)):
        assert post(browser).status_code == 303


def test_asking_while_waiting_does_not_make_the_wait_longer(siti, browser):
    for _ in range(5):
        post(browser, password="salah sekali")
    for second in range(30):
        with clock.stopped(NOON + timedelta(seconds=second)):
            assert post(browser).status_code == 429
    with clock.stopped(NOON + timedelta(seconds=30)):
        assert post(browser).status_code == 303


def test_a_stranger_cannot_keep_the_owner_out(siti, app):
    owner, stranger = app.test_client(), app.test_client()
    post(owner)
    owner.post("/keluar")
    for _ in range(60):
        post(stranger, password="salah sekali")
    assert post(stranger).status_code == 429
    assert post(owner).status_code == 303


def test_a_known_phone_comes_in_while_others_behind_its_address_must_wait(both, hashed, monkeypatch):
    """A district shares one address: whoever guesses many names there slows down strangers, not the owner's phone."""
    a_person(phone="+6281349772216", password_hash=hashed)
    service.sign_in("081349772216", SECRET, a_door())
    with monkeypatch.context() as quick:
        quick.setattr(passwords, "fits", lambda password, known: False)
        for n in range(50):
            with pytest.raises(Invalid):
                service.sign_in(f"orang{n}", "x", a_door(device=""))
    with pytest.raises(service.TooMany):
        service.sign_in("081349772216", SECRET, a_door(device="e" * 32))
    assert service.sign_in("081349772216", SECRET, a_door()).actor


def test_a_success_forgets_the_tries_of_the_account_on_the_device(both, hashed):
    person_id = a_person(phone="+6281349772216", password_hash=hashed)
    for _ in range(4):
        with pytest.raises(Invalid):
            service.sign_in("081349772216", "salah sekali", a_door())
    opened = service.sign_in("081349772216", SECRET, a_door())
    assert opened.actor.id == person_id
    for _ in range(4):
        with pytest.raises(Invalid):
            service.sign_in("081349772216", "salah sekali", a_door())
    assert service.sign_in("081349772216", SECRET, a_door()).actor.id == person_id


def test_many_tries_on_one_address_slow_it_down_whatever_the_account(both, monkeypatch):
    monkeypatch.setattr(passwords, "fits", lambda password, known: False)
    for n in range(50):
        with pytest.raises(Invalid):
            service.sign_in(f"orang{n}", "x", a_door())
    with pytest.raises(service.TooMany):
        service.sign_in("orang99", "x", a_door())
    with pytest.raises(Invalid):
        service.sign_in("orang99", "x", a_door(address="10.0.0.2"))


def test_neither_address_nor_account_stands_in_the_tries(siti, browser):
    post(browser, password="salah sekali")
    db.session.rollback()
    keys = db.session.scalars(select(SignInAttempt.key)).all()
    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_one_question_to_the_database_tells_who_acts_with_the_postings_of_the_day(both, count_queries, hashed):
    the_units()
    person_id = someone("pendamping", "62.03", phone="+6281349772216", password_hash=hashed)
    opened = service.sign_in("081349772216", SECRET, a_door())
    with count_queries() as seen:
        actor = service.actor_of(opened.token).actor
    assert len([s for s in seen if s.startswith("SELECT")]) == 1
    assert (actor.id, [p.unit_path for p in actor.postings]) == (person_id, ["/ID/R4/62/62.03/"])
    assert service.actor_of("nobody's") is None


def test_changing_the_password_ends_every_other_session(siti, app):
    here, there = app.test_client(), app.test_client()
    post(here)
    post(there)
    new = {"current": SECRET, "new": "jukung biru 9", "again": "jukung biru 9"}
    assert here.post("/akun/sandi", data=new).location == "/akun"
    assert here.get("/akun").status_code == 200
    assert there.get("/akun").status_code == 302
    assert post(there).status_code == 422
    assert post(there, password="jukung biru 9").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "says"),
    [
        ("salah", "jukung biru 9", "jukung biru 9", "Kata sandi sekarang tidak cocok."),
        (SECRET, "pendek", "pendek", "paling sedikit 8"),
        (SECRET, "demo-p2k2", "demo-p2k2", "mudah ditebak"),
        (SECRET, "jukung biru 9", "jukung biru 8", "tidak sama"),
        (SECRET, "+6281349772216", "+6281349772216", "nomor sendiri"),
        (SECRET, "", "", "Isi dahulu."),
    ],
)
def test_a_password_that_may_not_be_is_refused_beside_its_field(siti, browser, current, new, again, says):
    post(browser)
    answer = browser.post("/akun/sandi", data={"current": current, "new": new, "again": again})
    assert answer.status_code == 422
    assert says in answer.text
    assert SECRET not in answer.text


def test_who_guesses_at_the_old_password_on_an_open_device_waits_as_at_the_door(siti, app):
    browser = app.test_client()
    post(browser)
    wrong = {"current": "salah", "new": "jukung biru 9", "again": "jukung biru 9"}
    with clock.stopped(clock.now()):
        answers = [browser.post("/akun/sandi", data=wrong).status_code for _ in range(6)]
        late = browser.post("/akun/sandi", data=wrong | {"current": SECRET})
    assert answers == [422] * 5 + [429]
    assert (late.status_code, "Retry-After" in late.headers) == (429, True)
    with clock.stopped(clock.now() + timedelta(hours=1)):
        assert browser.post("/akun/sandi", data=wrong | {"current": SECRET}).location == "/akun"


def test_one_may_sign_a_device_out_but_only_ones_own(siti, app, hashed):
    other_id = a_person(phone="+6281300000001", password_hash=hashed)
    mine, other = app.test_client(), app.test_client()
    post(mine)
    post(other, "081300000001")
    theirs = service.open_sessions(Actor(other_id))[0].id
    assert mine.post(f"/akun/perangkat/{theirs}/keluar", data={"current": SECRET}).status_code == 404
    assert mine.get(f"/akun/perangkat/{theirs}/keluar").status_code == 404
    assert other.post(f"/akun/perangkat/{theirs}/keluar", data={"current": SECRET}).status_code == 303
    assert other.get("/akun").status_code == 302
    assert mine.get("/akun").status_code == 200


@pytest.mark.parametrize("which", ["one", "all others"])
def test_a_device_is_signed_out_only_by_who_shows_the_password_again(siti, app, which):
    here, there = app.test_client(), app.test_client()
    post(here)
    post(there)
    both = {card.here: card.id for card in service.open_sessions(Actor(siti), _token(here))}
    address = f"/akun/perangkat/{both[False] if which == 'one' else 'lain'}/keluar"
    assert f'href="{address}"' in here.get("/akun").text
    assert f"/akun/perangkat/{both[True]}/keluar" not in here.get("/akun").text
    refused = here.post(address, data={"current": "salah"})
    assert (refused.status_code, "Kata sandi sekarang tidak cocok." in refused.text) == (422, True)
    assert there.get("/akun").status_code == 200
    assert here.post(address, data={"current": SECRET}).location == "/akun"
    assert there.get("/akun").status_code == 302
    assert here.get("/akun").status_code == 200


def test_who_guesses_the_password_to_sign_a_device_out_waits_as_at_the_door(siti, browser):
    post(browser)
    with clock.stopped(clock.now()):
        answers = [browser.post("/akun/perangkat/lain/keluar", data={"current": "salah"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


def _token(browser):
    with browser.session_transaction() as session:
        return session["_user_id"]


def test_signing_in_as_somebody_else_ends_the_session_of_before(siti, browser, hashed):
    a_person(phone="+6281300000001", password_hash=hashed)
    post(browser)
    post(browser, "081300000001")
    assert service.open_sessions(Actor(siti)) == []


def test_signing_out_the_others_and_then_here_leaves_nothing_open(siti, app):
    clients = [app.test_client() for _ in range(3)]
    for client in clients:
        post(client)
    assert clients[0].post("/akun/perangkat/lain/keluar", data={"current": SECRET}).location == "/akun"
    assert "/akun/perangkat/lain/keluar" not in clients[0].get("/akun").text
    clients[0].post("/keluar")
    assert [client.get("/akun").status_code for client in clients] == [302, 302, 302]


def test_a_hash_of_other_strength_is_made_anew(app, browser):
    weak = argon2id.str(SECRET.encode(), opslimit=1, memlimit=8 * 1024).decode()
    person_id = a_person(phone="+6281349772216", password_hash=weak)
    assert post(browser).status_code == 303
    assert db.session.get(Person, person_id, populate_existing=True).password_hash != weak
    assert post(app.test_client()).status_code == 303


def test_a_password_is_hashed_by_argon2id_at_a_strength_that_owasp_names():
    made = passwords.hashed(SECRET)
    assert made.startswith("$argon2id$v=19$m=12288,t=3,p=1$")
    assert (passwords.fits(SECRET, made), passwords.fits("lain", made)) == (True, False)


def test_a_hash_that_another_library_made_at_this_strength_holds_as_it_is():
    theirs = (  # by argon2-cffi 25.1.0, of "demo-p2k2"
        "$argon2id$v=19$m=12288,t=3,p=1$WutH4cRbzetDVpFrBBs3Iw$bXkL7VsvCubaXnMWMsEca3bhEWyT4ByiW2pqLAGq+lQ"
    )
    assert (passwords.fits("demo-p2k2", theirs), passwords.is_dated(theirs)) == (True, False)


@pytest.mark.parametrize("known", ["", "x", "$argon2id$v=19$m=12288,t=3,p=1$abc", "ü" * 200])
def test_what_is_no_hash_fits_nothing(known):
    assert not passwords.fits(SECRET, known)


def test_sign_in_and_out_stand_in_the_audit(siti, browser):
    post(browser)
    browser.post("/keluar")
    rows = db.session.execute(select(Audit.use_case, Audit.subject, Audit.actor_id).order_by(Audit.id.desc()).limit(2))
    assert rows.all() == [("identity.sign_out", f"person:{siti}", siti), ("identity.sign_in", f"person:{siti}", siti)]
    assert audit.broken_links() == []


def test_a_wrong_token_of_the_form_is_refused(siti, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browser = app.test_client()
    assert post(browser).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/masuk").text).group(1)
    assert post(browser, csrf_token=token).status_code == 303


def test_each_role_of_a_demo_is_one_tap(demo, app):
    page = app.test_client().get("/masuk").text
    words = re.findall(r'name="akun" value="(\w+)"', page)
    assert set(words) == {
        "pendamping",
        "widyaiswara",
        "panitia",
        "supervisor",
        "koordinator",
        "dinsos",
        "evaluator",
        "kementerian",
        "admin",
    }
    after_main = page.split("</form>", 1)[1]
    assert "password" not in after_main
    for word in words:
        client = app.test_client()
        assert client.post("/masuk/contoh", data={"akun": word}).status_code == 303
        assert client.get("/akun").status_code == 200
        assert post(app.test_client(), word, "demo-p2k2").status_code == 303


@pytest.mark.parametrize("word", ["", "contoh000010", "admin' --", "siapa"])
def test_one_tap_opens_shared_accounts_only(demo, browser, word):
    assert browser.post("/masuk/contoh", data={"akun": word}).status_code == 404


def test_a_real_database_knows_no_one_tap_and_refuses_the_demo_password(app, browser):
    nature.be_born(demo=False)
    a_person(pkh_id="pendamping", password_hash=passwords.hashed("demo-p2k2"))
    assert "Coba sebagai" not in browser.get("/masuk").text
    assert browser.post("/masuk/contoh", data={"akun": "pendamping"}).status_code == 404
    assert post(browser, "pendamping", "demo-p2k2").status_code == 422
    with pytest.raises(NotFound):
        service.open_demo("pendamping", a_door())


@pytest.fixture
def public_demo(demo, app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO_PUBLIC", True)
    yield app
    app.extensions.pop("demo", None)


def test_the_admin_of_a_public_demo_looks_and_changes_nothing(public_demo):
    admin = public_demo.test_client()
    admin.post("/masuk/contoh", data={"akun": "admin"})
    assert admin.get("/kelola/orang").status_code == 200
    rows = db.session.scalar(select(func.count()).select_from(Audit))
    answer = admin.post(
        "/kelola/orang/tambah",
        data={"name": "Baru", "pkh_id": "baru1", "role": "admin", "unit_code": "ID", "valid_from": "2026-11-21"},
    )
    assert answer.status_code == 403
    assert "hanya melihat" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Audit)) == rows
    assert admin.post("/keluar").status_code == 303


def test_nobody_changes_the_password_of_a_shared_account_of_a_public_demo(public_demo):
    pendamping = public_demo.test_client()
    pendamping.post("/masuk/contoh", data={"akun": "pendamping"})
    new = {"current": "demo-p2k2", "new": "jukung biru 9", "again": "jukung biru 9"}
    answer = pendamping.post("/akun/sandi", data=new)
    assert (answer.status_code, "dipakai bersama" in answer.text) == (422, True)


@pytest.mark.parametrize(("path", "most"), [("/masuk", 2), ("/akun", 6)])
def test_the_pages_cost_few_questions(demo, app, count_queries, path, most):
    client = app.test_client()
    if path != "/masuk":
        client.post("/masuk/contoh", data={"akun": "pendamping"})
    with count_queries() as seen:
        assert client.get(path).status_code == 200
    assert len([s for s in seen if s.startswith("SELECT")]) <= most
    assert not [s for s in seen if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_each_refusal_stands_in_the_log_with_its_door_and_without_a_name(siti, browser, caplog):
    caplog.set_level("WARNING", "p2k2lms")
    for _ in range(6):
        post(browser, password="salah sekali")
    browser.post("/masuk/kode", data={"code": "ACDE-FGHJ"})
    said = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert said == [f"a way in was refused: {door}" for door in (*["password"] * 5, "too many tries", "code")]
    assert "0813" not in caplog.text
