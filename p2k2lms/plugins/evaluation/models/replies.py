"""Replies, and the values that they hold; an amendment is a reply of its own that points to the one before."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model


class Reply(Model):
    """One sheet of answers; `newest` is the one that counts, the others stay as they were sent."""

    __tablename__ = "evaluation_reply"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("mode IN ('daring', 'luring', 'telepon', 'impor')", name="mode"),
        Index("ix_evaluation_reply_wave_id_newest", "wave_id", "newest"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("evaluation_wave.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("evaluation_wave_assignment.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("evaluation_instrument_version.id"))
    number: Mapped[int] = mapped_column(default=1)
    newest: Mapped[bool] = mapped_column(default=True)
    amends: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evaluation_reply.id"))
    mode: Mapped[str] = mapped_column(String(8))
    seconds: Mapped[int | None]
    consent_sha: Mapped[str] = mapped_column(String(64))
    comment: Mapped[str] = mapped_column(String(500), default="")
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class AnswerValue(Model):
    """One part of one answer: a number, a choice, words, or why it is missing; `system` is what was known and shown."""

    __tablename__ = "evaluation_answer_value"
    __table_args__ = (CheckConstraint("missing IN ('', 'tidak_tahu', 'tidak_berlaku', 'kosong')", name="missing"),)

    reply_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evaluation_reply.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    part: Mapped[str] = mapped_column(String(30), primary_key=True, default="")
    number: Mapped[float | None] = mapped_column(Float)
    choice: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[str] = mapped_column(String(1000), default="")
    missing: Mapped[str] = mapped_column(String(14), default="")
    system: Mapped[str] = mapped_column(String(60), default="")
