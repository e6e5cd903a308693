"""Tables of assessment: frozen items and forms, who got which, attempts, answers and scores."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.assessment.values import OK, UNKNOWN

UNFINISHED = text("finished_at IS NULL")
WAITING = text("timing = 'unverified'")


class ItemVersion(Model):
    """An item as it was when it was frozen, key and explanations included; never changed."""

    __tablename__ = "assessment_item_version"
    __table_args__ = (UniqueConstraint("item", "hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80))
    hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Form(Model):
    """A paper of a course version: A, B, a practice copy or the quick check of a sesi, with its rules."""

    __tablename__ = "assessment_form"
    __table_args__ = (
        UniqueConstraint("version_id", "name"),
        CheckConstraint("review IN ('langsung', 'setelah-angkatan', 'skor-saja')", name="review"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    course: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(90))
    size: Mapped[int]
    minutes: Mapped[int | None]
    grace_seconds: Mapped[int]
    attempts_post: Mapped[int]
    review: Mapped[str] = mapped_column(String(20))
    pass_percent: Mapped[int]
    about: Mapped[dict[str, Any]] = mapped_column(JSON)


class FormItem(Model):
    """The place of an item in a form, from 1."""

    __tablename__ = "assessment_form_item"
    __table_args__ = (UniqueConstraint("form_id", "item_version_id"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("assessment_form.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("assessment_item_version.id"), index=True)
    anchor: Mapped[bool] = mapped_column(default=False)


class FormDraw(Model):
    """Which form a person gets first in an angkatan, drawn once, in blocks of four; all paths draw from one row."""

    __tablename__ = "assessment_form_draw"
    __table_args__ = (
        UniqueConstraint("person_id", "angkatan_id"),
        UniqueConstraint("angkatan_id", "position"),
        UniqueConstraint("path_id"),
        CheckConstraint("(angkatan_id IS NULL) <> (path_id IS NULL)", name="place"),
        CheckConstraint("form_order IN ('AB', 'BA')", name="form_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    angkatan_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_angkatan.id"))
    path_id: Mapped[int | None]
    form_order: Mapped[str] = mapped_column(String(2))
    block: Mapped[int]
    position: Mapped[int]


class Attempt(Model):
    """One sitting: its paper, its server-held time, and its end; a skipped pre-test is one with a reason."""

    __tablename__ = "assessment_attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "purpose", "number"),
        Index(
            "ux_assessment_attempt_running",
            "enrolment_id",
            "purpose",
            "form_id",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        CheckConstraint("purpose IN ('pre', 'post', 'cek', 'latihan', 'ping')", name="purpose"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
        CheckConstraint("timing IN ('ok', 'unverified')", name="timing"),
        CheckConstraint("place IN ('kelas', 'sendiri', '')", name="place"),
        CheckConstraint(
            "NOT skipped OR (purpose = 'pre' AND skip_reason <> '' AND finished_at IS NOT NULL)", name="skip"
        ),
        Index("ix_assessment_attempt_person_id", "person_id"),
        Index("ix_assessment_attempt_waiting", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment_enrolment.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("assessment_form.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    deadline: Mapped[datetime | None]
    grace_seconds: Mapped[int] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    seed: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str] = mapped_column(String(40), default=clock.HOME)
    skipped: Mapped[bool] = mapped_column(default=False)
    skip_reason: Mapped[str] = mapped_column(String(200), default="")
    timing: Mapped[str] = mapped_column(String(10), default=OK, server_default=OK)
    place: Mapped[str] = mapped_column(String(10), default=UNKNOWN, server_default=UNKNOWN)


class GivenAnswer(Model):
    """The answer that stands for one item of an attempt; the journal keeps all that were sent.

    Of what one device sent the highest seq stands; of two devices, whose counters know nothing of each
    other, the one that arrived last.
    """

    __tablename__ = "assessment_answer"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("assessment_attempt.id"), primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("assessment_item_version.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(80))
    seq: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    whole: Mapped[bool]
    doubtful: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]


class LateAnswer(Model):
    """An answer that came after the time was over: kept apart until a ruling, the newest of each item.

    `occurred_at` is the clock of the phone, `elapsed` its steady count of seconds since the test began, if it has one.
    """

    __tablename__ = "assessment_late_answer"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("assessment_attempt.id"), primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("assessment_item_version.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(80))
    seq: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    whole: Mapped[bool]
    doubtful: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    occurred_at: Mapped[datetime]
    elapsed: Mapped[int | None]
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_ruling.id"))


class Ruling(Model):
    """What a widyaiswara decided about the late answers of an attempt, and why; later ones ask for another."""

    __tablename__ = "assessment_ruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("assessment_attempt.id"), index=True)
    counted: Mapped[bool]
    answers: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    decided_by: Mapped[int]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class Score(Model):
    """What an attempt earned by the keys of one course version; mended keys add a row, none is changed.

    `mended` names, for each item whose key has changed since the paper was made, the version that marked it;
    `ruling` the ruling that let late answers count, 0 for none: the same keys then mark once more.
    """

    __tablename__ = "assessment_score"
    __table_args__ = (
        UniqueConstraint("attempt_id", "key_version_id", "ruling"),
        CheckConstraint("points >= 0 AND points <= max_points", name="points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("assessment_attempt.id"))
    key_version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    points: Mapped[float]
    max_points: Mapped[float]
    objectives: Mapped[dict[str, list[float]]] = mapped_column(JSON)
    mended: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    ruling: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by: Mapped[int | None]


class PostOpening(Model):
    """The post-test is open for this enrolment, since the required cards are read."""

    __tablename__ = "assessment_post_opening"

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment_enrolment.id"), primary_key=True, autoincrement=False
    )
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class PingOpening(Model):
    """A round of the check of memory is open for this enrolment until a day, some weeks after this post-test."""

    __tablename__ = "assessment_ping_opening"
    __table_args__ = (CheckConstraint("number IN (1, 2)", name="number"),)

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment_enrolment.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_id: Mapped[int] = mapped_column(ForeignKey("assessment_attempt.id"), index=True)
    closes_on: Mapped[date]


class ExtraTime(Model):
    """More minutes for one person in one enrolment, in every test that has a deadline."""

    __tablename__ = "assessment_extra_time"
    __table_args__ = (CheckConstraint("minutes >= 0 AND minutes <= 240", name="minutes"),)

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment_enrolment.id"), primary_key=True, autoincrement=False
    )
    minutes: Mapped[int]
    given_by: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)


class SentFile(Model):
    """A question file that was looked at and may be taken in; seen by who sent it alone, and gone after a day."""

    __tablename__ = "assessment_sent_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    course: Mapped[str] = mapped_column(String(60))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
