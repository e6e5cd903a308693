"""Tables of the verification draw: the frozen list with its hash and seed, what was checked, and a group's contact."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model
from p2k2lms.core.sealing import Sealed
from p2k2lms.plugins.fieldwork.models.conditions import PATH, one_of
from p2k2lms.plugins.fieldwork.values.words import FOUND, METHODS


class GroupContact(Model):
    """The ketua kelompok: first name and phone, after spoken consent, sealed; for the drawn checker alone."""

    __tablename__ = "fieldwork_group_contact"

    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Sealed("fieldwork.contact.name"), deferred=True)
    phone: Mapped[str] = mapped_column(Sealed("fieldwork.contact.phone"), deferred=True)
    consent_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))


class Draw(Model):
    """One kabupaten and month: the frozen list and its hash first, the seed afterwards; then the draw is fixed."""

    __tablename__ = "fieldwork_draw"
    __table_args__ = (UniqueConstraint("unit_path", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_path: Mapped[str] = mapped_column(PATH)
    month: Mapped[date]
    listed: Mapped[list[Any]] = mapped_column(JSON)
    list_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    seed: Mapped[str] = mapped_column(String(64), default="")
    drawn_at: Mapped[datetime | None]


class Verification(Model):
    """One group that was drawn: who checks, and what was found; `reported` is what the report said when frozen."""

    __tablename__ = "fieldwork_verification"
    __table_args__ = (
        UniqueConstraint("draw_id", "group_id"),
        CheckConstraint(f"result IS NULL OR {one_of('result', tuple(FOUND))}", name="result"),
        CheckConstraint(f"method IS NULL OR {one_of('method', tuple(METHODS))}", name="method"),
        Index("ix_fieldwork_verification_checker_id_result", "checker_id", "result"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_draw.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"))
    stratum: Mapped[str] = mapped_column(String(20))
    reported: Mapped[str] = mapped_column(String(10))
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    method: Mapped[str | None] = mapped_column(String(12))
    result: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[datetime | None]
