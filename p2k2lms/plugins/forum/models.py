"""Tables of talk among peers: threads, their posts, who found one helpful, who reported one, and what a place shows."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.forum.values import (
    COVERED,
    KINDS,
    LONGEST,
    LONGEST_PLACE,
    LONGEST_TIP,
    LOOKS,
    OPEN,
    SEEN,
    STATES,
)

IS_WAITING = text("settled_at IS NULL")


def one_of(column: str, words: Any) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class Thread(Model):
    """A question with its answers; its id is that of the question. `place_title` is the name of the place then."""

    __tablename__ = "forum_thread"
    __table_args__ = (
        CheckConstraint(one_of("place_kind", KINDS), name="place_kind"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("answers >= 0", name="answers"),
        Index("ix_forum_thread_realm_last_at", "realm", "last_at"),
        Index("ix_forum_thread_place_kind_place_id_last_at", "place_kind", "place_id", "last_at"),
        Index("ix_forum_thread_person_id_last_at", "person_id", "last_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    realm: Mapped[str] = mapped_column(String(90))
    place_kind: Mapped[str] = mapped_column(String(10))
    place_id: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    place_title: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    answers: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    last_at: Mapped[datetime]


class Post(Model):
    """A question or an answer; what was covered keeps no text here."""

    __tablename__ = "forum_post"
    __table_args__ = (
        CheckConstraint(one_of("look", LOOKS), name="look"),
        CheckConstraint("helpful >= 0", name="helpful"),
        CheckConstraint(f"(look = '{COVERED}') = (redacted_by IS NOT NULL)", name="redacted"),
        CheckConstraint(f"look <> '{COVERED}' OR text = ''", name="covered"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> person_id", name="not_own"),
        CheckConstraint("tip = '' OR confirmed_by IS NOT NULL", name="tip"),
        Index("ix_forum_post_thread_id_received_at", "thread_id", "received_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("forum_thread.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    text: Mapped[str] = mapped_column(String(LONGEST))
    look: Mapped[str] = mapped_column(String(10), default=SEEN)
    helpful: Mapped[int] = mapped_column(default=0)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    confirmed_at: Mapped[datetime | None]
    tip: Mapped[str] = mapped_column(String(LONGEST_TIP), default="")
    redacted_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    redacted_at: Mapped[datetime | None]
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class Helped(Model):
    """Somebody found an answer helpful; said once."""

    __tablename__ = "forum_helped"

    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("forum_post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)


class Report(Model):
    """Somebody, or the rule of free text (without a person), wants a post looked at."""

    __tablename__ = "forum_report"
    __table_args__ = (
        UniqueConstraint("post_id", "person_id"),
        Index("ix_forum_report_waiting", "at", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("forum_post.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    reason: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    settled_at: Mapped[datetime | None]


class Shelf(Model):
    """What the pages of a place show: rebuilt with every change there, so that a card reads one row."""

    __tablename__ = "forum_shelf"

    place_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    place_id: Mapped[str] = mapped_column(String(LONGEST_PLACE), primary_key=True)
    questions: Mapped[int]
    best: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
