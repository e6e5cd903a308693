"""Reads what the month facts are counted from, in lists for many groups at once, and writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, select

from p2k2lms.core import bulk
from p2k2lms.core.db import among, db
from p2k2lms.plugins.fieldwork.models import (
    Group,
    GroupMonth,
    GroupOrigin,
    LeaderMonth,
    Meeting,
    MeetingGroup,
    NoMeeting,
)
from p2k2lms.plugins.fieldwork.queries.meetings import GIVEN, PRESENT, STANDS, inherited
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.rules.reach import Tick, since
from p2k2lms.plugins.fieldwork.values import Given, GroupCard, Present

AT_ONCE = 5_000
SUMS = (
    "due",
    "met",
    "reported",
    "present",
    "invited",
    "set_aside",
    "exits_own",
    "exits_natural",
    "exits_other",
    "caseload_end",
    "person_days",
)


def in_parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Many ids in lists that one statement can carry."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def units_with_groups() -> list[int]:
    """Every unit in which a group lies or has lain."""
    return list(db.session.scalars(select(Group.unit_id).distinct()))


def sizes_of(units: Collection[int]) -> dict[int, int]:
    """How many groups each of these units has."""
    wanted = select(Group.unit_id, func.count()).group_by(Group.unit_id)
    return {
        unit: number
        for part in in_parts(units)
        for unit, number in db.session.execute(wanted.where(among(Group.unit_id, part)))
    }


def groups_in(units: Collection[int], month: Month) -> list[GroupCard]:
    """The groups of these units that exist on some day of the month."""
    lasting = or_(Group.valid_to.is_(None), Group.valid_to > month.first)
    plain = (Group.id, Group.name, Group.place, Group.unit_id, Group.unit_path, Group.zone)
    wanted = select(*plain, Group.valid_from, Group.valid_to).where(Group.valid_from < month.after, lasting)
    return [
        GroupCard(*row)
        for part in in_parts(units)
        for row in db.session.execute(wanted.where(among(Group.unit_id, part)))
    ]


def meetings_of(group_ids: Collection[int], month: Month) -> tuple[list[Given], set[int]]:
    """The meetings of these groups that count, each with all of its groups; and everybody who ever led one there."""
    near = MeetingGroup.on_day >= month.first, MeetingGroup.on_day < month.after
    found: dict[Any, Given] = {}
    leaders: set[int] = set()
    for part in in_parts(group_ids):
        here = select(MeetingGroup.meeting_id).where(among(MeetingGroup.group_id, part), *near)
        rows = select(*GIVEN, *PRESENT).join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
        found.update((one.id, one) for one in _given(db.session.execute(rows.where(STANDS, Meeting.id.in_(here)))))
        leaders.update(db.session.scalars(select(Meeting.leader_id).where(Meeting.id.in_(here)).distinct()))
    return list(found.values()), leaders


class Place(NamedTuple):
    """Where a meeting was."""

    zone: str
    unit_id: int


def led_in(person_ids: Collection[int], month: Month) -> tuple[list[Given], dict[Any, Place]]:
    """The meetings that these people led and that count, and where each was."""
    near = Meeting.on_day >= month.first, Meeting.on_day < month.after
    found: list[Given] = []
    places: dict[Any, Place] = {}
    for part in in_parts(person_ids):
        rows = (
            select(*GIVEN, *PRESENT, Group.zone, Group.unit_id)
            .join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
            .join(Group, Group.id == MeetingGroup.group_id)
            .where(STANDS, among(Meeting.leader_id, part), *near)
        )
        every: list[Any] = list(db.session.execute(rows))
        places.update((row[0], Place(*row[-2:])) for row in every)
        found += _given(row[:-2] for row in every)
    return found, places


def _given(rows: Iterable[Any]) -> list[Given]:
    heads: dict[Any, Any] = {}
    came: dict[Any, list[Present]] = defaultdict(list)
    for row in rows:
        heads[row[0]] = row
        came[row[0]].append(Present(*row[len(GIVEN) :]))
    return [Given(*(*tuple(head)[: len(GIVEN)], tuple(came[key]))) for key, head in heads.items()]


def ticks_of(group_ids: Collection[int], last: date) -> dict[int, list[Tick]]:
    """The meetings of each group in the ninety days up to this one, and who came."""
    near = MeetingGroup.on_day >= since(last), MeetingGroup.on_day <= last
    wanted = select(MeetingGroup.on_day, *PRESENT).join(Meeting, Meeting.id == MeetingGroup.meeting_id)
    found: dict[int, list[Tick]] = defaultdict(list)
    for part in in_parts(group_ids):
        for row in db.session.execute(wanted.where(STANDS, among(MeetingGroup.group_id, part), *near)):
            present = Present(*row[1:])
            found[present.group_id].append(Tick(row[0], present))
    return found


def said_without(group_ids: Collection[int], since: date, month: Month) -> dict[int, set[date]]:
    """The firsts of the months from that of a day up to this one in which each group was told not to meet."""
    near = NoMeeting.month >= since.replace(day=1), NoMeeting.month <= month.first
    wanted = select(NoMeeting.group_id, NoMeeting.month).where(*near)
    found: dict[int, set[date]] = defaultdict(set)
    for part in in_parts(group_ids):
        for group_id, first in db.session.execute(wanted.where(among(NoMeeting.group_id, part))):
            found[group_id].add(first)
    return found


def met_before(group_ids: Collection[int], month: Month, before: date) -> dict[int, date]:
    """The last meeting of each group before the month: as the month before knows it, else looked up."""
    found: dict[int, date] = {}
    known: set[int] = set()
    for part in in_parts(group_ids):
        rows = select(GroupMonth.group_id, GroupMonth.last_met).where(
            among(GroupMonth.group_id, part), GroupMonth.month == before
        )
        for group_id, day in db.session.execute(rows):
            known.add(group_id)
            if day is not None:
                found[group_id] = day
    for part in in_parts(set(group_ids) - known):
        last = (
            select(MeetingGroup.group_id, func.max(MeetingGroup.on_day))
            .join(Meeting, Meeting.id == MeetingGroup.meeting_id)
            .where(STANDS, among(MeetingGroup.group_id, part), MeetingGroup.on_day < month.first)
            .group_by(MeetingGroup.group_id)
        )
        found.update((group_id, day) for group_id, day in db.session.execute(last))
    return found


def met_there(group_ids: Collection[int], month: Month) -> dict[int, date]:
    """When in the month the families of these groups met last, before they were divided off."""
    near = MeetingGroup.on_day >= month.first, MeetingGroup.on_day < month.after
    wanted = inherited(select(GroupOrigin.group_id, func.max(MeetingGroup.on_day))).where(*near)
    return {
        group_id: day
        for part in in_parts(group_ids)
        for group_id, day in db.session.execute(
            wanted.where(among(GroupOrigin.group_id, part)).group_by(GroupOrigin.group_id)
        )
    }


def group_rows(month: Month, units: Collection[int], group_ids: Collection[int]) -> dict[int, Any]:
    """What is written of these units, and of these groups wherever they were, by group."""
    plain = select(GroupMonth.group_id, GroupMonth.unit_id, GroupMonth.responsible_id, GroupMonth.last_met)
    wanted = plain.where(GroupMonth.month == month.first)
    ways = [wanted.where(among(GroupMonth.unit_id, part)) for part in in_parts(units)]
    ways += [wanted.where(among(GroupMonth.group_id, part)) for part in in_parts(group_ids)]
    return {row.group_id: row for way in ways for row in db.session.execute(way)}


def groups_of(month: Month, person_ids: Collection[int]) -> dict[int, list[Any]]:
    """The sums of the groups that owed a meeting, for whoever answers for them; with the units they lie in."""
    names = [getattr(GroupMonth, name) for name in SUMS]
    wanted = select(GroupMonth.responsible_id, GroupMonth.unit_id, *names).where(
        GroupMonth.month == month.first, GroupMonth.due == 1
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for part in in_parts(person_ids):
        for row in db.session.execute(wanted.where(among(GroupMonth.responsible_id, part))):
            found[row.responsible_id].append(row)
    return found


def homes(month: Month, person_ids: Collection[int]) -> dict[int, int]:
    """The home unit written for each of these people."""
    wanted = select(LeaderMonth.person_id, LeaderMonth.unit_id).where(LeaderMonth.month == month.first)
    return {
        person: unit
        for part in in_parts(person_ids)
        for person, unit in db.session.execute(wanted.where(among(LeaderMonth.person_id, part)))
    }


def people_written(month: Month, units: Collection[int]) -> set[int]:
    """The people who have one of these units as their home in what is written."""
    wanted = select(LeaderMonth.person_id).where(LeaderMonth.month == month.first)
    return {p for part in in_parts(units) for p in db.session.scalars(wanted.where(among(LeaderMonth.unit_id, part)))}


def write_groups(month: Month, gone: Collection[int], rows: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in the place of what was written of these groups."""
    _replace(GroupMonth, GroupMonth.group_id, month, gone, rows)


def write_leaders(month: Month, gone: Collection[int], rows: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in the place of what was written of these people."""
    _replace(LeaderMonth, LeaderMonth.person_id, month, gone, rows)


def _replace(table: Any, key: Any, month: Month, gone: Collection[int], rows: Sequence[Mapping[str, Any]]) -> None:
    for part in in_parts(gone):
        db.session.execute(delete(table).where(among(key, part), table.month == month.first))
    bulk.write(table, ({**row, "month": month.first} for row in rows))


def places_of_meeting(meeting_id: Any) -> list[tuple[int, date]]:
    """The units of a meeting's groups, and its day."""
    wanted = select(Group.unit_id, MeetingGroup.on_day).join(Group, Group.id == MeetingGroup.group_id)
    return [(unit, day) for unit, day in db.session.execute(wanted.where(MeetingGroup.meeting_id == meeting_id))]


def person_rows(person_ids: Collection[int], months: Collection[date]) -> list[LeaderMonth]:
    """What is written of these people in these months, the earliest first."""
    wanted = select(LeaderMonth).where(LeaderMonth.person_id.in_(person_ids), LeaderMonth.month.in_(months))
    return list(db.session.scalars(wanted.order_by(LeaderMonth.month))) if person_ids else []
