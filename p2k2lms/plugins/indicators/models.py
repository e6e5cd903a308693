"""Tables of the indicators: the definitions as they were, and the figures by unit and month."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class IndicatorDef(Model):
    """What a version of an indicator meant, kept when it is counted for the first time; never changed."""

    __tablename__ = "indicators_indicator_def"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class IndicatorMonth(Model):
    """Numerator and denominator of one indicator in one unit and month, everything below the unit included."""

    __tablename__ = "indicators_indicator_month"

    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"), primary_key=True, autoincrement=False)
    indicator: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    stratum: Mapped[str] = mapped_column(String(20), primary_key=True)
    numerator: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int] = mapped_column(BigInteger)
    n_people: Mapped[int]
    missing: Mapped[int]
    as_of: Mapped[datetime]
