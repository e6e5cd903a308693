"""Tables of what is planned, and of what was seen in five families of a group."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class Plan(Model):
    """The sesi that a group is to have in a month, and the day if one is set; the newest word stands."""

    __tablename__ = "fieldwork_plan"

    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)
    sesi: Mapped[str] = mapped_column(String(60))
    on_day: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))


class SpotCheck(Model):
    """Five families of a roster, by number: how many were asked and seen for each behaviour, never one by one."""

    __tablename__ = "fieldwork_spot_check"
    __table_args__ = (CheckConstraint("families > 0", name="families"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), index=True)
    quarter: Mapped[date]
    modul: Mapped[str] = mapped_column(String(20))
    families: Mapped[int]
    counts: Mapped[list[Any]] = mapped_column(JSON)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
