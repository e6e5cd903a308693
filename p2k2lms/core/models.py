"""Tables of the core: submissions, audit, jobs, marks, notices, settings, photos, minutes, the nature."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.told import Told

TAKES_THE_ID = "status NOT IN ('conflict', 'malformed')"  # said word for word in queries: only so is the index used
HELD = "status = 'held'"  # likewise
OF_ANOTHER = "person_id <> sender_id"  # likewise
BY_OFFICERS = "role <> 'pendamping' AND substr(use_case, 1, 7) <> 'intake.'"  # likewise


class Submission(Model):
    """What somebody sent, as it came, with the answer it was given; only what was held is answered later."""

    __tablename__ = "core_submission"
    __table_args__ = (
        Index(
            "ux_core_submission_id",
            "id",
            unique=True,
            sqlite_where=text(TAKES_THE_ID),
            postgresql_where=text(TAKES_THE_ID),
        ),
        Index("ix_core_submission_sender_id_key", "sender_id", "key"),
        Index("ix_core_submission_held", "person_id", sqlite_where=text(HELD), postgresql_where=text(HELD)),
        Index(
            "ix_core_submission_of_another",
            "person_id",
            sqlite_where=text(OF_ANOTHER),
            postgresql_where=text(OF_ANOTHER),
        ),
    )

    key: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(60))
    v: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    sender_id: Mapped[int]
    device: Mapped[str] = mapped_column(String(80))
    seq: Mapped[int] = mapped_column(BigInteger)
    occurred_at: Mapped[datetime | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    raw: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(10))
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    faults: Mapped[list[dict[str, str]]] = mapped_column(Told, default=list)


class Audit(Model):
    """Who did what to what, chained by hash; a trigger refuses change and removal."""

    __tablename__ = "core_audit"
    __table_args__ = (
        Index("ix_core_audit_officers", "id", sqlite_where=text(BY_OFFICERS), postgresql_where=text(BY_OFFICERS)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(200))
    unit_path: Mapped[str] = mapped_column(String(200))
    use_case: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120))
    events: Mapped[str] = mapped_column(String(400))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Job(Model):
    """Work to do after a commit, at least once; its handler may meet the same job twice."""

    __tablename__ = "core_job"
    __table_args__ = (Index("ix_core_job_waiting", "done_at", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    run_after: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


class DirtyMark(Model):
    """Facts of a unit and month that changed and are to be counted again; several marks may say the same."""

    __tablename__ = "core_dirty_mark"
    __table_args__ = (Index("ix_core_dirty_mark_fact_id", "fact", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    month: Mapped[date]
    fact: Mapped[str] = mapped_column(String(60))


class Notice(Model):
    """A line in a person's bell: the text is named by its key, and so is each word in it, for whoever reads it."""

    __tablename__ = "core_notice"
    __table_args__ = (Index("ix_core_notice_person_id_read_at", "person_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    params: Mapped[dict[str, Any]] = mapped_column(Told)
    url: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]


class SettingValue(Model):
    """What a unit chose for one setting; units below inherit it."""

    __tablename__ = "core_setting"
    __table_args__ = (UniqueConstraint("unit_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(Text)


class Nature(Model):
    """One row, written at birth: is this a demo database or a real one?"""

    __tablename__ = "core_nature"

    id: Mapped[int] = mapped_column(primary_key=True)
    demo: Mapped[bool]
    filled: Mapped[str] = mapped_column(String(20), default="")
    born_at: Mapped[datetime] = mapped_column(default=clock.now)


class Try(Model):
    """How often one address knocked at one public door within one minute; forgotten soon after."""

    __tablename__ = "core_try"
    __table_args__ = (UniqueConstraint("door", "who", "minute"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(64))
    minute: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]


class Photo(Model):
    """A picture that somebody sent, redrawn; `owner_kind` is empty until something claims it."""

    __tablename__ = "core_photo"
    __table_args__ = (
        UniqueConstraint("person_id", "sha"),
        Index("ix_core_photo_owner_kind_owner_id", "owner_kind", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int]
    owner_kind: Mapped[str] = mapped_column(String(40), default="")
    owner_id: Mapped[str] = mapped_column(String(40), default="")
    size: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    delete_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Minutes(Model):
    """What the retention job took away of one class of records on one day; no row says whose."""

    __tablename__ = "core_minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    record_class: Mapped[str] = mapped_column(String(60))
    before: Mapped[date]
    number: Mapped[int]
