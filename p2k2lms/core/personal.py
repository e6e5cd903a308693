"""The register of personal data: what each plugin holds of a person, how it is handed out, and how it is made nameless.

A plugin declares a `Holding` for each table whose rows are about a person or were written by one, and a `Mention` for
columns that only hold the number of whoever acted; a test finds columns that nobody declared. Whoever is made nameless
keeps the number, and every count keeps its rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, LargeBinary, delete, inspect, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from p2k2lms.core.db import Model, db

Whose = Callable[[int], ColumnElement[bool]]
Change = Mapping[str, Any]  # column -> what stands there afterwards; a callable is given the person's number


@dataclass(frozen=True)
class Holding:
    """One table: `label` and `why` for people, the columns that name the person, and what becomes of the rest.

    `whose` finds the rows where the table itself names nobody. `erase` says what is written over; `goes` that the rows
    are removed. `hidden` columns are secrets of the platform and no data of the person. `also` does what no
    column can say, inside the open transaction.
    """

    model: type[Model]
    label: Any
    why: Any
    names: tuple[str, ...] = ()
    whose: Whose | None = None
    erase: Change = field(default_factory=dict)
    goes: bool = False
    hidden: tuple[str, ...] = ()
    also: Callable[[int], None] | None = None

    @property
    def key(self) -> str:
        """The name of the table."""
        return str(self.model.__tablename__)

    def rows(self, person_id: int) -> list[dict[str, Any]]:
        """Every row of the person, in the order of its key, as plain values."""
        columns = [c for c in self._columns() if c.key not in self.hidden and not isinstance(c.type, LargeBinary)]
        keys = inspect(self.model).primary_key
        found = db.session.execute(select(*columns).where(self.of(person_id)).order_by(*keys))
        names = [column.key for column in columns]
        return [{name: plain(value) for name, value in zip(names, row, strict=True)} for row in found]

    def forget(self, person_id: int) -> None:
        """Make the rows nameless, or take them away; inside an open unit of work."""
        if self.also is not None:
            self.also(person_id)
        if self.goes:
            db.session.execute(delete(self.model).where(self.of(person_id)))
        elif self.erase:
            said = {name: value(person_id) if callable(value) else value for name, value in self.erase.items()}
            db.session.execute(update(self.model).where(self.of(person_id)).values(said))

    def of(self, person_id: int) -> ColumnElement[bool]:
        """The condition that a row is this person's."""
        if self.whose is not None:
            return self.whose(person_id)
        return or_(*(getattr(self.model, name) == person_id for name in self.names))

    def _columns(self) -> list[InstrumentedAttribute[Any]]:
        return [getattr(self.model, one.key) for one in inspect(self.model).column_attrs]


@dataclass(frozen=True)
class Mention:
    """Columns that hold the number of whoever acted in somebody else's matter; the number alone stays."""

    model: type[Model]
    names: tuple[str, ...]


def plain(value: Any) -> Any:
    """A value as JSON can say it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)


def holdings() -> tuple[Holding, ...]:
    """All that is held of people, from the ground up."""
    found: tuple[Holding, ...] = current_app.extensions["personal"]
    return found


def everything(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All rows about a person, by table; tables without one are left out."""
    told = {holding.key: holding.rows(person_id) for holding in holdings()}
    return {key: rows for key, rows in told.items() if rows}


def forget(person_id: int) -> None:
    """Make a person nameless in every plugin, from the top down, inside an open unit of work."""
    for holding in reversed(holdings()):
        holding.forget(person_id)
    db.session.expire_all()
