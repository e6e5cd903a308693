"""Brings what was sealed under an older key under the first one, table by table, in short transactions."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, Text, cast, literal, select, type_coerce, update

from p2k2lms.core import sealing
from p2k2lms.core.db import db
from p2k2lms.core.sealing import Sealed
from p2k2lms.core.unit_of_work import unit_of_work

AT_ONCE = 500


def sealed_columns() -> Iterator[tuple[Table, Column[str]]]:
    """Every column that is held sealed; its table has one primary key column."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield table, column


def reseal() -> dict[str, int]:
    """How many values of each column went under the first key; safe to break off and repeat."""
    return {f"{table.name}.{column.name}": _column(table, column) for table, column in sealed_columns()}


def _old(table: Table, column: Column[str], most: int) -> list[tuple[object, str]]:
    """Key and sealed text of rows that are not under the first key."""
    key = next(iter(table.primary_key.columns))
    raw = type_coerce(column, Text)
    first = f"{sealing.FORMAT}.{sealing.keys().first}."
    found = select(key, raw).where(column.is_not(None), cast(column, Text).not_like(literal(first + "%", Text)))
    return [(row[0], row[1]) for row in db.session.execute(found.order_by(key).limit(most))]


def _column(table: Table, column: Column[str]) -> int:
    key, number = next(iter(table.primary_key.columns)), 0
    purpose = column.type.purpose if isinstance(column.type, Sealed) else ""
    while True:
        with unit_of_work("core.reseal_values", subject=f"{table.name}.{column.name}"):
            rows = _old(table, column, AT_ONCE)
            for row_key, sealed in rows:
                text = sealing.unseal(sealed, purpose)
                same = type_coerce(column, Text) == sealed
                db.session.execute(update(table).where(key == row_key, same).values({column.name: text}))
        number += len(rows)
        if len(rows) < AT_ONCE:
            return number
