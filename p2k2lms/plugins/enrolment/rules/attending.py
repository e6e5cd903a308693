"""What coming, coming late and staying away are worth."""

from collections import Counter
from collections.abc import Iterable

from p2k2lms.plugins.enrolment.values import LATE_FREE, PRESENT, MarkCard


def earned_minutes(status: str, late: int, minutes: int) -> int:
    """Minutes of a meeting that a person earned: a quarter of an hour late is free, more is missing as a whole."""
    if status != PRESENT:
        return 0
    return max(minutes - late, 0) if late > LATE_FREE else minutes


def minutes_late(starts: int, minute_of_day: int) -> int:
    """How long after the beginning somebody came; before it is on time."""
    return max(minute_of_day - starts, 0)


def shared_phones(marks: Iterable[MarkCard]) -> frozenset[int]:
    """The people of one meeting who marked themselves from one phone."""
    own = [(m.browser, m.person_id) for m in marks if m.browser]
    often = Counter(browser for browser, _person in own)
    return frozenset(person for browser, person in own if often[browser] > 1)


def count_differs(head_count: int, marks: Iterable[MarkCard]) -> int:
    """How many more are on the list than were counted in the room (less than nothing: fewer)."""
    return sum(m.status == PRESENT for m in marks) - head_count
