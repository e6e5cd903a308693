"""The tables of classes themselves: staff, members, and spells of exposure."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.spans import ValidSpan
from p2k2lms.plugins.enrolment.values import RUNNING


class Angkatan(Model):
    """A class; `centre_path` is copied from its centre, so that lists need no other plugin's table."""

    __tablename__ = "enrolment_angkatan"
    __table_args__ = (
        UniqueConstraint("centre_unit_id", "name"),
        CheckConstraint("mode IN ('luring', 'campuran', 'daring')", name="mode"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="span"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        Index("ux_enrolment_angkatan_calendar_key", "calendar_key", unique=True),
        CheckConstraint("NOT open_door OR mode = 'daring'", name="door"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    name: Mapped[str] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(10))
    centre_unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    centre_path: Mapped[str] = mapped_column(String(200), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    seats: Mapped[int | None]
    open_door: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    online_until: Mapped[date | None]
    calendar_key: Mapped[str | None] = mapped_column(String(64))
    letter_number: Mapped[str] = mapped_column(String(80), default="")
    letter_on: Mapped[date | None]


class AngkatanStaff(Model):
    """Who teaches (`trainer`) or runs (`panitia`) a class."""

    __tablename__ = "enrolment_angkatan_staff"
    __table_args__ = (CheckConstraint("role IN ('trainer', 'panitia')", name="role"),)

    angkatan_id: Mapped[int] = mapped_column(ForeignKey("enrolment_angkatan.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(10))


class Enrolment(Model):
    """One person in one class, or on one path of coaching; the version is that of the first day.

    It changes only when the whole class moves to a newer one while this person still learns.
    """

    __tablename__ = "enrolment_enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "angkatan_id"),
        UniqueConstraint("path_id"),
        CheckConstraint("(angkatan_id IS NULL) <> (path_id IS NULL)", name="place"),
        CheckConstraint("state IN ('berjalan', 'lulus', 'berhenti')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    angkatan_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_angkatan.id"), index=True)
    path_id: Mapped[int | None]
    course: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    state: Mapped[str] = mapped_column(String(10), default=RUNNING)
    enrolled_at: Mapped[datetime] = mapped_column(default=clock.now)
    online_passed_at: Mapped[datetime | None]


class ExposureSpell(ValidSpan, Model):
    """A person's exposure to a class, to coaching or to a refresher; written by `record_exposure` alone."""

    __tablename__ = "enrolment_exposure_spell"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "object_ref"),
        CheckConstraint("kind IN ('kelas', 'coaching', 'penyegaran')", name="kind"),
        CheckConstraint("status IN ('berjalan', 'lulus', 'selesai', 'berhenti')", name="status"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="span"),
        CheckConstraint("share_attended IS NULL OR share_attended BETWEEN 0 AND 1", name="share"),
        Index("ix_enrolment_exposure_spell_status_valid_from", "status", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(10))
    object_ref: Mapped[str] = mapped_column(String(80))
    called_at: Mapped[date | None]
    call_rule: Mapped[str] = mapped_column(String(40))
    offered_at: Mapped[date | None]
    lottery_draw: Mapped[int | None]
    hours: Mapped[float | None]
    share_attended: Mapped[float | None]
    status: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(40))
