"""Tables of coaching: templates, paths with their meetings, coaches, talks, agreements and observations."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.spans import ValidSpan
from p2k2lms.plugins.coaching.values.words import CONTEXTS, DRAFT, MODES, RUNNING, SIDES, STATES, TEMPLATE_STATES

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
IS_RUNNING = text("state = 'berjalan'")


def one_of(column: str, words: Any) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class PathTemplate(Model):
    """A path as a centre plans it; a change is a new row with the next number, so what is walked on stays.

    Only what somebody else than its authors has approved is offered.
    """

    __tablename__ = "coaching_path_template"
    __table_args__ = (
        UniqueConstraint("unit_id", "name", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(one_of("state", TEMPLATE_STATES), name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH)
    course: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    modul: Mapped[str] = mapped_column(String(20), default="")
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    retired: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(String(9), default=DRAFT)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))


class CoachingPath(ValidSpan, Model):
    """One person on one path; one running path for each course."""

    __tablename__ = "coaching_path"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="span"),
        Index("ix_coaching_path_person_id", "person_id"),
        Index(
            "ux_coaching_path_running",
            "person_id",
            "course",
            unique=True,
            sqlite_where=IS_RUNNING,
            postgresql_where=IS_RUNNING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    course: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("coaching_path_template.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_enrolment.id"))
    state: Mapped[str] = mapped_column(String(10), default=RUNNING)
    asked_on: Mapped[date | None]


class PathStage(Model):
    """One meeting of a path, copied from the template on the first day."""

    __tablename__ = "coaching_path_stage"
    __table_args__ = (UniqueConstraint("path_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("coaching_path.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    sesi: Mapped[list[str]] = mapped_column(JSON)
    practice: Mapped[bool]
    observed: Mapped[bool]
    minutes: Mapped[int]
    reflection: Mapped[str] = mapped_column(String(1000), default="")


class SignOff(Model):
    """One side's signature under a meeting; given once."""

    __tablename__ = "coaching_sign_off"
    __table_args__ = (CheckConstraint(one_of("side", SIDES), name="side"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("coaching_path_stage.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(12), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    on_day: Mapped[date]
    sent_id: Mapped[uuid.UUID]


class CoachAssignment(ValidSpan, Model):
    """Who coaches a path, for a period; a trigger refuses two on one day."""

    __tablename__ = "coaching_coach_assignment"
    __table_args__ = (
        CheckConstraint("kind IN ('supervisor', 'rekan')", name="kind"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="span"),
        Index("ix_coaching_coach_assignment_path_id", "path_id"),
        Index("ix_coaching_coach_assignment_coach_id", "coach_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("coaching_path.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))


class WillingPeer(Model):
    """A pendamping who agreed to coach others; the path of the unit he worked in then is kept for the search."""

    __tablename__ = "coaching_willing_peer"

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    home_path: Mapped[str] = mapped_column(PATH, index=True)
    agreed_on: Mapped[date]


class Contact(Model):
    """One person's part in a talk; a talk with a group has a row for each."""

    __tablename__ = "coaching_contact"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint(one_of("mode", MODES), name="mode"),
        Index("ix_coaching_contact_person_id_on_day", "person_id", "on_day"),
        Index("ix_coaching_contact_coach_id_on_day", "coach_id", "on_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    on_day: Mapped[date]
    minutes: Mapped[int]
    mode: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500), default="")
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class AgreedAction(Model):
    """What a learner and a coach agreed, until when, and what came of it."""

    __tablename__ = "coaching_agreed_action"
    __table_args__ = (Index("ix_coaching_agreed_action_path_id", "path_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("coaching_path.id"))
    text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    agreed_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    outcome: Mapped[str] = mapped_column(String(300), default="")
    settled_on: Mapped[date | None]


class Observation(Model):
    """One sheet filled by one person, in whatever context; rating oneself is a row of its own."""

    __tablename__ = "coaching_observation"
    __table_args__ = (
        CheckConstraint(one_of("context", CONTEXTS), name="context"),
        CheckConstraint("points BETWEEN 0 AND max_points", name="points"),
        Index("ix_coaching_observation_person_id_on_day", "person_id", "on_day"),
        Index("ix_coaching_observation_subject_ref", "subject_ref"),
        Index("ix_coaching_observation_on_day", "on_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    observer_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    context: Mapped[str] = mapped_column(String(16))
    course: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    sesi: Mapped[str] = mapped_column(String(60))
    on_day: Mapped[date]
    steps: Mapped[str] = mapped_column(String(60), default="")
    scores: Mapped[str] = mapped_column(String(40))
    points: Mapped[int]
    max_points: Mapped[int]
    adapted: Mapped[str] = mapped_column(String(12), default="")
    evidence: Mapped[str] = mapped_column(String(500), default="")
    administrative: Mapped[str] = mapped_column(String(500), default="")
    educative: Mapped[str] = mapped_column(String(500), default="")
    supportive: Mapped[str] = mapped_column(String(500), default="")
    subject_ref: Mapped[str] = mapped_column(String(60), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
