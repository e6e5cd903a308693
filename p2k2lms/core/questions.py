"""Questions that a page knows beforehand are asked together in one statement, and kept for the rest of the request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar, TypeVarTuple
from uuid import UUID

from flask import has_request_context
from sqlalchemy import JSON, ColumnElement, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.engine import Dialect, IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.types import TypeDecorator

from p2k2lms.core import once
from p2k2lms.core.db import db, look, writing

Args = TypeVarTuple("Args")
R = TypeVar("R")
Asking = tuple[Any, Mapping[str, Any]]
"""A SELECT that is built once, and the values of the parameters that it names."""
WRITTEN: Mapping[type, Callable[[str], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}


class Question(Generic[*Args, R]):
    """A read that can say what it will ask: called, it answers like any other, once for each page.

    Its columns are text, numbers, truth values, days, instants, UUIDs and JSON: they may travel in the rows of another.
    """

    def __init__(self, asks: Callable[[*Args], Asking], answers: Callable[[Any], R]) -> None:
        self.asks, self.answers = asks, answers
        self._kept = once.once_per_page(self._alone)

    def __call__(self, *args: *Args) -> R:
        return self._kept(*args)

    def _alone(self, *args: *Args) -> R:
        return self.answers(look(*self.asks(*args)))

    def ahead(self, *args: *Args) -> "Ahead":
        """The same question, to be asked together with others."""
        statement, values = self.asks(*args)
        return Ahead(statement, values, lambda rows: once.keep(self._alone, args, self.answers(rows)))


@dataclass(frozen=True)
class Ahead:
    """One question of several, and who takes its rows."""

    statement: Any
    values: Mapping[str, Any]
    take: Callable[[Result[Any]], None]


def ask(asked: Sequence[Ahead]) -> None:
    """Ask all of these in one statement; inside a transaction and outside of requests each is left to be asked alone.

    So are questions that mean different things by one name, as when midnight passes while a page gathers them.
    The database answers with one row of lists, so every question keeps its own plan, order and limit.
    """
    if not asked or writing.get() or not has_request_context():
        return
    values = _together(one.values for one in asked)
    if values is None:
        return
    whole, tables = _composed(tuple(one.statement for one in asked), db.engine.dialect)
    answer = look(whole, values).one()
    for one, table, rows in zip(asked, tables, answer, strict=True):
        one.take(table.read(rows or []))


@dataclass(frozen=True)
class Table:
    """How the rows of one question are read from what JSON can say."""

    names: Sequence[str]
    readers: Sequence[Callable[[Any], Any]]

    def read(self, rows: Iterable[Sequence[Any]]) -> Result[Any]:
        told = (tuple(read(value) for read, value in zip(self.readers, row, strict=True)) for row in rows)
        return IteratorResult(SimpleResultMetaData(self.names), told)


@lru_cache(maxsize=256)
def _composed(statements: tuple[Any, ...], dialect: Dialect) -> tuple[Select[Any], list[Table]]:
    """One statement of several, each of which is built once; so is this."""
    sqlite = dialect.name == "sqlite"
    gather, line = (func.json_group_array, func.json_array) if sqlite else (func.json_agg, func.json_build_array)
    parts = [statement.subquery() for statement in statements]
    told = (select(gather(line(*part.c), type_=JSON)).scalar_subquery() for part in parts)
    tables = [Table(part.c.keys(), [_reader(column.type, dialect) for column in part.c]) for part in parts]
    return select(*told), tables


def _together(each: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The values of all; None where two questions mean different things by one name."""
    found: dict[str, Any] = {}
    for values in each:
        for name, value in values.items():
            if found.setdefault(name, value) != value:
                return None
    return found


def _reader(kind: Any, dialect: Dialect) -> Callable[[Any], Any]:
    """From what JSON can say to what the column holds; the embedded database keeps days as text anyhow."""
    if dialect.name == "sqlite":
        read: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
        return read or _as_it_is
    decorated = isinstance(kind, TypeDecorator)
    written: Callable[[Any], Any] = WRITTEN.get(_python_type(kind.impl_instance if decorated else kind), _as_it_is)
    made: Callable[[Any], Any] = partial(kind.process_result_value, dialect=dialect) if decorated else _as_it_is
    return lambda value: None if value is None else made(written(value))


def below(column: Any, name: str, number: int) -> ColumnElement[bool]:
    """The path is one of so many or lies below; a range, so that an index serves ("0" follows "/")."""
    names = (f"{name}{n}" for n in range(number))
    return or_(false(), *(and_(column >= bindparam(one), column < bindparam(f"{one}_end")) for one in names))


def paths(name: str, these: Sequence[str]) -> dict[str, Any]:
    """The values that `below` waits for."""
    first = {f"{name}{n}": path for n, path in enumerate(these)}
    return first | {f"{name}{n}_end": path[:-1] + "0" for n, path in enumerate(these)}


def _python_type(kind: Any) -> type:
    try:
        found: type = kind.python_type
    except NotImplementedError:  # of a column of NULLs
        return object
    return found


def _as_it_is(value: Any) -> Any:
    return value
