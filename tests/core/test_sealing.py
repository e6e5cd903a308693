"""Small secrets at rest: nothing readable in the database, nothing opens out of its place, and keys can be changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from config import for_tests
from p2k2lms.core import resealing, sealing
from p2k2lms.core.db import db, writing
from p2k2lms.core.errors import Conflict
from p2k2lms.core.sealing import Unreadable
from p2k2lms.factory import create_app
from p2k2lms.plugins.identity.models import Person
from tests import databases
from tests.factories.identity import a_person

OLD, NEW = f"k1:{'5e' * 32}", f"k2:{'7a' * 32}"
NIK = "6371010101900001"


@pytest.fixture
def keyed(monkeypatch):
    """`keyed(app, "k2:...,k1:...")` changes the keys of the installation."""

    def change(app, keys):
        monkeypatch.setitem(app.config, "SEAL_KEYS", keys)

    return change


def sealed_nik(person_id: int, nik: str = NIK) -> None:
    pen = writing.set(True)
    try:
        db.session.rollback()
        db.session.get(Person, person_id).nik_enc = nik
        db.session.commit()
    finally:
        writing.reset(pen)


def raw() -> list[str]:
    return list(db.session.scalars(text("SELECT nik_enc FROM identity_person WHERE nik_enc IS NOT NULL ORDER BY id")))


def test_the_database_holds_nothing_readable_and_the_owner_reads_it_again(both):
    person = a_person()
    sealed_nik(person)
    db.session.expire_all()
    assert re.fullmatch(r"1\.k1\.[A-Za-z0-9+/=]+", raw()[0])
    assert NIK not in raw()[0]
    assert db.session.get(Person, person).nik_enc == NIK


def test_the_same_text_is_never_sealed_alike_twice(app):
    assert sealing.seal(NIK, "a.b.c") != sealing.seal(NIK, "a.b.c")


def test_a_value_does_not_open_in_another_column(app):
    with pytest.raises(Unreadable):
        sealing.unseal(sealing.seal(NIK, "identity.person.nik"), "fieldwork.group_contact.phone")


@given(place=st.integers(min_value=0, max_value=200), bit=st.integers(min_value=0, max_value=7))
def test_a_changed_value_does_not_open(sqlite_app, place, bit):
    with sqlite_app.app_context():
        whole = sealing.seal(NIK, "a.b.c")
        place %= len(whole)
        changed = whole[:place] + chr(ord(whole[place]) ^ (1 << bit)) + whole[place + 1 :]
        with pytest.raises(Unreadable):
            sealing.unseal(changed, "a.b.c")


@given(st.text())
def test_any_text_comes_back(sqlite_app, said):
    with sqlite_app.app_context():
        assert sealing.unseal(sealing.seal(said, "a.b.c"), "a.b.c") == said


def test_the_blind_index_is_equal_for_equals_of_one_purpose_alone(app):
    assert sealing.blind(NIK, "nik") == sealing.blind(NIK, "nik")
    assert len({sealing.blind(NIK, "nik"), sealing.blind(NIK, "other"), sealing.blind(NIK[:-1] + "2", "nik")}) == 3


def test_the_first_key_seals_and_every_key_opens(app, keyed):
    old = sealing.seal(NIK, "a.b.c")
    keyed(app, f"{NEW},{OLD}")
    assert sealing.seal(NIK, "a.b.c").startswith("1.k2.")
    assert sealing.unseal(old, "a.b.c") == NIK
    assert (sealing.is_old(old), sealing.is_old(sealing.seal(NIK, "a.b.c"))) == (True, False)


def test_after_resealing_the_old_key_may_go_and_the_blind_index_stays(both, keyed):
    people = [a_person() for _ in range(3)]
    for number, person in enumerate(people):
        sealed_nik(person, f"{NIK}{number}")
    index = sealing.blind(NIK, "nik")
    keyed(both, f"{NEW},{OLD}")
    assert resealing.reseal()["identity_person.nik_enc"] == 3
    assert resealing.reseal()["identity_person.nik_enc"] == 0
    keyed(both, NEW)
    db.session.expire_all()
    assert [db.session.get(Person, p).nik_enc for p in people] == [f"{NIK}0", f"{NIK}1", f"{NIK}2"]
    assert sealing.blind(NIK, "nik") == index


def test_without_its_key_a_value_stays_closed_and_says_only_where_it_stands(app, keyed):
    old = sealing.seal(NIK, "identity.person.nik")
    keyed(app, NEW)
    with pytest.raises(Unreadable, match=r"identity\.person\.nik") as refused:
        sealing.unseal(old, "identity.person.nik")
    assert old[5:] not in str(refused.value)


@pytest.mark.parametrize("keys", ["", "k1:short", f"{OLD},{OLD}", f"{OLD},rubbish", "K1:" + "5e" * 32])
def test_keys_that_are_not_in_their_form_are_refused_at_once(app, keyed, keys):
    keyed(app, keys)
    with pytest.raises(Conflict, match="P2K2_SEAL_KEYS"):
        sealing.seal(NIK, "a.b.c")


def test_a_new_key_is_put_first_in_the_file_of_the_installation(tmp_path):
    (tmp_path / "seal_keys").write_text(OLD)
    app = create_app(for_tests(tmp_path, f"sqlite:///{tmp_path}/new.db", PLUGINS=(), SEAL_KEYS=OLD))
    run = app.test_cli_runner().invoke
    assert re.fullmatch(r"k2:[0-9a-f]{64}\n", run(args=["keys", "new"]).stdout)
    assert run(args=["keys", "new", "--write"]).exit_code == 0
    first, second = (tmp_path / "seal_keys").read_text().split(",")
    assert (first[:3], second, (tmp_path / "seal_keys").stat().st_mode & 0o777) == ("k2:", OLD, 0o600)
    (tmp_path / "seal_keys").write_text(NEW)
    assert run(args=["keys", "new", "--write"]).exit_code == 1
    databases.close(app)


def test_the_keys_do_not_show_when_they_are_printed(app):
    assert "5e5e" not in repr(sealing.keys())
