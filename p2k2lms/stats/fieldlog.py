"""The field log as arrays: who held which group, who was a member, which meetings count."""

from dataclasses import dataclass, replace

import numpy as np

from p2k2lms.stats.arithmetic import Ints, Labels

OPEN = np.iinfo(np.int64).max  # the end of what has not ended
VALID = "sah"


@dataclass(frozen=True)
class Spans:
    """Something that held for somebody over days [start, end); days are counted from 1970-01-01."""

    what: Labels
    of: Labels
    start: Ints
    end: Ints

    def days_within(self, first: int, after: int) -> Ints:
        """Days of each span that lie in [first, after)."""
        return np.asarray(np.maximum(np.minimum(self.end, after) - np.maximum(self.start, first), 0))

    def on(self, day: int) -> Ints:
        """The rows that hold on this day."""
        return np.flatnonzero((self.start <= day) & (day < self.end))


@dataclass(frozen=True)
class Meetings:
    """P2K2 meetings; `day` and `received` in days, `what` is module and session."""

    code: Labels
    uuid: Labels
    leader: Labels
    day: Ints
    what: Labels
    status: Labels
    received: Ints


@dataclass(frozen=True)
class Attendance:
    """Who of which group came to which meeting: one row a meeting and group (joint meetings are normal)."""

    meeting: Labels
    group: Labels
    present: Ints


@dataclass(frozen=True)
class Log:
    """Everything the indicators are counted from.

    `groups`: what = group, of = desa. `members`: what = KPM, of = group, with `exits` the reason of each row's end.
    `holders`: what = group, of = pendamping. `posts`: what = pendamping, of = unit. `prepared`: what = pendamping,
    of = kind of each finished preparation, end = the day it was finished. `parents`: unit -> the unit above.
    `levels`: unit -> its level.
    """

    parents: dict[str, str]
    levels: dict[str, str]
    groups: Spans
    members: Spans
    exits: Labels
    holders: Spans
    posts: Spans
    prepared: Spans
    meetings: Meetings
    attendance: Attendance

    def above(self, unit: str, level: str) -> str:
        """The unit of this level that a unit lies in; "" if it lies in none."""
        while unit and self.levels.get(unit) != level:
            unit = self.parents.get(unit, "")
        return unit


def counted(log: Log) -> Log:
    """The log with only the meetings that count: valid, and each once.

    Twice sent = the same client number, or the same leader, day, module and session with the same groups; the report
    that was received first stays.
    """
    meetings = log.meetings
    groups: dict[str, list[str]] = {}
    for code, group in zip(log.attendance.meeting, log.attendance.group, strict=True):
        groups.setdefault(str(code), []).append(str(group))
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in np.lexsort((meetings.code, meetings.received)):
        code = str(meetings.code[row])
        marks = {
            ("uuid", str(meetings.uuid[row])),
            (
                "same",
                str(meetings.leader[row]),
                int(meetings.day[row]),
                str(meetings.what[row]),
                *sorted(groups.get(code, [])),
            ),
        }
        if meetings.status[row] == VALID and not marks & seen:
            seen |= marks
            kept.append(int(row))
    rows = np.array(sorted(kept), dtype=np.int64)
    there = np.isin(log.attendance.meeting, meetings.code[rows])
    return replace(
        log,
        meetings=Meetings(*(part[rows] for part in vars(meetings).values())),
        attendance=Attendance(*(part[there] for part in vars(log.attendance).values())),
    )


def responsible(log: Log, group: str, first: int, after: int) -> str:
    """Who held the group most days of [first, after); of equals the later holder; "" if nobody did."""
    rows = np.flatnonzero(log.holders.what == group)
    days: dict[str, tuple[int, int]] = {}
    for row, held in zip(rows, log.holders.days_within(first, after)[rows], strict=True):
        if held:
            name = str(log.holders.of[row])
            so_far, since = days.get(name, (0, 0))
            days[name] = so_far + int(held), max(since, int(log.holders.start[row]))
    return max(days, key=lambda name: days[name]) if days else ""


def roster(log: Log, group: str, day: int) -> int:
    """Members of the group on this day."""
    rows = log.members.on(day)
    return int(np.unique(log.members.what[rows][log.members.of[rows] == group]).size)


def last_meeting(log: Log, group: str, day: int) -> int | None:
    """The day of the group's last meeting up to and with `day`; None if it never met."""
    held = log.attendance.meeting[log.attendance.group == group]
    days = log.meetings.day[np.isin(log.meetings.code, held) & (log.meetings.day <= day)]
    return int(days.max()) if days.size else None
