"""Reads meetings with who came, months without one, and what supervisors said of months."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, false, literal, null, or_, select, union_all

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.fieldwork.models import (
    Custody,
    Group,
    GroupOrigin,
    Meeting,
    MeetingGroup,
    MeetingRemark,
    NoMeeting,
    Review,
)
from p2k2lms.plugins.fieldwork.queries import days
from p2k2lms.plugins.fieldwork.values import Asked, Given, MeetingCard, OwnGroup, Present
from p2k2lms.plugins.fieldwork.values.words import ASKING, VALID
from p2k2lms.plugins.identity import service as identity

PRESENT = (
    MeetingGroup.group_id,
    MeetingGroup.due,
    MeetingGroup.women,
    MeetingGroup.men,
    MeetingGroup.children,
    MeetingGroup.homework_back,
    MeetingGroup.numbers,
)
GIVEN = (
    Meeting.id,
    Meeting.leader_id,
    Meeting.on_day,
    Meeting.sesi,
    Meeting.version_id,
    Meeting.steps,
    Meeting.received_at,
)
MET_HERE, SAID_NOT, MET_THERE = "sudah", "tidak", "dulu"
AS_OF_NEW = (GroupOrigin.group_id, *PRESENT[1:])
"""Who came to a meeting of the group that was divided, as the group that goes on from there reads it."""
STANDS: ColumnElement[bool] = and_(Meeting.status == VALID, Meeting.replaced == false())


def _standing() -> Any:
    return select(*GIVEN, *PRESENT).join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id).where(STANDS)


def _given(rows: Iterable[Sequence[Any]]) -> list[Given]:
    heads: dict[uuid.UUID, tuple[Any, ...]] = {}
    came: dict[uuid.UUID, list[Present]] = defaultdict(list)
    for row in rows:
        heads[row[0]] = tuple(row[: len(GIVEN)])
        came[row[0]].append(Present(*row[len(GIVEN) :]))
    found = [Given(*(*head, tuple(came[key]))) for key, head in heads.items()]
    return sorted(found, key=lambda meeting: (meeting.on_day, meeting.received_at))


def standing(group_ids: Collection[int], first: date | None = None, after: date | None = None) -> list[Given]:
    """The meetings of these groups that count, the earliest first; of others who came along only these groups."""
    if not group_ids:
        return []
    wanted = _standing().where(MeetingGroup.group_id.in_(group_ids))
    if first is not None and after is not None:
        wanted = wanted.where(MeetingGroup.on_day >= first, MeetingGroup.on_day < after)
    return _given(db.session.execute(wanted))


@dataclass(frozen=True)
class History:
    """What groups have had: at their own meetings, and before they were divided off; the earliest first."""

    own: Sequence[Given] = ()
    before: Sequence[Given] = ()

    @property
    def every(self) -> list[Given]:
        """All of it."""
        return [*self.before, *self.own]


def history(group_ids: Collection[int]) -> History:
    """The standing meetings of these groups, and those of the groups that they were divided from; one query."""
    if not group_ids:
        return History()
    own = _standing().add_columns(literal(0)).where(MeetingGroup.group_id.in_(group_ids))
    before = inherited(select(*GIVEN, *AS_OF_NEW, literal(1))).where(GroupOrigin.group_id.in_(group_ids))
    rows = db.session.execute(union_all(own, before)).all()
    return History(_given(row[:-1] for row in rows if not row[-1]), _given(row[:-1] for row in rows if row[-1]))


def inherited(wanted: Any) -> Any:
    """The same SELECT over the standing meetings that groups had in another group, before they were divided off."""
    there = and_(MeetingGroup.group_id == GroupOrigin.origin_id, MeetingGroup.on_day < GroupOrigin.before)
    both = wanted.select_from(GroupOrigin).join(MeetingGroup, there)
    return both.join(Meeting, Meeting.id == MeetingGroup.meeting_id).where(STANDS)


def led_by(person_ids: Collection[int], first: date, after: date) -> list[Given]:
    """The meetings that these people led from `first` until before `after` and that count."""
    if not person_ids:
        return []
    span = and_(Meeting.on_day >= first, Meeting.on_day < after)
    return _given(db.session.execute(_standing().where(Meeting.leader_id.in_(person_ids), span)))


def meeting_row(meeting_id: uuid.UUID) -> Meeting | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(Meeting, meeting_id, with_for_update=True)


def newest_of(root: uuid.UUID) -> Meeting | None:
    """The newest version of a meeting, held until the transaction ends."""
    wanted = select(Meeting).where(Meeting.corrects == root).order_by(Meeting.version.desc()).limit(1)
    return db.session.scalar(wanted.with_for_update()) or meeting_row(root)


def versions_of(root: uuid.UUID) -> list[Meeting]:
    """A meeting as it was first told and each time anew, held until the transaction ends."""
    wanted = select(Meeting).where(or_(Meeting.id == root, Meeting.corrects == root)).order_by(Meeting.version)
    return list(db.session.scalars(wanted.with_for_update()))


def led(meeting_id: uuid.UUID) -> tuple[MeetingCard | None, str]:
    """One meeting as it was told, with who came and the names of the groups, and who led it; one query."""
    who, came = identity.name_of(Meeting.leader_id), MeetingGroup.meeting_id == Meeting.id
    wanted = select(Meeting, who, *PRESENT, Group.name).join(MeetingGroup, came)
    named = wanted.join(Group, Group.id == MeetingGroup.group_id).where(Meeting.id == meeting_id)
    rows = db.session.execute(named.order_by(Group.name)).all()
    return (_card(rows[0][0], [Present(*row[2:]) for row in rows]), rows[0][1] or "") if rows else (None, "")


def groups_of(meeting_id: uuid.UUID) -> list[int]:
    """The groups that were at one meeting."""
    return list(db.session.scalars(select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == meeting_id)))


def _card(row: Meeting, present: Sequence[Present]) -> MeetingCard:
    plain = [name for name in MeetingCard.__dataclass_fields__ if name not in {"flags", "present"}]
    return MeetingCard(**{name: getattr(row, name) for name in plain}, flags=tuple(row.flags), present=tuple(present))


def told_by(person_id: int, since: date) -> list[MeetingCard]:
    """What this person told of meetings since a day and still counts, with who came, the earliest first; one query."""
    came = select(Meeting, MeetingGroup).join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
    wanted = came.where(STANDS, Meeting.leader_id == person_id, Meeting.on_day >= since).order_by(Meeting.on_day)
    rows: dict[uuid.UUID, Meeting] = {}
    present: dict[uuid.UUID, list[Present]] = defaultdict(list)
    for row, group in db.session.execute(wanted):
        rows[row.id] = row
        present[row.id].append(Present(*(getattr(group, column.key) for column in PRESENT)))
    return [_card(row, present[key]) for key, row in rows.items()]


def newest_id(meeting_id: uuid.UUID) -> uuid.UUID | None:
    """The id of the version that stands now, of a meeting that was told anew."""
    root = select(Meeting.corrects).where(Meeting.id == meeting_id)
    first = db.session.scalar(root) or meeting_id
    wanted = select(Meeting.id).where(Meeting.corrects == first).order_by(Meeting.version.desc()).limit(1)
    return db.session.scalar(wanted)


def not_met(group_ids: Collection[int], month: date | None = None) -> list[tuple[int, date]]:
    """The groups and months of which it was said that there was no meeting."""
    wanted = select(NoMeeting.group_id, NoMeeting.month).where(NoMeeting.group_id.in_(group_ids))
    if month is not None:
        wanted = wanted.where(NoMeeting.month == month)
    return [(group_id, day) for group_id, day in db.session.execute(wanted)] if group_ids else []


def desa_and_not_met(group_id: int, month: date) -> tuple[str, list[tuple[int, date]]]:
    """The name of the unit of a group, and the group and the month if it was said that it did not meet; one query."""
    said = and_(NoMeeting.group_id == Group.id, NoMeeting.month == month)
    wanted = select(identity.unit_name_of(Group.unit_id), NoMeeting.month).select_from(Group).outerjoin(NoMeeting, said)
    name, silent = db.session.execute(wanted.where(Group.id == group_id).limit(1)).one()
    return name or "", [(group_id, silent)] if silent else []


def without_or_asked(group_ids: Collection[int], month: date, leader_id: int) -> tuple[list[tuple[int, date]], Asked]:
    """The groups said to be without a meeting in the month, and what this leader was asked about reports; one query."""
    said = select(NoMeeting.group_id, NoMeeting.month, cast(null(), Meeting.id.type))
    remarks = asking([MeetingRemark.id, cast(null(), NoMeeting.month.type), Meeting.id], leader_id)
    rows = db.session.execute(
        union_all(said.where(NoMeeting.group_id.in_(group_ids), NoMeeting.month == month), remarks)
    ).all()
    return [(row[0], row[1]) for row in rows if row[2] is None], _asked((row[0], row[2]) for row in rows if row[2])


def _asked(remarks: Iterable[tuple[int, uuid.UUID]]) -> Asked:
    every = sorted(remarks)
    return Asked(len(every), every[0][1]) if every else Asked()


OWN, BEFORE, REMARK = range(3)
MINE = (Group.id, Group.name, Group.valid_from, Group.valid_to, NoMeeting.month)


def of_holder(person_id: int, month: date) -> tuple[dict[int, OwnGroup], History, list[tuple[int, date]], Asked]:
    """The groups held today by name, what they have had, those said to be without a meeting in the month, and what this
    person was asked about own reports.

    One query, for the home page.
    """
    day = days.here()
    mine = and_(Custody.group_id == Group.id, holding_on(Custody, day), Custody.pendamping_id == person_id)
    without = and_(NoMeeting.group_id == Group.id, NoMeeting.month == month)
    own = (
        select(literal(OWN), *MINE, *GIVEN, *PRESENT)
        .select_from(Group)
        .join(Custody, mine)
        .outerjoin(NoMeeting, without)
        .outerjoin(MeetingGroup, MeetingGroup.group_id == Group.id)
        .outerjoin(Meeting, and_(Meeting.id == MeetingGroup.meeting_id, STANDS))
        .where(holding_on(Group, day))
    )
    before = (
        inherited(select(literal(BEFORE), *MINE, *GIVEN, *AS_OF_NEW))
        .join(Group, Group.id == GroupOrigin.group_id)
        .join(Custody, mine)
        .outerjoin(NoMeeting, without)
        .where(holding_on(Group, day))
    )
    nothing = [cast(null(), column.type) for column in (*MINE, *PRESENT)]
    about = nothing[: len(MINE)], nothing[len(MINE) + 1 :]
    remarks = asking((literal(REMARK), *about[0], *GIVEN, MeetingRemark.id, *about[1]), person_id)
    rows = [(row[0], row[1:6], row[6:]) for row in db.session.execute(union_all(own, before, remarks))]
    told = [(kind, meeting) for kind, _group, meeting in rows if meeting[0] is not None]
    had = History(*(_given(meeting for of, meeting in told if of == kind) for kind in (OWN, BEFORE)))
    held = sorted(
        {tuple(group) for kind, group, _meeting in rows if kind != REMARK}, key=lambda group: (group[1], group[0])
    )
    groups = {group[0]: OwnGroup(*group[1:4]) for group in held}
    said = sorted({(group[0], group[4]) for group in held if group[4] is not None})
    asked = ((meeting[len(GIVEN)], meeting[0]) for kind, meeting in told if kind == REMARK)
    return groups, had, said, _asked(asked)


def asking(what: Sequence[Any], leader_id: Any) -> Any:
    """Of questions and returned fields on the standing reports of one leader that are not settled yet."""
    told = select(*what).select_from(Meeting).join(MeetingRemark, MeetingRemark.meeting_id == Meeting.id)
    waits = MeetingRemark.settled_at.is_(None), MeetingRemark.verdict.in_(ASKING)
    return told.where(Meeting.leader_id == leader_id, STANDS, *waits)


def review_row(person_id: int, month: date) -> Review | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(Review, (person_id, month), with_for_update=True)


def together(*lists: Iterable[Given]) -> list[Given]:
    """Meetings of several lists, each once, with all of its groups that any list knows."""
    found: dict[uuid.UUID, Given] = {}
    for meeting in (m for some in lists for m in some):
        known = found.get(meeting.id, meeting)
        present = {p.group_id: p for p in (*known.present, *meeting.present)}
        found[meeting.id] = replace(known, present=tuple(present.values()))
    return list(found.values())
