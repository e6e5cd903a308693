"""What a supervisor might try with the accounts and the work of others: each stopped, or seen by who should see it."""

import pytest

from p2k2lms.core import clock, intake, notices
from p2k2lms.core.errors import Conflict, NotAllowed, NotFound
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import passwords, service
from p2k2lms.plugins.identity.values import PersonData
from tests.factories.assessment import envelope
from tests.factories.coaching import a_walk, signs
from tests.factories.fieldwork import a_desa, a_group, a_pendamping
from tests.factories.identity import a_posting, as_actor, someone, supervised, the_units

SECRET, NEW = "perahu ulin 7", "jukung biru 9"


@pytest.fixture(scope="module")
def hashed():
    return passwords.hashed(SECRET)


@pytest.fixture
def pair(app, hashed):
    """A supervisor and a pendamping of his, both with a password."""
    the_units()
    boss = someone("supervisor", "62.03", name="Rahmah", password_hash=hashed)
    own = someone("pendamping", "62.03", phone="+6281349772216", password_hash=hashed)
    supervised(boss, own)
    return as_actor(boss), own


@pytest.mark.parametrize("role", ["supervisor", "koordinator", "admin", "evaluator", "widyaiswara", "dinsos"])
def test_a_supervisor_makes_no_code_for_a_pendamping_who_is_also_something_higher(pair, role):
    boss, own = pair
    a_posting(own, role, "62.03")
    with pytest.raises(Conflict):
        service.reset_code(boss, own)


@pytest.mark.parametrize(("role", "unit"), [("admin", "62.03"), ("koordinator", "62.03"), ("supervisor", "62")])
def test_an_admin_makes_no_code_upward_nor_for_a_role_with_a_second_factor(pair, hashed, role, unit):
    officer, target = as_actor(someone("admin", "62.03")), someone(role, unit, password_hash=hashed)
    with pytest.raises((Conflict, NotFound)):
        service.reset_code(officer, target)


@pytest.mark.parametrize(("role", "unit"), [("admin", "62"), ("koordinator", "R4"), ("pendamping", "63.03")])
def test_an_admin_lets_nobody_in_who_also_works_elsewhere(pair, role, unit):
    officer, both = as_actor(someone("admin", "62.03")), someone("pendamping", "62.03")
    a_posting(both, role, unit)
    here = someone("pendamping", "62.03")
    assert [line.id for line in service.waiting(officer)[0] if line.id in (both, here)] == [here]
    with pytest.raises(NotFound):
        service.activation_codes(officer, [both])


def test_somebody_elses_pendamping_does_not_exist_and_one_handed_on_neither(pair, hashed, sign_in):
    boss, own = pair
    other = someone("pendamping", "62.03", password_hash=hashed)
    with pytest.raises(NotFound):
        service.reset_code(boss, other)
    assert sign_in(boss).post(f"/orang/{other}/kode").status_code == 404
    officer, next_boss = as_actor(someone("admin", "62.03")), someone("supervisor", "62.03")
    service.assign_supervisor(officer, own, next_boss, clock.today())
    with pytest.raises(NotFound):
        service.reset_code(boss, own)


def test_nobody_makes_a_code_for_oneself_nor_one_for_who_never_came_in(pair):
    boss, _own = pair
    with pytest.raises(NotFound):
        service.reset_code(boss, boss.id)
    never = someone("pendamping", "62.03")
    supervised(boss.id, never)
    with pytest.raises(Conflict):
        service.reset_code(boss, never)


def test_a_supervisor_gives_nobody_to_oneself_and_changes_no_number_to_the_own_phone(pair, sign_in):
    boss, own = pair
    other = someone("pendamping", "62.03")
    with pytest.raises(NotAllowed):
        service.assign_supervisor(boss, other, boss.id, clock.today())
    with pytest.raises(NotAllowed):
        service.change_person(boss, own, PersonData(name="X", phone="081399999999"))
    browser = sign_in(boss)
    for path in (f"/kelola/orang/{own}/ubah", f"/kelola/orang/{own}/kode", "/kelola/impor", "/kelola/kode"):
        assert browser.post(path).status_code == 403, path


def test_a_supervisor_who_uses_the_code_is_seen_by_the_owner_and_by_the_coordinator(pair, app, sign_in):
    boss, own = pair
    code = service.reset_code(boss, own).code
    thief = app.test_client()
    thief.post("/masuk/kode/pakai", data={"code": code, "password": NEW, "again": NEW})
    assert thief.get("/akun").status_code == 200
    owner = app.test_client()
    assert owner.post("/masuk", data={"username": "081349772216", "password": SECRET}).status_code == 422
    officer = as_actor(someone("admin", "62.03"))
    again = service.reset_code(officer, own).code
    owner.post("/masuk/kode/pakai", data={"code": again, "password": SECRET + "1", "again": SECRET + "1"})
    assert thief.get("/akun").status_code == 302
    late = app.test_client()
    late.post("/masuk", data={"username": "081349772216", "password": SECRET + "1"})
    assert "Rahmah" in late.get("/").text
    listed = sign_in(as_actor(someone("koordinator", "62.03"))).get("/orang/kode").text
    assert "oleh Rahmah" in listed
    assert "dipakai" in listed


def test_a_code_that_was_made_behind_ones_back_dies_with_a_change_of_the_password(pair, app):
    boss, own = pair
    code = service.reset_code(boss, own).code
    owner = app.test_client()
    owner.post("/masuk", data={"username": "081349772216", "password": SECRET})
    assert owner.post("/akun/sandi", data={"current": SECRET, "new": NEW, "again": NEW}).status_code == 303
    assert app.test_client().post("/masuk/kode", data={"code": code}).status_code == 422


def test_nobody_signs_for_the_other_side_of_a_coaching_path(app):
    walk = a_walk()
    answer = signs(walk.coach, walk.path.id, 1, "pendamping")
    assert answer.status == "rejected"
    assert signs(walk.learner, walk.path.id, 1, "pembimbing").status == "rejected"


def test_a_supervisor_signs_no_path_of_which_he_is_not_the_coach(app):
    walk = a_walk()
    other = as_actor(someone("supervisor", "62.03"))
    for side in ("pembimbing", "pendamping"):
        assert signs(other, walk.path.id, 1, side).status == "rejected"


def test_what_is_sent_in_somebody_elses_name_is_held(app):
    walk = a_walk()
    told = envelope(walk.learner, "coaching.signoff", {"path": walk.path.id, "stage": 1, "side": "pendamping"})
    assert intake.receive(walk.coach, [told])[0].status == "held"


def test_a_group_that_a_supervisor_gives_away_is_told_to_both(app):
    desa = a_desa()
    old, new, boss = a_pendamping(), a_pendamping(), someone("supervisor", desa.kemendagri_code[:5])
    supervised(boss, old)
    supervised(boss, new)
    card = a_group(old)
    fieldwork.hand_over(as_actor(boss), card.id, new, clock.today())
    for person in (old, new):
        assert [line.url.startswith("/lapangan/serah/") for line in notices.of_person(person)] == [True]
