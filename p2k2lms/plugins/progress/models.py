"""The table of decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class Completion(Model):
    """Whether a person has completed a class, and on which facts; decided by the rule when nobody is named."""

    __tablename__ = "progress_completion"
    __table_args__ = (
        UniqueConstraint("person_id", "course", "angkatan_id"),
        CheckConstraint("decision IN ('lulus', 'tidak_lulus')", name="decision"),
        CheckConstraint("decided_by IS NULL OR decided_by <> person_id", name="not_about_oneself"),
        Index("ix_progress_completion_angkatan_id", "angkatan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    course: Mapped[str] = mapped_column(String(80))
    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment_enrolment.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    decision: Mapped[str] = mapped_column(String(12))
    rule_version: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    decided_on: Mapped[date]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
