"""Reads what a monthly report is made of, and the reports that were signed."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.fieldwork.models import (
    Custody,
    Group,
    GroupOrigin,
    Meeting,
    MeetingGroup,
    MeetingRemark,
    MonthlyReport,
    NoMeeting,
    RosterChange,
)
from p2k2lms.plugins.fieldwork.queries import days
from p2k2lms.plugins.fieldwork.queries.groups import below
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS
from p2k2lms.plugins.identity import service as identity

AT_ONCE = 500


@dataclass(frozen=True)
class Row:
    """One group of the month with one of its meetings, or without any.

    `before` is the day in the month on which its families last met in the group from which it was divided off.
    """

    group_id: int
    name: str
    unit_id: int
    members: int
    since: date
    until: date | None
    before: date | None
    reason: str | None
    day: date | None
    version_id: int
    sesi: str
    steps: str
    minutes: int | None
    obstacle: str
    due: int
    women: int
    men: int
    children: int
    homework: int


def rows_of(person_id: int, last: date, first: date, after: date) -> list[Row]:
    """The groups that a person holds today, or held on the last day, with their meetings of the month and what was said
    of it; one query. Which day it is, the zone of each group says."""
    on_day = days.here(last)
    size = (
        select(func.coalesce(func.sum(RosterChange.delta), 0))
        .where(RosterChange.group_id == Group.id, RosterChange.on_day <= on_day)
        .scalar_subquery()
    )
    came = (
        select(
            MeetingGroup.group_id,
            MeetingGroup.on_day,
            Meeting.version_id,
            Meeting.sesi,
            Meeting.steps,
            Meeting.minutes,
            Meeting.obstacle,
            MeetingGroup.due,
            MeetingGroup.women,
            MeetingGroup.men,
            MeetingGroup.children,
            MeetingGroup.homework_back,
            Meeting.received_at,
        )
        .join(Meeting, and_(Meeting.id == MeetingGroup.meeting_id, STANDS))
        .join(Group, Group.id == MeetingGroup.group_id)
        .join(Custody, and_(Custody.group_id == Group.id, holding_on(Custody, on_day)))
        .where(Custody.pendamping_id == person_id)  # said inside too: else every meeting of the country is gone through
        .where(MeetingGroup.on_day >= first, MeetingGroup.on_day < after)
        .subquery()
    )
    before = (
        select(func.max(MeetingGroup.on_day))
        .join(Meeting, and_(Meeting.id == MeetingGroup.meeting_id, STANDS))
        .join(GroupOrigin, GroupOrigin.origin_id == MeetingGroup.group_id)
        .where(GroupOrigin.group_id == Group.id, MeetingGroup.on_day < GroupOrigin.before)
        .where(MeetingGroup.on_day >= first, MeetingGroup.on_day < after)
        .scalar_subquery()
    )
    about = (Group.id, Group.name, Group.unit_id, size, Group.valid_from, Group.valid_to, before, NoMeeting.reason)
    wanted = (
        select(*about, *list(came.c)[1:-1])
        .join(Custody, and_(Custody.group_id == Group.id, holding_on(Custody, on_day)))
        .outerjoin(NoMeeting, and_(NoMeeting.group_id == Group.id, NoMeeting.month == first))
        .outerjoin(came, came.c.group_id == Group.id)
        .where(Custody.pendamping_id == person_id, holding_on(Group, on_day))
        .order_by(Group.name, Group.id, came.c.on_day, came.c.received_at)
    )
    return [Row(*row) for row in db.session.execute(wanted)]


def exits_of(group_ids: Collection[int], first: date, after: date) -> dict[str, int]:
    """How many families left these groups in the month, by reason."""
    wanted = (
        select(RosterChange.reason, -func.sum(RosterChange.delta))
        .where(RosterChange.group_id.in_(group_ids), RosterChange.on_day >= first, RosterChange.on_day < after)
        .group_by(RosterChange.reason)
    )
    rows = db.session.execute(wanted) if group_ids else ()
    return {reason: int(n) for reason, n in rows if n > 0}


def report_row(person_id: int, month: date, lock: bool = False) -> MonthlyReport | None:
    """The report of a person and month, if it was signed."""
    return db.session.get(MonthlyReport, (person_id, month), with_for_update=lock or None)


def of_month(paths: Sequence[str], month: date) -> ColumnElement[bool]:
    """The condition that a signed report is of this month and lies below one of these paths."""
    within = or_(false(), *(below(MonthlyReport.unit_path, path) for path in paths))
    return and_(MonthlyReport.month == month, within)


def signed(paths: Sequence[str], month: date, after_id: int, limit: int) -> list[MonthlyReport]:
    """The signed reports of a month below these paths, by person, from behind one of them."""
    wanted = select(MonthlyReport).where(of_month(paths, month), MonthlyReport.pendamping_id > after_id)
    return list(db.session.scalars(wanted.order_by(MonthlyReport.pendamping_id).limit(limit)))


def rows_to_acknowledge(paths: Sequence[str], month: date, ids: Collection[int]) -> list[MonthlyReport]:
    """These people's reports, as far as they lie below the paths, held until the transaction ends."""
    wanted = select(MonthlyReport).where(of_month(paths, month), MonthlyReport.pendamping_id.in_(ids))
    return list(db.session.scalars(wanted.order_by(MonthlyReport.pendamping_id).with_for_update()))


def every_signed(paths: Sequence[str], month: date) -> Iterator[list[MonthlyReport]]:
    """All of them, piece by piece."""
    after = 0
    while rows := signed(paths, month, after, AT_ONCE):
        after = rows[-1].pendamping_id
        yield rows
        db.session.expunge_all()


def remarks_of(root: uuid.UUID) -> list[MeetingRemark]:
    """What was said beside the fields of a meeting, as it was first told and each time anew; the newest first."""
    return list(db.session.scalars(_remarks_of(root)))


def _remarks_of(root: uuid.UUID) -> Any:
    versions = select(Meeting.id).where(or_(Meeting.id == root, Meeting.corrects == root))
    return select(MeetingRemark).where(MeetingRemark.meeting_id.in_(versions)).order_by(MeetingRemark.id.desc())


def named_remarks_of(root: uuid.UUID) -> list[tuple[MeetingRemark, str]]:
    """The same, each with the name of who said it."""
    wanted = _remarks_of(root).add_columns(identity.name_of(MeetingRemark.reviewer_id))
    return [(row, name or "") for row, name in db.session.execute(wanted)]


def remark_row(remark_id: int) -> MeetingRemark | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(MeetingRemark, remark_id, with_for_update=True)
