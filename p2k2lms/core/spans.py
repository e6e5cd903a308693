"""A period of days: half-open, from the first day to the day after the last; NULL is open."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped, mapped_column


class ValidSpan:
    """Columns of a row that holds for a period: `valid_from <= day < valid_to`."""

    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()


def holding_on(table: Any, day: Any) -> ColumnElement[bool]:
    """The condition that a row of `table` holds on this day."""
    within: ColumnElement[bool] = (table.valid_from <= day) & or_(table.valid_to.is_(None), table.valid_to > day)
    return within
