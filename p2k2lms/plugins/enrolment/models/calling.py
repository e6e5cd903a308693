"""The tables of the fair queue: a round with its frozen list, the number as two people typed it, and the one draw."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class CallRound(Model):
    """Who is called to a class when seats are fewer than people: one round for a class, so nobody draws twice.

    Once frozen, the list and its hash no longer change; `secret` was drawn then, `commitment` is shown from then on.
    """

    __tablename__ = "enrolment_call_round"
    __table_args__ = (
        CheckConstraint("seats > 0 AND waiting >= 0", name="places"),
        CheckConstraint("(frozen_at IS NULL) = (list_hash IS NULL)", name="frozen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"), unique=True)
    course: Mapped[str] = mapped_column(String(80))
    seats: Mapped[int]
    waiting: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    known_on: Mapped[date]
    people: Mapped[str] = mapped_column(Text, default="[]")
    list_hash: Mapped[str | None] = mapped_column(String(64))
    secret: Mapped[str] = mapped_column(String(64), default="")
    commitment: Mapped[str] = mapped_column(String(64), default="")
    frozen_at: Mapped[datetime | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class CallExemption(Model):
    """One who is taken off the list before it is frozen, and why."""

    __tablename__ = "enrolment_call_exemption"

    round_id: Mapped[int] = mapped_column(ForeignKey("enrolment_call_round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    said_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))


class CallNumber(Model):
    """The public number as one person typed it; the draw needs two who agree."""

    __tablename__ = "enrolment_call_number"

    round_id: Mapped[int] = mapped_column(ForeignKey("enrolment_call_round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(80))
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)


class CallDraw(Model):
    """The draw of a round; the key is the round's, so there is one."""

    __tablename__ = "enrolment_call_draw"
    __table_args__ = (CheckConstraint("first_by <> second_by", name="two_people"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("enrolment_call_round.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(80))
    seed: Mapped[str] = mapped_column(String(64))
    first_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    second_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    drawn_at: Mapped[datetime] = mapped_column(default=clock.now)


class CallPlace(Model):
    """Where the draw put one person."""

    __tablename__ = "enrolment_call_place"
    __table_args__ = (
        CheckConstraint("standing IN ('dipanggil', 'tunggu', 'berikutnya')", name="standing"),
        Index("ix_enrolment_call_place_person_id", "person_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("enrolment_call_round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    kabupaten: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int]
    standing: Mapped[str] = mapped_column(String(12))
