"""The tables of decisions about a class or a path, and of who may lead which sesi."""

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


class Readiness(Model):
    """How high somebody stands on the rung of one sesi; `reason` names what is reached, whatever its order."""

    __tablename__ = "progress_readiness"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 3", name="level"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    sesi: Mapped[str] = mapped_column(String(60), primary_key=True)
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40), default="")
    since: Mapped[date]


class Equivalence(Model):
    """Whether a finished path is equal to the class, and on which facts; decided by somebody else, for a unit."""

    __tablename__ = "progress_equivalence"
    __table_args__ = (
        UniqueConstraint("path_id"),
        CheckConstraint("decision IN ('setara', 'belum_setara')", name="decision"),
        CheckConstraint("decided_by <> person_id", name="not_about_oneself"),
        Index("ix_progress_equivalence_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    course: Mapped[str] = mapped_column(String(80))
    path_id: Mapped[int] = mapped_column(ForeignKey("coaching_path.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    decision: Mapped[str] = mapped_column(String(12))
    rule_version: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    decided_on: Mapped[date]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
