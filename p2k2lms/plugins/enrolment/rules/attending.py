"""What coming, coming late and staying away are worth."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from p2k2lms.plugins.enrolment.values import LATE_FREE, PRESENT, MarkCard


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
