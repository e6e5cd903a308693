"""Table of what a supervisor says about a month."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.fieldwork.models.conditions import one_of
from p2k2lms.plugins.fieldwork.values.words import VERDICTS


class Review(Model):
    """What a supervisor says about the month of a pendamping; the newest word stands, the audit keeps the others."""

    __tablename__ = "fieldwork_review"
    __table_args__ = (CheckConstraint(one_of("verdict", tuple(VERDICTS)), name="verdict"),)

    pendamping_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(String(500), default="")
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
