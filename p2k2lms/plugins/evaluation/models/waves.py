"""Waves, and who is asked in each about whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")


class Wave(Model):
    """People of one unit are asked one version of an instrument between two days, both included.

    `anchor` is the day from which the months of the code count: the end of a class, or the first day of a month.
    """

    __tablename__ = "evaluation_wave"
    __table_args__ = (
        UniqueConstraint("code", "instrument_code", "unit_id", "anchor"),
        CheckConstraint("closes >= opens", name="span"),
        CheckConstraint("code IN ('UJI', 'W0', 'W0+', 'W3', 'W6', 'W12', 'KHUSUS')", name="code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(120))
    instrument_code: Mapped[str] = mapped_column(String(40))
    version_id: Mapped[int] = mapped_column(ForeignKey("evaluation_instrument_version.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH, index=True)
    anchor: Mapped[date]
    opens: Mapped[date]
    closes: Mapped[date]
    closed_at: Mapped[datetime | None]
    draw_seed: Mapped[str] = mapped_column(String(64), default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Assignment(Model):
    """One respondent is asked about one person; unit, arm and the bands of the frame are frozen on the day."""

    __tablename__ = "evaluation_wave_assignment"
    __table_args__ = (
        UniqueConstraint("wave_id", "respondent_id", "subject_id", "subject_ref"),
        CheckConstraint("arm IN ('dilatih', 'belum', '')", name="arm"),
        CheckConstraint("state IN ('menunggu', 'dijawab', 'dilepas')", name="state"),
        Index("ix_evaluation_wave_assignment_respondent_id_state", "respondent_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("evaluation_wave.id"))
    respondent_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    subject_ref: Mapped[str] = mapped_column(String(40), default="")
    arm: Mapped[str] = mapped_column(String(8), default="")
    kabupaten_id: Mapped[int | None] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH)
    sex: Mapped[str] = mapped_column(String(1), default="")
    age_band: Mapped[str] = mapped_column(String(8), default="")
    log_band: Mapped[str] = mapped_column(String(8), default="")
    state: Mapped[str] = mapped_column(String(10), default="menunggu")
    excuse: Mapped[str] = mapped_column(String(120), default="")
    reminders: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[bool] = mapped_column(default=False)


class Unasked(Model):
    """A wave is about this person, and nobody has been asked yet; the row goes once somebody is."""

    __tablename__ = "evaluation_wave_unasked"
    __table_args__ = (CheckConstraint("reason IN ('antre', 'atasan', 'kelompok', 'menolak')", name="reason"),)

    wave_id: Mapped[int] = mapped_column(ForeignKey("evaluation_wave.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, index=True)
    arm: Mapped[str] = mapped_column(String(8), default="")
    kabupaten_id: Mapped[int | None] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH)
    reason: Mapped[str] = mapped_column(String(10))
