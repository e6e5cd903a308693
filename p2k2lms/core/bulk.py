"""Many rows at once, past the session: for sums that are counted anew, and for synthetic data.

What a use-case decides it writes one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Column, Table, insert
from sqlalchemy.exc import DBAPIError

from p2k2lms.core.db import db, is_sqlite

AT_ONCE = 2_000


def write(model: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add these rows, which all name the same columns, inside the caller's transaction; defaults fill the others.

    PostgreSQL takes them as one stream (COPY), the embedded database in portions. Constraints speak as always.
    """
    every = iter(rows)
    first = next(every, None)
    if first is None:
        return
    table: Table = model.__table__
    whole = chain([first], every)
    db.session.flush()
    _insert(table, whole) if is_sqlite() else _copy(table, list(first), whole)


def take_stock() -> None:
    """Tell the database how full its tables have become: until then it plans as if they were small."""
    if not is_sqlite():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def _insert(table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    portion: list[Mapping[str, Any]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == AT_ONCE:
            db.session.execute(insert(table), portion)
            portion = []
    if portion:
        db.session.execute(insert(table), portion)


def _copy(table: Table, named: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    connection = db.session.connection()
    driver: Any = connection.connection.dbapi_connection
    filled = [column for column in table.columns if column.name not in named and column.default is not None]
    names = ", ".join(f'"{name}"' for name in (*named, *(column.name for column in filled)))
    makers = [_maker(column) for column in (*(table.columns[name] for name in named), *filled)]
    statement = f'COPY "{table.name}" ({names}) FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:
            for values in _values(named, makers, filled, rows):
                stream.write_row(values)
    except db.engine.dialect.loaded_dbapi.Error as fault:
        base = db.engine.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, fault, base, hide_parameters=True) from fault


def _values(
    named: Sequence[str], makers: Sequence[Any], filled: Sequence[Column[Any]], rows: Iterable[Mapping[str, Any]]
) -> Iterator[list[Any]]:
    """The values of each row as the driver takes them, and those that the table fills in, made for each row."""
    defaults = [_default(column) for column in filled]
    for row in rows:
        told = [row[name] for name in named] + [default() for default in defaults]
        yield [value if make is None else make(value) for make, value in zip(makers, told, strict=True)]


def _maker(column: Column[Any]) -> Any:
    return column.type.dialect_impl(db.engine.dialect).bind_processor(db.engine.dialect)


def _default(column: Column[Any]) -> Callable[[], Any]:
    """What the column is given when a row does not name it: made anew each time, as in a single row."""
    arg: Any = getattr(column.default, "arg", None)
    return (lambda: arg(None)) if callable(arg) else (lambda: arg)
