"""The database handle, the base of every table, and the column types that both engines share."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    Executable,
    Integer,
    MetaData,
    Result,
    Row,
    TableValuedAlias,
    Text,
    any_,
    bindparam,
    column,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from p2k2lms.core import sqlite

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

writing: ContextVar[bool] = ContextVar("writing", default=False)
_line: ContextVar[Connection | None] = ContextVar("line", default=None)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database, on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table: its names, and how a Python type becomes a column."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime()})


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def install(app: Flask) -> None:
    """Bind the handle to the app and hook every engine that it opens."""
    uri = str(app.config["SQLALCHEMY_DATABASE_URI"])
    options: dict[str, Any] = _options(uri) | dict(app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {}))
    options.setdefault("hide_parameters", not app.testing)  # an error must not carry names into a log
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        hook(db.engine)


def open_engine(uri: str) -> Engine:
    """An engine of its own for another database, under the same rules; whoever opens it disposes of it."""
    engine = create_engine(uri, hide_parameters=True, **_options(uri))
    hook(engine)
    return engine


def _options(uri: str) -> dict[str, Any]:
    """How PostgreSQL plans: no machine code of a query, which took a second where the query itself took milliseconds.

    A place on the disk costs little more than the next one, as is so of disks without a needle: else it walks through
    a table of figures where the key leads to the few that are wanted. Options that stand in the address itself come
    after ours, so who runs the database has the last word.
    """
    if uri.startswith("sqlite"):
        return {"module": sqlite.driver()}
    own = make_url(uri).query.get("options", "")
    return {"pool_pre_ping": True, "connect_args": {"options": f"-c jit=off -c random_page_cost=1.1 {own}"}}


def hook(engine: Engine) -> None:
    """Give the engine its transaction and durability rules."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: sqlite.prepare(connection))
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[assignment, method-assign]


def _begin_sqlite(connection: Any) -> None:
    """A writer takes the lock at once: a read that later writes would lose updates or fail.

    It stands in the dialect, not in a listener: a listener makes every statement look for others.
    """
    connection.execute("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def execute(
    statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> Result[Any]:
    """Ask the tables themselves, past the session and its search for an engine: for what every submission asks.

    The connection is found once for each use-case. What the session has not flushed is not seen.
    """
    line = _line.get()
    if line is None:
        line = db.session.connection()
        if writing.get():
            _line.set(line)
    return line.execute(statement, values)


def look(statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
    """Columns for a page, in long lists or at every request: no objects are made of them.

    Outside a use-case nothing waits in the session, so the tables answer; inside one the session does, and knows what
    has been changed.
    """
    return db.session.execute(statement, values) if writing.get() else execute(statement, values)


def glance(statement: Executable, values: Mapping[str, Any]) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows of one question on a line of its own, given back at once: no transaction of the session is begun for it.

    For what is asked before it is known whether the request will read on or write. Inside a use-case that one answers.
    """
    if writing.get():
        return execute(statement, values).all()
    with db.engine.connect() as line:
        return line.execute(statement, values).all()


@contextmanager
def pen() -> Iterator[None]:
    """Whatever is begun inside takes the lock of a writer at once."""
    held, found = writing.set(True), _line.set(None)
    try:
        yield
    finally:
        _line.reset(found)
        writing.reset(held)


def among(field: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """True if the column holds one of these ids; however many they are, they travel as one value."""
    if is_sqlite():
        return cast(ColumnElement[bool], field.in_(select(listed(ids))))
    return cast(ColumnElement[bool], field == any_(literal(list(ids), ARRAY(Integer))))


def among_named(field: Any, name: str) -> ColumnElement[bool]:
    """The same for a statement that is built once: the ids come by this name, as `packed` makes them."""
    if is_sqlite():
        return cast(ColumnElement[bool], field.in_(select(_table(func.json_each(bindparam(name, type_=Text))))))
    return cast(ColumnElement[bool], field == any_(bindparam(name, type_=ARRAY(Integer))))


def packed(ids: Iterable[int]) -> Any:
    """These ids as the one value that `among_named` waits for."""
    return json.dumps(list(ids)) if is_sqlite() else list(ids)


def listed(ids: Iterable[int]) -> TableValuedAlias:
    """These ids as a table of one column, `value`; however many they are, they travel as one value."""
    if is_sqlite():
        return _table(func.json_each(json.dumps(list(ids))))
    return func.unnest(literal(list(ids), ARRAY(Integer))).table_valued(column("value", Integer)).render_derived()


def _table(rows: Any) -> TableValuedAlias:
    return cast(TableValuedAlias, rows.table_valued(column("value", Integer)))


def days_between(since: Any, until: Any) -> Any:
    """Days from one column to another, on either engine."""
    return func.julianday(until) - func.julianday(since) if is_sqlite() else until - since


def is_sqlite() -> bool:
    """True on the embedded database."""
    line = _line.get()
    return (line if line is not None else db.engine).dialect.name == "sqlite"
