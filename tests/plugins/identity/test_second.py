"""The second door of admin, evaluator and koordinator, and sign-in on a phone that several people use."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, nature
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import passwords, rules, service, totp
from p2k2lms.plugins.identity.models import LoginSession, RecoveryCode, SecondFactor
from p2k2lms.plugins.identity.service import second
from tests.factories.identity import a_person, a_posting, as_actor, someone, the_units
from tests.plugins.identity.conftest import NOON

SECRET = "perahu ulin 7"
PHONE = "081349772216"


@pytest.fixture(scope="module")
def hashed():
    return passwords.hashed(SECRET)


def an_admin(hashed, role="admin"):
    the_units()
    return someone(role, "62.03", phone="+6281349772216", password_hash=hashed)


def a_door(address="10.0.0.1"):
    return service.Door("d" * 32, "Chrome, Android", address, "rahasia")


def code_at(person_id, moment):
    """What the app on the second phone shows; by the library's own reading of the secret."""
    import pyotp

    secret = db.session.get(SecondFactor, person_id, populate_existing=True).secret
    return pyotp.TOTP(secret).at(moment)


def post(browser, **more):
    return browser.post("/masuk", data={"username": PHONE, "password": SECRET, **more})


def test_a_code_is_that_of_rfc_6238_within_one_step():
    import base64

    secret = base64.b32encode(b"12345678901234567890").decode()
    moment = NOON.fromtimestamp(1111111109, NOON.tzinfo)  # appendix B: 07081804, of which six digits are used
    assert totp.step_of(secret, "081804", moment) == 1111111109 // 30
    assert totp.step_of(secret, "081804", moment + timedelta(seconds=30)) == 1111111109 // 30
    assert totp.step_of(secret, "081804", moment + timedelta(seconds=90)) is None
    assert totp.step_of(secret, "081805", moment) is None


@pytest.mark.parametrize("role", ["admin", "evaluator", "koordinator"])
def test_the_password_alone_opens_nothing_for_such_a_role(app, hashed, role):
    person_id, browser = an_admin(hashed, role), app.test_client()
    assert post(browser, next="/kelola/orang").location == "/masuk/kedua"
    assert browser.get("/akun").status_code == 302
    page = browser.get("/masuk/kedua").text
    secret = db.session.get(SecondFactor, person_id).secret
    assert " ".join(re.findall(".{4}", secret)) in page  # in fours, for who must type it
    assert re.search(rf'href="otpauth://totp/[^"]*secret={secret}&amp;', page)  # for who has this phone alone
    assert 'class="qr"' in page
    shown = browser.post("/masuk/kedua", data={"code": code_at(person_id, NOON)})
    codes = re.findall(r"<li>(\w{5}-\w{5})</li>", shown.text)
    assert len(set(codes)) == 10
    assert 'href="/kelola/orang"' in shown.text
    assert browser.get("/akun").status_code == 200
    assert 'class="qr"' not in app.test_client().get("/masuk/kedua", follow_redirects=True).text


def test_a_code_opens_once_and_so_does_each_recovery_code(both, hashed):
    person_id = an_admin(hashed)
    half = service.sign_in(PHONE, SECRET, a_door())
    assert isinstance(half, service.Half)
    _opened, spare = second.pass_second(half, code_at(person_id, NOON), a_door())
    for typed in (code_at(person_id, NOON), code_at(person_id, NOON - timedelta(seconds=30)), "١٢٣٤٥٦", "", spare[0]):
        if typed == spare[0]:
            assert second.pass_second(half, typed.lower(), a_door())[1] == []
        with pytest.raises(Invalid):
            second.pass_second(half, typed, a_door())
    with clock.stopped(NOON + timedelta(seconds=30)):
        opened, more = second.pass_second(half, code_at(person_id, NOON + timedelta(seconds=30)), a_door())
    assert (opened.actor.id, more) == (person_id, [])
    stored = db.session.execute(db.text("SELECT secret FROM identity_second_factor")).scalar()
    assert stored.startswith("1.")
    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in kept)


def test_who_guesses_at_the_second_door_waits(app, hashed):
    an_admin(hashed)
    half = service.sign_in(PHONE, SECRET, a_door())
    for _ in range(5):
        with pytest.raises(Invalid):
            second.pass_second(half, "000000", a_door())
    with pytest.raises(service.TooMany):
        second.pass_second(half, "000000", a_door("10.0.0.2"))


def test_half_a_sign_in_is_forgotten_after_ten_minutes(app, hashed):
    person_id, browser = an_admin(hashed), app.test_client()
    post(browser)
    later = NOON + timedelta(minutes=10)
    with clock.stopped(later):
        answer = browser.post("/masuk/kedua", data={"code": code_at(person_id, later)})
        assert answer.location == "/masuk"
        assert browser.get("/akun").status_code == 302


def test_whoever_becomes_admin_shows_a_second_factor_first(app, hashed):
    the_units()
    person_id, browser = a_person(phone="+6281349772216", password_hash=hashed), app.test_client()
    post(browser)
    assert browser.get("/akun").status_code == 200
    a_posting(person_id, "admin", "62.03")
    assert browser.get("/akun").status_code == 302


def test_a_demo_asks_for_no_second_factor(demo, app):
    browser = app.test_client()
    assert browser.post("/masuk", data={"username": "admin", "password": "demo-p2k2"}).location == "/"
    assert browser.get("/kelola").status_code == 200


def test_new_recovery_codes_and_another_phone_need_a_good_code(app, hashed):
    nature.be_born(demo=False)
    person_id = an_admin(hashed)
    half = service.sign_in(PHONE, SECRET, a_door())
    _opened, old = second.pass_second(half, code_at(person_id, NOON), a_door())
    actor = as_actor(person_id)
    with pytest.raises(Invalid):
        second.new_recovery_codes(actor, "000000", a_door())
    new = second.new_recovery_codes(actor, old[0], a_door())
    assert second.second_state(actor).left == 10
    with pytest.raises(Invalid):
        second.pass_second(half, old[1], a_door())
    second.leave_second_phone(actor, new[0], a_door())
    assert db.session.scalar(select(LoginSession.revoked_at).limit(1)) is not None
    again = service.sign_in(PHONE, SECRET, a_door())
    assert second.enrolment(again).secret


@pytest.mark.parametrize(("seen", "idle"), [(5000 - 1799, False), (5000 - 1800, True), (5001, True)])
def test_a_shared_phone_is_idle_after_thirty_minutes(seen, idle):
    assert rules.is_idle(seen, 5000) is idle


def test_a_shared_phone_signs_out_by_itself_and_another_does_not(both, hashed):
    a_person(phone="+6281349772216", password_hash=hashed)
    shared, own = both.test_client(), both.test_client()
    post(shared, shared="1")
    post(own)
    assert (shared.get_cookie("session").expires, own.get_cookie("session").expires is None) == (None, False)
    for minutes, status in ((29, 200), (58, 200), (88, 302)):
        with clock.stopped(NOON + timedelta(minutes=minutes)):
            assert shared.get("/akun").status_code == status
            assert own.get("/akun").status_code == 200
    row = db.session.scalars(select(LoginSession).where(LoginSession.shared)).one()
    assert row.expires_at == NOON + timedelta(hours=12)


def test_whoever_runs_the_server_helps_an_admin_who_lost_both(app, hashed):
    person_id, run = an_admin(hashed), app.test_cli_runner().invoke
    half = service.sign_in(PHONE, SECRET, a_door())
    second.pass_second(half, code_at(person_id, NOON), a_door())
    said = run(args=["people", "free", PHONE, "--second"]).output
    code = re.search(r"\b\w{4}-\w{4}\b", said).group(0)
    assert service.use_code(code, "jukung biru 9", service.Confirmed("", ""), a_door()) == person_id
    again = service.sign_in(PHONE, "jukung biru 9", a_door())
    assert second.enrolment(again).secret
    assert run(args=["people", "free", "siapa"]).exit_code == 1
