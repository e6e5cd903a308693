"""The databases that tests run on: one migrated by Alembic per worker and engine, emptied between tests."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, make_url

from bench.plans import rows_read
from config import for_tests
from p2k2lms.core import schema
from p2k2lms.core.backup import tables
from p2k2lms.core.db import db
from p2k2lms.factory import create_app

MIGRATED: list[bytes] = []


def postgres_url(worker: str) -> URL:
    """The address of this process's own PostgreSQL database: two runs side by side do not meet."""
    base = make_url(os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"))
    return base.set(database=f"p2k2_test_{worker}_{os.getpid()}")


def fresh_postgres(worker: str) -> str:
    """An empty database of this worker's own; returns its address."""
    url = postgres_url(worker)
    drop_postgres(worker)
    _on_server(url, f'CREATE DATABASE "{url.database}"')
    return url.render_as_string(hide_password=False)


def drop_postgres(worker: str) -> None:
    """Leave nothing of this worker behind on the server."""
    url = postgres_url(worker)
    for tail in ("", ".kept"):
        _on_server(url, f'DROP DATABASE IF EXISTS "{url.database}{tail}" WITH (FORCE)')


def _on_server(url: URL, statement: str) -> None:
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()


def migrated_app(folder: Path, uri: str, **changes: object) -> Flask:
    """The platform on a database that has every migration."""
    kept = {"pool_pre_ping": False}  # no server goes away between tests, so none is asked whether it is there
    app = create_app(for_tests(folder, uri, **{"SQLALCHEMY_ENGINE_OPTIONS": kept} | changes))
    app.test_client_class = EachOnItsOwn
    if kept := os.environ.get("TEST_KEPT"):
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(kept)  # each template is compiled once in a run
    with app.app_context():
        _wait_for_no_disk()
        if db.engine.dialect.name == "sqlite":
            _begin_migrated(Path(str(db.engine.url.database)))
        else:
            schema.upgrade()
    return app


def _wait_for_no_disk() -> None:
    """What a test writes need not survive the machine; those who ask what does have a server of their own."""
    embedded = db.engine.dialect.name == "sqlite"
    hasty = "PRAGMA synchronous=OFF" if embedded else "SET synchronous_commit = off"

    @event.listens_for(db.engine, "connect")
    def connected(raw, _) -> None:
        raw.execute(hasty)
        raw.commit()


def _begin_migrated(file: Path) -> None:
    """An embedded database walks through the migrations once per process; each further one is a copy of the first."""
    if MIGRATED:
        file.write_bytes(MIGRATED[0])
        return
    schema.upgrade()
    settle()
    db.engine.dispose()
    MIGRATED.append(file.read_bytes())


def settle() -> None:
    """Bring all that was written to an embedded database into its one file."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class EachOnItsOwn(FlaskClient):
    """A client whose every request begins with an empty `g`, as on a server, whatever context a test holds open."""

    def open(self, *args, **kwargs):
        for name in list(g):
            g.pop(name)
        return super().open(*args, **kwargs)


@contextmanager
def clean(app: Flask) -> Iterator[None]:
    """An app context on a database without a row; emptied again afterwards."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            empty()


def empty() -> None:
    """Take every row out of every table, append-only ones too; ids begin at 1 again."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _empty_sqlite(connection)
        else:
            _empty_postgres(connection)


def _filled(connection: Connection) -> list[str]:
    return list(connection.exec_driver_sql(_which_are_filled()).scalars())


@cache
def _which_are_filled() -> str:
    names = [table.name for table in db.metadata.sorted_tables]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)


def _empty_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    filled = _filled(connection)
    refusing = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'"
    triggers = [row for row in connection.exec_driver_sql(refusing) if row.tbl_name in filled]
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    for name in filled:
        connection.exec_driver_sql(f"DELETE FROM {name}")
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _empty_postgres(connection: Connection) -> None:
    connection.exec_driver_sql("SET lock_timeout = '10s'")  # a forgotten transaction fails, it does not hang
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # neither triggers nor foreign keys
    for name in _filled(connection):
        connection.exec_driver_sql(f"DELETE FROM {name}")
    used = "SELECT setval((schemaname || '.' || sequencename)::regclass, 1, false) FROM pg_sequences"
    connection.exec_driver_sql(f"{used} WHERE last_value IS NOT NULL")
    connection.commit()


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that a block sends to the database, without those that begin a transaction."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def most_rows(ask: Callable[[], object]) -> int:
    """The most rows that one SELECT of `ask` takes from tables and indexes, as PostgreSQL counts them."""
    asked: list[tuple[str, object]] = []

    def note(connection, cursor, statement, values, *rest) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return max(_rows(*one) for one in asked)


def _rows(statement: str, values: object) -> int:
    told = db.session.connection().exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()
    return rows_read((json.loads(told) if isinstance(told, str) else told)[0]["Plan"])


def keep() -> None:
    """Remember every row as it is now; `bring_back` makes it so again."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        settle()
    _copied("", ".kept")


def bring_back() -> None:
    """Undo whatever was done since `keep`."""
    db.session.remove()
    _copied(".kept", "")


def _copied(from_tail: str, to_tail: str) -> None:
    """One database, with nobody connected, becomes another; both are named after the one of the app."""
    db.engine.dispose()
    url = db.engine.url
    if db.engine.dialect.name == "sqlite":
        for tail in ("-wal", "-shm"):
            Path(f"{url.database}{tail}").unlink(missing_ok=True)
        shutil.copy(f"{url.database}{from_tail}", f"{url.database}{to_tail}")
    else:
        _on_server(url, f'DROP DATABASE IF EXISTS "{url.database}{to_tail}" WITH (FORCE)')
        _on_server(url, f'CREATE DATABASE "{url.database}{to_tail}" TEMPLATE "{url.database}{from_tail}"')


def close(app: Flask) -> None:
    """Let go of every connection that the app holds."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def places_of(words: list[str]) -> dict[str, list[str]]:
    """The tables in which one of these words stands."""
    pattern = re.compile("|".join(rf"{re.escape(word)}\b" for word in words).encode())
    found = {}
    with db.engine.connect() as connection:
        for shape in tables.shapes(connection):
            lines = [line.decode()[:300] for line in tables.lines(connection, shape) if pattern.search(line)]
            found |= {shape.name: lines} if lines else {}
    return found
