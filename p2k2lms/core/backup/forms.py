"""How one value is written in a backup: the same text, whichever engine it came from or goes to."""

import base64
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary, String, Time, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Form:
    """One kind of column: what a driver gives becomes plain JSON, and plain JSON what a driver takes."""

    plain: Callable[[Any], Any] = _same
    for_sqlite: Callable[[Any], Any] = _same
    for_postgres: Callable[[Any], Any] = _same


def _instant(value: Any) -> str:
    """Always UTC, always with six digits: SQLite gives text, PostgreSQL an instant in the zone of the session."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)
    return str(moment.replace(tzinfo=None).isoformat("T", "microseconds"))


def _day(value: str | date) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _time(value: str | time) -> str:
    return (time.fromisoformat(value) if isinstance(value, str) else value).isoformat("microseconds")


def _uuid(value: str | uuid.UUID) -> str:
    return (value if isinstance(value, uuid.UUID) else uuid.UUID(value)).hex


def _text_of(value: bytes) -> str:
    return base64.b64encode(value).decode()


FORMS: dict[str, Form] = {
    "text": Form(),
    "whole": Form(),
    "number": Form(float, float, float),
    "yes_no": Form(bool, int, bool),
    "instant": Form(_instant, lambda said: said.replace("T", " "), lambda said: f"{said}+00:00"),
    "day": Form(_day),
    "time": Form(_time),
    "uuid": Form(_uuid, _same, _same),
    "bytes": Form(_text_of, base64.b64decode, base64.b64decode),
    "json": Form(),  # the very text, so that no number and no order of keys is touched
}
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "yes_no"),
    (Integer, "whole"),
    (Float, "number"),
    (DateTime, "instant"),
    (Date, "day"),
    (Time, "time"),
    (Uuid, "uuid"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
    (String, "text"),
)


def kind_of(column_type: TypeEngine[Any]) -> str:
    """The name of the form of a column; TypeError for a type that no backup can carry yet."""
    inner = column_type.impl_instance if isinstance(column_type, TypeDecorator) else column_type
    for known, kind in _KINDS:
        if isinstance(inner, known):
            return kind
    raise TypeError(f"a backup cannot carry {column_type!r}")
