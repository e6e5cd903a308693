"""The table of cards in need: how each card of the course for the families fared at the meetings of a year."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model


class CardReport(Model):
    """One card, over the newest meetings of its sesi; counted each night, of no person and no place."""

    __tablename__ = "fieldwork_card_report"
    __table_args__ = (
        CheckConstraint("0 <= skipped AND skipped <= meetings", name="skipped"),
        CheckConstraint("0 <= few AND few <= asked", name="hands"),
    )

    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    step: Mapped[str] = mapped_column(String(60), primary_key=True)
    meetings: Mapped[int]
    skipped: Mapped[int]
    minutes: Mapped[int | None]
    planned: Mapped[int]
    few: Mapped[int]
    asked: Mapped[int]
    since: Mapped[date]
    as_of: Mapped[date]
