"""Tables of the field: groups, custody, the ledger of members, meetings and who came, and reviews of a month."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.spans import ValidSpan
from p2k2lms.plugins.fieldwork.values.words import REASONS, VALID, VERDICTS

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
NOT_EMPTY_SPAN = "valid_to IS NULL OR valid_to > valid_from"


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class Group(ValidSpan, Model):
    """A kelompok of a desa; path and zone are copied from its unit, so that lists need no other plugin's table."""

    __tablename__ = "fieldwork_group"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH, index=True)
    zone: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(120), default="")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("fieldwork_group.id"))


class Custody(ValidSpan, Model):
    """Who holds a group; a trigger refuses two holders on one day."""

    __tablename__ = "fieldwork_custody"
    __table_args__ = (
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
        Index("ix_fieldwork_custody_group_id_valid_from", "group_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"))
    pendamping_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)


class RosterChange(Model):
    """Families that came or went on a day; a trigger refuses change and removal, a mistake is taken back."""

    __tablename__ = "fieldwork_roster_change"
    __table_args__ = (
        CheckConstraint("delta <> 0", name="delta"),
        CheckConstraint(one_of("reason", REASONS), name="reason"),
        Index("ix_fieldwork_roster_change_group_id_on_day", "group_id", "on_day"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"))
    on_day: Mapped[date]
    delta: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    numbers: Mapped[str] = mapped_column(String(400), default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


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
    """One group at one meeting: members due on the day, frozen, and who came; the day is copied for its index."""

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


class Review(Model):
    """What a supervisor says about the month of a pendamping; the newest word stands, the audit keeps the others."""

    __tablename__ = "fieldwork_review"
    __table_args__ = (CheckConstraint(one_of("verdict", tuple(VERDICTS)), name="verdict"),)

    pendamping_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(String(500), default="")
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
