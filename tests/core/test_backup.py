"""The restore drill: what was backed up comes back row for row, on either engine, and never over something unasked."""

import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import for_tests
from p2k2lms.core import audit, clock, jobs, nature, schema
from p2k2lms.core.backup import archive, filling, nightly, tables, work
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.models import Job, Photo, SettingValue
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.factory import create_app
from tests import databases
from tests.architecture.source import ROOT

OLD = ROOT / "tests/data/backup/0036_rights.zip"
NIGHT = datetime(2026, 11, 27, 18, tzinfo=UTC)


@pytest.fixture
def full(both) -> Flask:
    """A database with a few rows of many kinds: text with odd letters, bytes, days, instants and JSON."""
    fill()
    return both


def fill() -> None:
    nature.be_born(demo=True)
    with unit_of_work("test.fill") as uow:
        uow.add(SettingValue(unit_id=1, key="nama", value='Kapuas "Hulu"\n\\ %s 学 🌾'))
        uow.add(Photo(sha="ab", person_id=7, size=3, body=bytes(range(256)), delete_on=NIGHT.date()))
        uow.add(Job(name="core.send_mail", payload={"to": "a@b", "n": [1, 2.5, None]}, done_at=NIGHT))


@pytest.fixture
def other_engine(full, tmp_path, worker_id):
    """An installation with no database yet, on the engine that the full one is not on."""
    yield from _empty(tmp_path, worker_id, full.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_place(request, tmp_path, worker_id):
    """An installation with no database yet, on each engine."""
    yield from _empty(tmp_path, worker_id, request.param == "sqlite")


def _empty(tmp_path, worker_id, on_sqlite):
    name = f"restored_{worker_id}"
    uri = f"sqlite:///{tmp_path}/restored.db" if on_sqlite else databases.fresh_postgres(name)
    app = create_app(for_tests(tmp_path, uri))
    yield app
    databases.close(app)
    if not on_sqlite:
        databases.drop_postgres(name)


def made(tmp_path):
    """A backup of the database at hand."""
    path = tmp_path / "all.zip"
    return path, work.create(path)


@pytest.mark.slow(reason="runs every migration on another database")
def test_a_backup_comes_back_on_the_other_engine_and_life_goes_on_there(full, other_engine, tmp_path):
    path, about = made(tmp_path)
    name = db.session.get(SettingValue, 1).value
    db.session.remove()
    with other_engine.app_context():
        back = work.restore(path)
        assert (back.rows, back.tables) == (about.rows, about.tables)
        assert schema.current() == schema.head()
        assert db.session.get(SettingValue, 1).value == name
        assert db.session.get(Photo, 1).body == bytes(range(256))
        assert db.session.get(Job, 1).payload == {"to": "a@b", "n": [1, 2.5, None]}
        assert audit.broken_links() == []
        with unit_of_work("test.go_on") as uow:
            assert uow.add(SettingValue(unit_id=2, key="baru", value="x")).id == 2
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(db.text("DELETE FROM core_audit"))
        db.session.rollback()
        again = tmp_path / "again.zip"
        assert {t.shape.name: t for t in work.create(again).tables}["core_photo"] in about.tables


@pytest.mark.slow(reason="runs every migration on another database")
def test_a_backup_of_an_earlier_release_comes_back_at_the_newest_schema(empty_place):
    """The file was made by the release whose newest migration was `0036_rights`; it is the way back of an upgrade."""
    with empty_place.app_context():
        back = work.restore(OLD)
        assert (back.revision, schema.current()) == ("0036_rights", schema.head())
        held = {content.shape.name: content.rows for content in back.tables if content.rows}
        assert (back.rows, len(held)) == (110, 17)
        for name in ("fieldwork_meeting", "core_submission", "identity_person"):
            assert db.session.scalar(db.text(f"SELECT count(*) FROM {name}")) == held[name], name
        assert db.session.get(SettingValue, 1).value == 'Kapuas "Hulu"\n\\ %s 学 🌾'
        assert audit.broken_links() == []


@pytest.mark.slow(reason="runs every migration on another database")
def test_verifying_names_each_table_that_does_not_come_back_as_it_went_in(app, empty_place, tmp_path, monkeypatch):
    fill()
    path, _about = made(tmp_path)
    harm = {
        "core_setting": lambda rows: rows[:-1],
        "core_job": lambda rows: [row.replace(b"a@b", b"a@c") for row in rows],
    }
    write = tables.write

    def harmful(connection, shape, rows):
        write(connection, shape, harm.get(shape.name, list)(list(rows)))

    monkeypatch.setattr(tables, "write", harmful)
    place = empty_place.config["SQLALCHEMY_DATABASE_URI"]
    with pytest.raises(Conflict, match=r"Tidak kembali seperti semula: core_(job, core_setting|setting, core_job)\."):
        work.verify(path, place)
    with empty_place.app_context():
        assert db.session.scalar(select(func.count()).select_from(SettingValue)) == 0


def test_verifying_finds_everything_and_touches_nothing(app, tmp_path):
    fill()
    path, about = made(tmp_path)
    held = filling.rows_there(db.engine)
    assert work.verify(path).rows == about.rows == held == filling.rows_there(db.engine)


@pytest.mark.slow(reason="runs every migration on another database, twice")
def test_what_holds_rows_is_replaced_only_when_told_and_sqlite_keeps_the_old_beside(app, empty_place, tmp_path):
    fill()
    path, about = made(tmp_path)
    db.session.remove()
    with empty_place.app_context():
        schema.upgrade()
        nature.be_born(demo=False)
        with pytest.raises(Conflict, match="tidak kosong"):
            work.restore(path)
        assert nature.is_demo() is False
        db.session.remove()
        assert work.restore(path, replace_all=True).rows == about.rows
        assert nature.is_demo() is True
        aside = list(tmp_path.glob("restored.db.before-*"))
        assert len(aside) == (1 if db.engine.dialect.name == "sqlite" else 0)


@pytest.mark.slow(reason="runs every migration on two more databases")
def test_a_database_in_use_is_not_taken_from_under_the_server(app, tmp_path):
    path, _about = made(tmp_path)
    db.session.remove()
    used = databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/used.db")
    with used.app_context():
        nature.be_born(demo=False)
        db.session.remove()
        with work._engine(f"sqlite:///{tmp_path}/used.db") as server, server.connect() as reading:
            reading.exec_driver_sql("SELECT 1 FROM core_nature").all()
            with pytest.raises(Conflict, match="sedang dipakai"):
                work.restore(path, replace_all=True)
        assert nature.is_demo() is False
    databases.close(used)


def changed(path, name, change):
    """The backup with one member changed."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return other


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("tables/core_setting.jsonl", lambda text: text.replace(b"Kapuas", b"Kapuaz"), "rusak di tabel core_setting"),
        ("tables/core_setting.jsonl", lambda text: b"", "rusak di tabel core_setting"),
        ("manifest.json", lambda text: text.replace(b'"revision": "00', b'"revision": "99'), "lebih baru dari kode"),
        ("manifest.json", lambda text: text[:-40], "bukan cadangan"),
    ],
)
def test_a_changed_backup_is_told_and_brings_nothing_back(app, tmp_path, name, change, said):
    with unit_of_work("test.fill") as uow:
        uow.add(SettingValue(unit_id=1, key="nama", value="Kapuas"))
    path, _about = made(tmp_path)
    with pytest.raises(Conflict, match=said):
        work.verify(changed(path, name, change))


def test_a_backup_of_a_newer_source_takes_nothing_away_before_it_is_refused(app, tmp_path):
    with unit_of_work("test.fill") as uow:
        uow.add(SettingValue(unit_id=1, key="nama", value="Kapuas"))
    path, _about = made(tmp_path)
    newer = changed(path, "manifest.json", lambda text: text.replace(b'"revision": "00', b'"revision": "99'))
    with pytest.raises(Conflict, match="lebih baru dari kode"):
        work.restore(newer, replace_all=True)
    assert [row.value for row in db.session.scalars(select(SettingValue))] == ["Kapuas"]


def test_a_file_that_is_no_backup_is_told_in_one_line(app, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    done = app.test_cli_runner().invoke(args=["backup", "verify", str(tmp_path / "x.zip")])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


def test_no_key_is_in_the_file_and_a_missing_one_is_named(app, tmp_path):
    path, about = made(tmp_path)
    with zipfile.ZipFile(path) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    for secret in ("5e" * 32, "1d" * 32, "only-for-tests"):
        assert secret.encode() not in everything
    assert work.missing_keys(about) == []
    app.config["SEAL_KEYS"], kept = f"k2:{'77' * 32}", app.config["SEAL_KEYS"]
    try:
        assert work.missing_keys(about) == ["k1"]
    finally:
        app.config["SEAL_KEYS"] = kept
    assert path.stat().st_mode & 0o077 == 0


def test_a_table_that_no_plugin_knows_stops_a_backup(app, tmp_path):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE stranger (id INTEGER PRIMARY KEY)")
    try:
        with pytest.raises(Conflict, match="stranger"):
            made(tmp_path)
        assert list(tmp_path.iterdir()) == []
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE stranger")


def test_the_worker_makes_one_copy_a_day_and_thins_the_old(app, tmp_path):
    fill()
    app.config["BACKUP_DIR"], app.config["BACKUP_KEEP"] = str(tmp_path / "copies"), "2,0,0"
    try:
        for day in range(4):
            with clock.stopped(NIGHT + timedelta(days=day)):
                for _worker in range(2):
                    nightly.make_backup()
        assert nightly.JOB in app.extensions["nightly_jobs"]
        assert nightly.JOB in jobs.known()
        held = nightly.copies(tmp_path / "copies")
        assert sorted(held) == [NIGHT + timedelta(days=2), NIGHT + timedelta(days=3)]
        assert archive.check(held[max(held)]).rows == archive.read(held[max(held)]).rows > 0
    finally:
        app.config["BACKUP_DIR"] = ""
