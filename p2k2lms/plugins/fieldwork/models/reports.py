"""Tables of the month: what a pendamping signed and who acknowledged it, and remarks beside a report's fields."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.fieldwork.models.conditions import PATH, one_of
from p2k2lms.plugins.fieldwork.values.words import REMARKS


class MonthlyReport(Model):
    """The P2K2 report of one pendamping and month as it was signed; both recipients acknowledge it.

    `unit_path` is the home of the pendamping on that day, `body` what was signed: facts may be corrected later.
    """

    __tablename__ = "fieldwork_monthly_report"
    __table_args__ = (Index("ix_fieldwork_monthly_report_month_unit_path", "month", "unit_path"),)

    pendamping_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    unit_path: Mapped[str] = mapped_column(PATH)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    signed: Mapped[datetime]
    ack_korkab: Mapped[datetime | None]
    ack_korkab_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    ack_dinsos: Mapped[datetime | None]
    ack_dinsos_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))


class MeetingRemark(Model):
    """What a supervisor says beside one field of a report; nothing is overwritten.

    It is settled by a reply of who led the meeting, or without one by a correction of the report.
    """

    __tablename__ = "fieldwork_meeting_remark"
    __table_args__ = (CheckConstraint(one_of("verdict", tuple(REMARKS)), name="verdict"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("fieldwork_meeting.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(500))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    reply: Mapped[str] = mapped_column(String(500), default="")
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    settled_at: Mapped[datetime | None]
