"""A real database from nothing: the units that ship, the first admin, and nothing of a demo."""

import pytest
from sqlalchemy import func, select

from p2k2lms.core import nature
from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Person, Posting, Unit
from p2k2lms.plugins.identity.values import DEMO_PASSWORD

DATA = ("--name", "Rusdiansyah", "--phone", "0813 4977 2216", "--pkh-id", "")


@pytest.fixture
def command(app):
    """`command("people", "add-admin", ...)`: run it, with what is typed as answers."""

    def run(*words: str, typed: str = ""):
        done = app.test_cli_runner().invoke(args=words, input=typed)
        db.session.remove()
        return done

    return run


@pytest.fixture
def real(command):
    """A new real database."""
    assert command("database", "birth", "--real").stdout == "real\n"
    return command


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def sign_in(app, word, password):
    return app.test_client().post("/masuk", data={"username": word, "password": password}).status_code


def test_a_real_database_is_born_with_units_and_without_people(real):
    assert db.session.scalar(select(func.count()).where(Unit.level == "kabupaten")) == 42
    assert people() == 0
    assert nature.filled() == "real"


def test_a_unit_that_was_renamed_keeps_its_name_at_the_next_start(real):
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE identity_unit SET name = 'Kapuas Raya' WHERE kemendagri_code = '62.03'")
    real("database", "birth")
    assert db.session.scalar(select(Unit.name).where(Unit.kemendagri_code == "62.03")) == "Kapuas Raya"


def test_the_first_admin_signs_in_with_the_password_that_is_shown_once(app, real):
    done = real("people", "add-admin", *DATA, "--generate")
    assert done.exit_code == 0, done.output
    password = done.stdout.strip().rpartition(": ")[2]
    assert sign_in(app, "081349772216", password) == 303
    rows = select(Posting.role, Unit.kemendagri_code).join(Unit, Unit.id == Posting.unit_id)
    assert db.session.execute(rows).all() == [("admin", "ID")]


def test_all_that_is_not_said_is_asked_and_a_typed_password_is_not_shown(app, real):
    typed = "Rusdiansyah\n0813 4977 2216\n\njukung biru 9\njukung biru 9\n"
    done = real("people", "add-admin", typed=typed)
    assert done.exit_code == 0, done.output
    assert "jukung" not in done.output
    assert sign_in(app, "081349772216", "jukung biru 9") == 303


def test_a_second_one_only_when_asked_for(real):
    assert real("people", "add-admin", *DATA, "--generate").exit_code == 0
    refused = real("people", "add-admin", *DATA, "--generate")
    assert (refused.exit_code, "Sudah ada admin" in refused.stderr) == (1, True)
    other = ("--name", "Norhayati", "--phone", "", "--pkh-id", "adm-2")
    assert real("people", "add-admin", *other, "--generate", "--again").exit_code == 0
    assert people() == 2


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (("--name", "R", "--phone", "", "--pkh-id", "adm-1", "--generate"), "", "nama lengkap"),
        (("--name", "Rusdi", "--phone", "", "--pkh-id", "", "--generate"), "", "agar bisa masuk"),
        (("--name", "Rusdi", "--phone", "", "--pkh-id", "admin", "--generate"), "", "dipakai untuk contoh"),
        ((*DATA, "--unit", "99.99", "--generate"), "", "Kode wilayah"),
        (DATA, f"{DEMO_PASSWORD}\n{DEMO_PASSWORD}\n", "mudah ditebak"),
        (DATA, "pendek\npendek\n", "paling sedikit 8"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_made(real, words, typed, says):
    done = real("people", "add-admin", *words, typed=typed)
    assert done.exit_code == 1
    assert says in done.stderr
    assert people() == 0


@pytest.mark.parametrize("word", ["pendamping", "admin", "kementerian"])
def test_no_page_of_a_real_database_offers_a_role_or_takes_a_demo_word(app, real, word):
    page = app.test_client().get("/masuk").text
    assert "Coba sebagai" not in page
    assert "/masuk/contoh" not in page
    assert sign_in(app, word, DEMO_PASSWORD) == 422
    assert app.test_client().post("/masuk/contoh", data={"akun": word}).status_code == 404
    assert "Ini contoh" not in page
