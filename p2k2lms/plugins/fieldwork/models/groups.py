"""Tables of groups: the kelompok, who holds it, and the ledger of its members."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.spans import ValidSpan
from p2k2lms.plugins.fieldwork.models.conditions import NOT_EMPTY_SPAN, PATH, one_of
from p2k2lms.plugins.fieldwork.values.words import REASONS

ENDED = text("valid_to IS NOT NULL")


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


class GroupOrigin(Model):
    """A group that was divided off: what its families had in the other group before that day, they have had.

    The origins of an origin are written down too, so that no reader has to climb.
    """

    __tablename__ = "fieldwork_group_origin"

    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True, autoincrement=False)
    origin_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True, autoincrement=False)
    before: Mapped[date]


class Custody(ValidSpan, Model):
    """Who holds a group; a trigger refuses two holders on one day."""

    __tablename__ = "fieldwork_custody"
    __table_args__ = (
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
        Index("ix_fieldwork_custody_group_id_valid_from", "group_id", "valid_from"),
        Index("ix_fieldwork_custody_ended", "valid_to", sqlite_where=ENDED, postgresql_where=ENDED),
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


class HandOver(Model):
    """A group that went into other hands: what the phone of the old holder still keeps, as told by its holder."""

    __tablename__ = "fieldwork_hand_over"
    __table_args__ = (CheckConstraint("on_phone >= 0", name="on_phone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), index=True)
    old_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    from_day: Mapped[date]
    at: Mapped[datetime]
    on_phone: Mapped[int | None]
    told_at: Mapped[datetime | None]
