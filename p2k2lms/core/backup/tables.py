"""Reads and writes whole tables in the order of their keys, past the models, so that an older schema works too."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, inspect

from p2k2lms.core.backup.forms import FORMS, kind_of
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

AT_ONCE = 200  # rows in memory; a row may hold a photo or a pack
NOT_OURS = {"alembic_version", "sqlite_sequence"}


@dataclass(frozen=True)
class Shape:
    """A table as a backup knows it: its columns with their kinds, and the key that orders its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @staticmethod
    def of(table: Table) -> "Shape":
        """The shape of a table of the code."""
        columns = tuple((c.name, kind_of(c.type)) for c in table.columns)
        return Shape(table.name, columns, tuple(c.name for c in table.primary_key.columns))


def shapes(connection: Connection) -> list[Shape]:
    """Every table of the platform; Conflict if the database holds one that no plugin here knows."""
    known = [table for table in db.metadata.sorted_tables if table.primary_key.columns]
    strange = set(inspect(connection).get_table_names()) - {t.name for t in known} - NOT_OURS
    if strange:
        names = ", ".join(sorted(strange))
        raise Conflict(_("Tabel ini tidak dikenal oleh plugin mana pun: %(names)s.", names=names))
    return [Shape.of(table) for table in known]


def lines(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """Each row as one line of JSON, in the order of the key, the same bytes on both engines."""
    makers = [FORMS[kind].plain for _name, kind in shape.columns]
    statement = _select(shape, connection.dialect.name == "postgresql")
    rows = connection.exec_driver_sql(statement, execution_options={"yield_per": AT_ONCE})
    for row in rows:
        plain = [None if value is None else make(value) for make, value in zip(makers, row, strict=True)]
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Tally:
    """Counts lines as they pass, and hashes them."""

    def __init__(self) -> None:
        self.rows, self._digest = 0, hashlib.sha256()

    def over(self, passing: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines, counted."""
        for line in passing:
            self.rows += 1
            self._digest.update(line)
            yield line

    @property
    def said(self) -> tuple[int, str]:
        """How many lines passed, and the SHA-256 of them all."""
        return self.rows, self._digest.hexdigest()


def write(connection: Connection, shape: Shape, rows: Iterable[bytes]) -> None:
    """Put rows into an empty table; triggers and references are the caller's business."""
    postgres = connection.dialect.name == "postgresql"
    makers = [FORMS[kind].for_postgres if postgres else FORMS[kind].for_sqlite for _name, kind in shape.columns]
    values = (
        tuple(None if value is None else make(value) for make, value in zip(makers, json.loads(line), strict=True))
        for line in rows
    )
    put = _copy if postgres else _insert
    put(connection, shape, values)


def _select(shape: Shape, postgres: bool) -> str:
    if not postgres:
        order = ", ".join(f'"{name}"' for name in shape.key)
        return f'SELECT {_names(shape)} FROM "{shape.name}" ORDER BY {order}'
    kinds = dict(shape.columns)
    columns = ", ".join(f'"{n}"::text' if kind == "json" else f'"{n}"' for n, kind in shape.columns)
    order = ", ".join(f'"{n}" COLLATE "C"' if kinds[n] == "text" else f'"{n}"' for n in shape.key)
    return f'SELECT {columns} FROM "{shape.name}" ORDER BY {order}'


def _names(shape: Shape) -> str:
    return ", ".join(f'"{name}"' for name, _kind in shape.columns)


def _insert(connection: Connection, shape: Shape, values: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(shape.columns))
    statement = f'INSERT INTO "{shape.name}" ({_names(shape)}) VALUES ({marks})'
    while batch := list(islice(values, AT_ONCE)):
        connection.exec_driver_sql(statement, batch)


def _copy(connection: Connection, shape: Shape, values: Iterator[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{shape.name}" ({_names(shape)}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)
