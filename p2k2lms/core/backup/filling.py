"""Fills an empty database from a backup, at the schema of that day, and compares what came with what should have."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from p2k2lms.core import schema
from p2k2lms.core.backup import archive, tables
from p2k2lms.core.backup.archive import About
from p2k2lms.core.db import writing
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _


def must_know(about: About) -> None:
    """Conflict for a backup that a newer source has made."""
    if not schema.knows(about.revision):
        raise Conflict(_("Cadangan ini lebih baru dari kode ini (%(revision)s).", revision=about.revision))


def fill(engine: Engine, path: Path) -> About:
    """Everything of the backup in one transaction, compared row for row, then the newest schema.

    The database holds no table yet. Conflict if the backup is damaged, is newer than this source, or does not
    come out as it went in; nothing is kept then.
    """
    about = archive.read(path)
    must_know(about)
    schema.upgrade(engine, about.revision)
    pen = writing.set(True)
    try:
        with engine.connect() as connection:
            _mind_references(connection, False)
            with connection.begin():
                with _rules_away(connection):
                    _clear(connection)
                    for content in about.tables:
                        tables.write(connection, content.shape, archive.lines(path, content))
                    if connection.dialect.name == "postgresql":
                        _numbers_go_on(connection, about)
                if lost := differing(connection, about):
                    raise Conflict(_("Tidak kembali seperti semula: %(names)s.", names=", ".join(lost)))
            _mind_references(connection, True)
    finally:
        writing.reset(pen)
    schema.upgrade(engine)
    return about


def differing(connection: Connection, about: About) -> list[str]:
    """The tables whose count or hash is not that of the backup."""
    wrong = []
    for content in about.tables:
        tally = tables.Tally()
        for _line in tally.over(tables.lines(connection, content.shape)):
            pass
        if tally.said != (content.rows, content.sha256):
            wrong.append(content.shape.name)
    return wrong


def rows_there(engine: Engine) -> int:
    """How many rows the database holds, whatever its tables; 0 where nothing was ever made."""
    with engine.connect() as connection:
        names = [n for n in inspect(connection).get_table_names() if n not in tables.NOT_OURS]
        counts = (connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0 for name in names)
        return sum(counts)


def drop_everything(engine: Engine) -> None:
    """Take every table of this PostgreSQL schema away, and what hangs on them."""
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')


def _clear(connection: Connection) -> None:
    """Away with what migrations put in: the backup brings its own."""
    for name in inspect(connection).get_table_names():
        if name not in tables.NOT_OURS:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')


def _mind_references(connection: Connection, on: bool) -> None:
    """SQLite takes this only between transactions; PostgreSQL has its references taken away instead."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")  # type: ignore


@contextmanager
def _rules_away(connection: Connection) -> Iterator[None]:
    """Without triggers and references while rows come in any order; both are back, and checked, afterwards."""
    away = _sqlite_rules_away if connection.dialect.name == "sqlite" else _postgres_rules_away
    with away(connection):
        yield


@contextmanager
def _sqlite_rules_away(connection: Connection) -> Iterator[None]:
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _sql in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in found:
        connection.exec_driver_sql(sql)
    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise Conflict(_("Cadangan menunjuk ke baris yang tidak ada: %(place)s.", place=lost[0][0]))


_REFERENCES = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"""


@contextmanager
def _postgres_rules_away(connection: Connection) -> Iterator[None]:
    references = connection.exec_driver_sql(_REFERENCES).all()
    names = inspect(connection).get_table_names()
    for table, name, _definition in references:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table in names:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    for table in names:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    for table, name, definition in references:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _numbers_go_on(connection: Connection, about: About) -> None:
    """Each sequence continues after the highest number that came."""
    for content in about.tables:
        name, kinds = content.shape.name, dict(content.shape.columns)
        for key in content.shape.key:
            if kinds[key] == "whole":
                connection.exec_driver_sql(
                    "SELECT setval(s, GREATEST(top, 1), top IS NOT NULL) FROM (SELECT "
                    f'pg_get_serial_sequence(\'"{name}"\', \'{key}\') AS s, (SELECT max("{key}") FROM "{name}") AS top'
                    ") AS found WHERE s IS NOT NULL"
                )
