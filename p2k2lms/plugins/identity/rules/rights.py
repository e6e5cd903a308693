"""The clock of the law: UU 27/2022 gives three times twenty-four hours to answer a person, and to tell of a breach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TIME = timedelta(hours=72)
SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Clock:
    """Until when something must be done, how many whole hours are left (below zero: over), and how pressing it is."""

    due: datetime
    hours: int
    state: str  # "tenang", "segera", "lewat"


def clock_of(began: datetime, now: datetime) -> Clock:
    """The clock that began to run then, as it stands now."""
    left = began + TIME - now
    state = "lewat" if left < timedelta() else "segera" if left <= SOON else "tenang"
    return Clock(began + TIME, int(left / timedelta(hours=1)), state)
