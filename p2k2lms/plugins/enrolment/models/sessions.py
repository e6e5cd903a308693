"""The tables of a class that meets: who teaches what, the timetable, who came, and who waits for a seat."""

import secrets
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class SubjectTrainer(Model):
    """Who teaches a mata diklat in a class, or stands in for who does."""

    __tablename__ = "enrolment_subject_trainer"

    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"), primary_key=True)
    modul: Mapped[str] = mapped_column(String(80), primary_key=True)
    substitute: Mapped[bool] = mapped_column(primary_key=True, default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)


class Waiting(Model):
    """One who may take the next free seat of a class."""

    __tablename__ = "enrolment_waiting"
    __table_args__ = (UniqueConstraint("angkatan_id", "place"),)

    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, index=True)
    place: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    lottery_draw: Mapped[int | None]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


class ClassSession(Model):
    """One meeting of the timetable; times are minutes of the day where the class is held.

    `secret` signs the code on the wall; once the list is closed, nobody marks himself any more.
    """

    __tablename__ = "enrolment_class_session"
    __table_args__ = (
        UniqueConstraint("angkatan_id", "on_day", "starts"),
        CheckConstraint("starts BETWEEN 0 AND 1439", name="starts"),
        CheckConstraint("minutes BETWEEN 5 AND 720 AND starts + minutes <= 1440", name="minutes"),
        CheckConstraint("jp BETWEEN 0 AND 16", name="jp"),
        CheckConstraint("head_count IS NULL OR head_count >= 0", name="head_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"))
    on_day: Mapped[date]
    starts: Mapped[int]
    minutes: Mapped[int]
    modul: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(160))
    jp: Mapped[int]
    live_url: Mapped[str] = mapped_column(String(400), default="")
    secret: Mapped[str] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    closed_at: Mapped[datetime | None]
    head_count: Mapped[int | None]
    count_note: Mapped[str] = mapped_column(String(300), default="")


class Attendance(Model):
    """One person at one meeting: `late` minutes are missing from those earned; `browser` tells phones apart."""

    __tablename__ = "enrolment_attendance"
    __table_args__ = (
        CheckConstraint("status IN ('hadir', 'izin', 'sakit', 'alpa')", name="status"),
        CheckConstraint("how IN ('qr', 'petugas')", name="how"),
        CheckConstraint("late >= 0 AND (late = 0 OR status = 'hadir')", name="late"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("enrolment_class_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, index=True)
    status: Mapped[str] = mapped_column(String(10))
    late: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int]
    how: Mapped[str] = mapped_column(String(10))
    browser: Mapped[str] = mapped_column(String(32), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    marked_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))


class Joining(Model):
    """Who went into the room of a live meeting: first, last, and how often."""

    __tablename__ = "enrolment_joining"

    session_id: Mapped[int] = mapped_column(ForeignKey("enrolment_class_session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, index=True)
    first_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)
    times: Mapped[int] = mapped_column(default=1)
