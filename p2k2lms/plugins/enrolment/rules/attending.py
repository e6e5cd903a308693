"""What coming, coming late and staying away are worth."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from p2k2lms.plugins.enrolment.values import LATE_FREE, PRESENT, MarkCard

AROUND = 30  # minutes before and after a meeting for which who is marked present is still in its room


class InRoom(NamedTuple):
    """A meeting in a room beside one moment: `minute` counts from its day, `status` is the own mark, "" without one."""

    starts: int
    minutes: int
    minute: int
    status: str = ""

    @property
    def runs(self) -> bool:
        return 0 <= self.minute - self.starts < self.minutes

    @property
    def near(self) -> bool:
        return -AROUND <= self.minute - self.starts < self.minutes + AROUND


def is_in_room(meetings: Iterable[InRoom]) -> bool:
    """True for who is in the room of the class at that moment, as far as timetable and marks tell.

    The meeting that runs decides: who is a member and not marked away is there. Between meetings only a mark of
    presence at one that is near tells of anybody.
    """
    known = list(meetings)
    if running := [m for m in known if m.runs]:
        return all(m.status in ("", PRESENT) for m in running)
    return any(m.status == PRESENT and m.near for m in known)


def earned_minutes(status: str, late: int, minutes: int) -> int:
    """Minutes of a meeting that a person earned: a quarter of an hour late is free, more is missing as a whole."""
    if status != PRESENT:
        return 0
    return max(minutes - late, 0) if late > LATE_FREE else minutes


def minutes_late(starts: int, minute: int) -> int:
    """How long after the beginning somebody came; before it is on time."""
    return max(minute - starts, 0)


def is_over(starts: int, minutes: int, minute: int) -> bool:
    """True from the last minute of a meeting on: who scans then was not there, or has to be asked about."""
    return minute >= starts + minutes


def minute_of(instant: datetime, on_day: date, zone: str) -> int:
    """Minutes from the midnight with which the day of a meeting began at its place; less than nothing before it."""
    there = instant.astimezone(ZoneInfo(zone))
    return (there.date() - on_day).days * 24 * 60 + there.hour * 60 + there.minute


def shared_phones(marks: Iterable[MarkCard]) -> frozenset[int]:
    """The people of one meeting who marked themselves from one phone."""
    own = [(m.browser, m.person_id) for m in marks if m.browser]
    often = Counter(browser for browser, _person in own)
    return frozenset(person for browser, person in own if often[browser] > 1)


def count_differs(head_count: int, marks: Iterable[MarkCard]) -> int:
    """How many more are on the list than were counted in the room (less than nothing: fewer)."""
    return sum(m.status == PRESENT for m in marks) - head_count
