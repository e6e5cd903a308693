"""Tables of month facts: what a group and a pendamping come to in a month, rebuilt when something in it changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model


class MonthSums:
    """What both tables sum: meetings due, met and reported, who came, what was taught, who left, who is there."""

    due: Mapped[int]
    met: Mapped[int]
    reported: Mapped[int]
    present: Mapped[int]
    invited: Mapped[int]
    set_aside: Mapped[int]
    exits_own: Mapped[int]
    exits_natural: Mapped[int]
    exits_other: Mapped[int]
    caseload_end: Mapped[int]
    person_days: Mapped[int]


class Taught:
    """What was given: sesi, and langkah of those that the sesi have."""

    sesi_done: Mapped[int]
    steps_done: Mapped[int]
    steps_due: Mapped[int]


class Reach:
    """Of the ninety days up to the end: families that came at least once, those who were members long enough, and
    the members of a group of which it is not known who came."""

    reached: Mapped[int] = mapped_column(default=0)
    reachable: Mapped[int] = mapped_column(default=0)
    unticked: Mapped[int] = mapped_column(default=0)


class GroupMonth(MonthSums, Taught, Reach, Model):
    """One group in one month, in the unit where it lay then, for whoever held it most days.

    `silent_days` counts from the last meeting up to the end of the month, or to today while the month runs; a
    group that ended before has none.
    """

    __tablename__ = "fieldwork_group_month"
    __table_args__ = (
        Index("ix_fieldwork_group_month_month_unit_id", "month", "unit_id"),
        Index("ix_fieldwork_group_month_month_responsible_id", "month", "responsible_id"),
        CheckConstraint("0 <= reached AND reached <= reachable AND 0 <= unticked", name="reach"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("fieldwork_group.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    last_met: Mapped[date | None]
    silent_days: Mapped[int | None]
    as_of: Mapped[datetime]


class LeaderMonth(MonthSums, Taught, Model):
    """One pendamping in one month: the groups answered for, and the meetings led, whoever holds their groups.

    The home unit is that of the last duty in the month. `unprepared` counts meetings led before any class or
    coaching was finished.
    """

    __tablename__ = "fieldwork_leader_month"
    __table_args__ = (Index("ix_fieldwork_leader_month_month_unit_id", "month", "unit_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    duty_days: Mapped[int]
    on_duty_end: Mapped[int]
    led: Mapped[int]
    on_time: Mapped[int]
    unprepared: Mapped[int]
    as_of: Mapped[datetime]
