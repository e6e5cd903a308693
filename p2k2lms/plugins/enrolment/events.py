"""What enrolment tells the plugins above it."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """A person has been taken into a class, for the first time or again, or has begun a path of coaching."""

    enrolment_id: int
    person_id: int
    angkatan_id: int | None
    path_id: int | None
    course: str
    version_id: int


@dataclass(frozen=True, kw_only=True)
class ExposureChanged(Event):
    """A spell of exposure was written or brought up to date; `since` is the earliest day for which this matters.

    `unit_id` is where the person works today.
    """

    person_id: int
    unit_id: int | None
    kind: str
    status: str
    since: date


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Event):
    """Somebody was marked at a meeting of a class, for the first time or anew."""

    session_id: int
    person_id: int
    angkatan_id: int
