"""What most tests stand on is built by its use-case once per process and engine; after that its rows are laid again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Table, func, insert, select, text

from p2k2lms.core import audit, clock, once
from p2k2lms.core.access import Actor, Posting
from p2k2lms.core.db import Model, db, pen
from p2k2lms.core.models import Audit
from p2k2lms.core.unit_of_work import is_open

Row = Mapping[str, Any]
AUDIT: Any = Audit.__table__
T = TypeVar("T")


@dataclass(frozen=True)
class Laid:
    """The rows of one building by table, what the audit said of it, while which moments it was made, and what came."""

    rows: Mapping[Table, list[Row]]
    said: list[Row]
    since: datetime
    until: datetime
    answer: Any


_kept: dict[tuple[str, str], Laid] = {}


def stand(name: str, build: Callable[[], T], *first: type[Model]) -> T:
    """Do what `build` does: by itself the first time, later by its rows, as if it had been done at this moment.

    Rows are laid only where their tables are empty, and those of `first`, which name whatever `build` looks for
    before it makes it; they get the ids that they would get. Else `build` does its work. The audit is written anew,
    behind whatever stands there. What came of it is given back as it was: numbers, not what tells the hour.
    """
    place = (db.engine.dialect.name, name)
    laid = _kept.get(place)
    if is_open() or any(_counts({one.__table__ for one in first} | (laid.rows.keys() if laid else set())).values()):
        return build()  # inside a use-case, whose transaction must hold it, or beside what another test step made
    return _lay(laid) if laid else _watch(place, build)


def is_kept(name: str) -> bool:
    """True if it would be laid where its tables are empty."""
    return (db.engine.dialect.name, name) in _kept


def _watch(place: tuple[str, str], build: Callable[[], T]) -> T:
    tables = db.metadata.sorted_tables
    before, last, since = _counts(tables), db.session.scalar(select(func.max(AUDIT.c.id))) or 0, clock.now()
    answer = build()
    after = _counts(tables)
    grown = [table for table in tables if table is not AUDIT and after[table.name] != before[table.name]]
    rows: dict[Table, list[Row]] = {table: _rows(select(table).order_by(*table.primary_key)) for table in grown}
    said = _rows(select(AUDIT).where(AUDIT.c.id > last).order_by(AUDIT.c.id))
    db.session.rollback()
    if not any(before[table.name] for table in grown) and all(_without_gaps(*one) for one in rows.items()):
        _kept[place] = Laid(rows, said, since, clock.now(), answer)
    return answer


def _rows(asked: Any) -> list[Row]:
    return [dict(row) for row in db.session.execute(asked).mappings()]


def _counts(tables: Iterable[Any]) -> dict[str, int]:
    counted = (f"SELECT '{table.name}', (SELECT count(*) FROM {table.name})" for table in tables)
    return {name: count for name, count in db.session.execute(text(" UNION ALL ".join(counted)))}


def _without_gaps(table: Table, rows: list[Row]) -> bool:
    """Their numbers, if the database gave them, are those that an empty table gives."""
    numbered = table.autoincrement_column
    return numbered is None or {row[numbered.name] for row in rows} == set(range(1, len(rows) + 1))


def _lay(laid: Laid) -> Any:
    now = clock.now()

    def moved(value: Any) -> Any:
        return now if isinstance(value, datetime) and laid.since <= value <= laid.until else value

    db.session.rollback()
    once.forget()
    with pen():
        for table, rows in laid.rows.items():
            at_once = insert(table).returning(*table.primary_key)  # for what is to come back goes in one statement
            db.session.execute(at_once, [{name: moved(value) for name, value in row.items()} for row in rows])
        if db.engine.dialect.name == "postgresql":
            _go_on_after(laid)
        for line in laid.said:
            who = tuple(Posting(role, 0, line["unit_path"]) for role in line["role"].split())
            audit.write(Actor(line["actor_id"], "", who), line["use_case"], [line["subject"]], line["events"].split())
        db.session.commit()
    return laid.answer


def _go_on_after(laid: Laid) -> None:
    """The next number that the database gives in each table is the one behind what was laid."""
    numbered = [(table.name, column.name) for table in laid.rows if (column := table.autoincrement_column) is not None]
    go_on = [
        func.setval(func.pg_get_serial_sequence(table, column), len(laid.rows[db.metadata.tables[table]]))
        for table, column in numbered
    ]
    if go_on:
        db.session.execute(select(*go_on))
