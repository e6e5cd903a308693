"""Tables of delivery: the cards that people have read, the scenes they played, and where each stopped."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class StepDone(Model):
    """A card read by a person, once; its key is what a page asks by, so no page ever scans this table."""

    __tablename__ = "delivery_step_done"

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    step: Mapped[str] = mapped_column(String(60), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment_enrolment.id"))
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class ReadCount(Model):
    """How many cards of a course a person has read, counted when each is: long lists read it, and count nothing."""

    __tablename__ = "delivery_read_count"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]


class Position(Model):
    """Where a person read last in a course; the newest instant wins, whichever phone told it."""

    __tablename__ = "delivery_position"
    __table_args__ = (CheckConstraint("scroll BETWEEN 0 AND 1", name="scroll"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    step: Mapped[str] = mapped_column(String(60))
    scroll: Mapped[float]
    device: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class ScenePlayed(Model):
    """The way on which a person last played a role-play scene to its end; it proves nothing and opens nothing."""

    __tablename__ = "delivery_scene_played"

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    scene: Mapped[str] = mapped_column(String(60), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    way: Mapped[str] = mapped_column(String(40))
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
