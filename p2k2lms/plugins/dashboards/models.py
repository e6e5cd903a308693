"""Table of alerts: one row while a rule holds for a subject, closed by itself when it holds no longer."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
OPEN, ANSWERED = text("closed_on IS NULL"), text("verdict <> ''")


class Alert(Model):
    """One open alert per rule and subject; an officer acts on it, puts it off, or says whether it was right."""

    __tablename__ = "dashboards_alert"
    __table_args__ = (
        Index("ux_dashboards_alert_open", "rule", "subject", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_dashboards_alert_unit_path", "unit_path"),
        Index("ix_dashboards_alert_open_path", "unit_path", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_dashboards_alert_person_id", "person_id"),
        Index("ix_dashboards_alert_answered", "unit_path", sqlite_where=ANSWERED, postgresql_where=ANSWERED),
        CheckConstraint("verdict IN ('', 'benar', 'keliru')", name="verdict"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int]
    unit_path: Mapped[str] = mapped_column(PATH)
    person_id: Mapped[int | None]
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    url: Mapped[str] = mapped_column(String(200))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    snooze_reason: Mapped[str] = mapped_column(String(200), default="")
    done_on: Mapped[date | None]
    verdict: Mapped[str] = mapped_column(String(8), default="")
    verdict_by: Mapped[int | None]
