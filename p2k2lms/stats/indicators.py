"""Monthly indicators counted from the field log by pendamping, kecamatan and kabupaten: numerators and denominators."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats.arithmetic import Labels
from p2k2lms.stats.fieldlog import Log, last_meeting, responsible, roster

DUE_DAYS = 15  # a group owes a meeting in a month of which it existed so long
SILENT_DAYS = 45
ON_TIME_DAYS = 7
OWN_WILL = "graduasi_mandiri"
CLASS = "kelas"


@dataclass(frozen=True)
class Month:
    """A calendar month: its name and its days [first, after)."""

    name: str
    first: int
    after: int

    @property
    def last(self) -> int:
        """Its last day."""
        return self.after - 1

    def has(self, day: int) -> bool:
        """Whether a day lies in it."""
        return self.first <= day < self.after


@dataclass(frozen=True)
class GroupMonth:
    """What one group that owed a meeting adds to the sums of whoever it belongs to."""

    holder: str
    kecamatan: str
    kabupaten: str
    met: int
    present: int
    members_due: int
    silent: int
    kpm_end: int
    grad_mandiri: int
    person_days: int


@dataclass(frozen=True)
class Doubtful:
    """A report of more people present than the group has members; it does not count for attendance."""

    meeting: str
    group: str
    present: int
    members: int


@dataclass(frozen=True)
class Sums:
    """The indicators of a pendamping or a unit in one month; `meetings_led` is None for units."""

    groups_due: int
    groups_met: int
    meetings_led: int | None
    attend_num: int
    attend_den: int
    groups_no_meeting_45d: int
    kpm_end: int
    grad_mandiri: int
    kpm_person_days: int


@dataclass(frozen=True)
class Coverage:
    """How far those on duty in a kabupaten are prepared, who led unprepared, and how timely reports were."""

    active_end: int
    class_alumni: int
    prepared: int
    leaders: int
    leaders_unprepared_at_meeting: int
    reports_on_time_7d: int
    reports: int


def months(log: Log) -> list[Month]:
    """The calendar months from the first meeting to the last."""
    if not log.meetings.day.size:
        return []
    span = log.meetings.day.astype("datetime64[D]").astype("datetime64[M]")
    every = np.arange(span.min(), span.max() + 2)
    firsts = every.astype("datetime64[D]").astype(np.int64)
    return [Month(str(every[i]), int(firsts[i]), int(firsts[i + 1])) for i in range(every.size - 1)]


def doubtful(log: Log) -> list[Doubtful]:
    """The attendances of counted meetings that exceed the roster of their day."""
    found = []
    for code, group, present, members in _attendances(log, log.attendance.meeting):
        if present > members:
            found.append(Doubtful(code, group, present, members))
    return found


def _attendances(log: Log, meetings: Labels) -> Iterable[tuple[str, str, int, int]]:
    day = dict(zip(log.meetings.code, log.meetings.day, strict=True))
    wanted = set(meetings)
    rows = log.attendance
    for code, group, present in zip(rows.meeting, rows.group, rows.present, strict=True):
        if code in wanted:
            yield str(code), str(group), int(present), roster(log, str(group), int(day[code]))


def due_groups(log: Log, month: Month) -> list[GroupMonth]:
    """Every group that existed 15 days or more of the month, once."""
    here = log.meetings.code[(log.meetings.day >= month.first) & (log.meetings.day < month.after)]
    came: dict[str, list[tuple[int, int]]] = {}
    for _, group, present, members in _attendances(log, here):
        came.setdefault(group, []).append((present, members))
    existed = log.groups.days_within(month.first, month.after)
    return [_group_month(log, int(row), month, came) for row in np.flatnonzero(existed >= DUE_DAYS)]


def _group_month(log: Log, row: int, month: Month, came: dict[str, list[tuple[int, int]]]) -> GroupMonth:
    group, desa = str(log.groups.what[row]), str(log.groups.of[row])
    sound = [(present, members) for present, members in came.get(group, []) if present <= members]
    own = log.members.of == group
    left = own & (log.exits == OWN_WILL) & (log.members.end >= month.first) & (log.members.end < month.after)
    return GroupMonth(
        holder=responsible(log, group, month.first, month.after),
        kecamatan=log.above(desa, "kecamatan"),
        kabupaten=log.above(desa, "kabupaten"),
        met=int(group in came),
        present=sum(present for present, _ in sound),
        members_due=sum(members for _, members in sound),
        silent=int(log.groups.end[row] > month.last and _silent_days(log, group, month.last) > SILENT_DAYS),
        kpm_end=roster(log, group, month.last),
        grad_mandiri=int(left.sum()),
        person_days=int(log.members.days_within(month.first, month.after)[own].sum()),
    )


def _silent_days(log: Log, group: str, day: int) -> int:
    """Days since the last meeting; for a group that never met, since somebody was first assigned to it."""
    last = last_meeting(log, group, day)
    if last is not None:
        return day - last
    since = log.holders.start[log.holders.what == group]
    return day - int(since.min()) if since.size else day - int(log.groups.start[log.groups.what == group].min())


def total(groups: Iterable[GroupMonth], meetings_led: int | None) -> Sums:
    """The sums over groups; percentages are always made from sums, never from percentages."""
    rows = list(groups)
    return Sums(
        groups_due=len(rows),
        groups_met=sum(g.met for g in rows),
        meetings_led=meetings_led,
        attend_num=sum(g.present for g in rows),
        attend_den=sum(g.members_due for g in rows),
        groups_no_meeting_45d=sum(g.silent for g in rows),
        kpm_end=sum(g.kpm_end for g in rows),
        grad_mandiri=sum(g.grad_mandiri for g in rows),
        kpm_person_days=sum(g.person_days for g in rows),
    )


def by_pendamping(log: Log, month: Month) -> dict[str, Sums]:
    """Everybody posted, responsible or leading in the month; meetings follow who led them, not who holds the group."""
    groups = due_groups(log, month)
    led = [str(n) for n, d in zip(log.meetings.leader, log.meetings.day, strict=True) if month.has(int(d))]
    posted = log.posts.what[log.posts.days_within(month.first, month.after) > 0]
    names = sorted({str(n) for n in posted} | {g.holder for g in groups if g.holder} | set(led))
    return {n: total((g for g in groups if g.holder == n), led.count(n)) for n in names}


def by_unit(log: Log, month: Month, level: str) -> dict[str, Sums]:
    """Every kecamatan or kabupaten, by where the groups are."""
    groups = due_groups(log, month)
    units = sorted(unit for unit, its in log.levels.items() if its == level)
    return {u: total((g for g in groups if getattr(g, level) == u), None) for u in units}


def coverage(log: Log, month: Month) -> dict[str, Coverage]:
    """Every kabupaten: people posted there on the last day; leaders and reports by where the leader was posted."""
    units = sorted(unit for unit, its in log.levels.items() if its == "kabupaten")
    return {unit: _coverage(log, month, unit) for unit in units}


def _coverage(log: Log, month: Month, unit: str) -> Coverage:
    posted = log.posts.on(month.last)
    active = {str(log.posts.what[r]) for r in posted if log.above(str(log.posts.of[r]), "kabupaten") == unit}
    ready = set(log.prepared.what[log.prepared.end <= month.last])
    alumni = set(log.prepared.what[(log.prepared.end <= month.last) & (log.prepared.of == CLASS)])
    rows = [r for r in range(log.meetings.day.size) if month.has(int(log.meetings.day[r])) and _led_in(log, r, unit)]
    late = log.meetings.received - log.meetings.day
    return Coverage(
        active_end=len(active),
        class_alumni=len(active & alumni),
        prepared=len(active & ready),
        leaders=len({log.meetings.leader[r] for r in rows}),
        leaders_unprepared_at_meeting=len({log.meetings.leader[r] for r in rows if not _was_ready(log, r)}),
        reports_on_time_7d=sum(int(late[r] <= ON_TIME_DAYS) for r in rows),
        reports=len(rows),
    )


def _led_in(log: Log, row: int, unit: str) -> bool:
    on_day = log.posts.on(int(log.meetings.day[row]))
    mine = on_day[log.posts.what[on_day] == log.meetings.leader[row]]
    return any(log.above(str(log.posts.of[r]), "kabupaten") == unit for r in mine)


def _was_ready(log: Log, row: int) -> bool:
    mine = log.prepared.what == log.meetings.leader[row]
    return bool((log.prepared.end[mine] <= log.meetings.day[row]).any())
