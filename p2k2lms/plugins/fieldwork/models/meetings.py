"""Tables of meetings: what was taught, who came, and what did not take place."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.fieldwork.values.words import VALID


class Meeting(Model):
    """A P2K2 meeting as it was told; a correction is a row of its own and leaves this one `replaced`.

    `steps` holds one sign for each langkah, in the order of the sesi in this version of the course.
    """

    __tablename__ = "fieldwork_meeting"
    __table_args__ = (
        UniqueConstraint("corrects", "version"),
        CheckConstraint("status IN ('sah', 'batal', 'ditolak')", name="status"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        CheckConstraint("(corrects IS NULL) = (version = 1)", name="version"),
        Index("ix_fieldwork_meeting_leader_id_on_day", "leader_id", "on_day"),
        Index("ix_fieldwork_meeting_sesi_on_day", "sesi", "on_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    on_day: Mapped[date]
    start: Mapped[time | None]
    minutes: Mapped[int | None]
    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"))
    sesi: Mapped[str] = mapped_column(String(60))
    steps: Mapped[str] = mapped_column(String(60))
    handraise: Mapped[str] = mapped_column(String(5), default="")
    obstacle: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(10), default=VALID)
    cancel_reason: Mapped[str] = mapped_column(String(200), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    corrects: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("fieldwork_meeting.id"))
    version: Mapped[int] = mapped_column(default=1)
    replaced: Mapped[bool] = mapped_column(default=False)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class MeetingGroup(Model):
    """One group at one meeting: members due on the day, frozen, and who came; the day is copied for its index.

    `numbers` has one bit for each family of the roster, where they were ticked (`values.roster`).
    """

    __tablename__ = "fieldwork_meeting_group"
    __table_args__ = (
        CheckConstraint("due >= 0 AND women >= 0 AND men >= 0 AND children >= 0 AND homework_back >= 0", name="counts"),
        Index("ix_fieldwork_meeting_group_group_id_on_day", "group_id", "on_day"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("fieldwork_meeting.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True)
    on_day: Mapped[date]
    due: Mapped[int]
    women: Mapped[int]
    men: Mapped[int]
    children: Mapped[int]
    homework_back: Mapped[int]
    numbers: Mapped[bytes | None] = mapped_column(LargeBinary(125))


class NoMeeting(Model):
    """A group that did not meet in a month, said once, with the reason; `month` is its first day."""

    __tablename__ = "fieldwork_no_meeting"
    __table_args__ = (UniqueConstraint("group_id", "month"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"))
    month: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
