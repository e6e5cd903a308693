"""Figures for tests: sums written where the roll-up would have written them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.indicators import declared
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators.models import IndicatorMonth
from p2k2lms.plugins.indicators.rules import months_back

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def last_month() -> date:
    """The month that a page shows unless told."""
    return months_back(clock.today(), 2)[0]


def figure(code: str, key: str, numerator: int, denominator: int, people: int = 40, **traits: Any) -> None:
    """The sums of one unit, indicator and month; one thing was missing."""
    sums = {"numerator": numerator, "denominator": denominator, "n_people": people, "missing": 1}
    row = {
        "unit_id": identity.unit_by_code(code).id,
        "indicator": key,
        "month": last_month(),
        "version": declared()[key].version,
        "stratum": "",
    }
    with unit_of_work("test.figure"):
        db.session.execute(insert(IndicatorMonth), [{**row, **sums, "as_of": AT, **traits}])
