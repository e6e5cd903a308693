"""Classes, members and exposure as plain things."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from p2k2lms.core.i18n import lazy

RUNNING, PASSED, STOPPED = "berjalan", "lulus", "berhenti"
ON_A_PATH = "mandiri"  # the mode of an enrolment without a class
ENDED = "selesai"  # of a spell of exposure alone: it is over without a pass
EXPOSURES = "enrolment.exposure"  # the mark of a month in which somebody's preparation changed
TRAINER, COMMITTEE = "trainer", "panitia"
MODES: dict[str, Any] = {"luring": lazy("Tatap muka (luring)"), "campuran": lazy("Campuran"), "daring": lazy("Daring")}
CLASS, COACHING, REFRESHER = "kelas", "coaching", "penyegaran"  # the kinds of exposure
SITS = "duduk"  # where somebody stands who has finished nothing yet, while a class runs
BY_STAFF, BY_DOOR, FROM_WAITING, BY_DRAW = "petugas", "pintu", "tunggu", "undian"
STATES: dict[str, Any] = {RUNNING: lazy("Berjalan"), PASSED: lazy("Lulus"), STOPPED: lazy("Berhenti")}
STAFF_ROLES: dict[str, Any] = {TRAINER: lazy("Pelatih"), COMMITTEE: lazy("Panitia")}


@dataclass(frozen=True)
class StaffCard:
    """One who teaches or runs a class."""

    person_id: int
    role: str


@dataclass(frozen=True)
class AngkatanCard:
    """A class: `ends` is its last day, `closed_at` is empty until the marks are decided."""

    id: int
    name: str
    course: str
    version_id: int
    mode: str
    centre_unit_id: int
    centre_path: str
    starts: date
    ends: date | None
    seats: int | None
    open_door: bool
    closed_at: datetime | None
    taken: int = 0
    staff: tuple[StaffCard, ...] = ()
    place: str = ""
    online_until: date | None = None
    calendar_key: str | None = None
    letter_number: str = ""
    letter_on: date | None = None

    @property
    def seats_left(self) -> int | None:
        """How many may still come in; None when nobody counts."""
        return None if self.seats is None else max(self.seats - self.taken, 0)


class EnrolmentCard(NamedTuple):
    """One person in one class or on one path, with the content version, which changes only with the class."""

    id: int
    person_id: int
    angkatan_id: int | None
    path_id: int | None
    course: str
    version_id: int
    mode: str
    open_door: bool
    state: str
    online_passed_at: datetime | None = None
    class_name: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One exposure of one person: what it was, when, how it was called, how it ended."""

    person_id: int
    kind: str  # kelas, coaching, penyegaran
    object_ref: str
    mode: str
    status: str  # berjalan, lulus, selesai, berhenti
    valid_from: date
    valid_to: date | None = None
    called_at: date | None = None
    call_rule: str = ""
    offered_at: date | None = None
    lottery_draw: int | None = None
    hours: float | None = None
    share_attended: float | None = None
    source: str = "p2k2lms"


@dataclass(frozen=True, kw_only=True)
class AngkatanPlan:
    """What a class is to be: the fields of its form."""

    name: str
    mode: str
    starts: date
    ends: date | None = None
    seats: int | None = None
    open_door: bool = False
    place: str = ""
    online_until: date | None = None


@dataclass(frozen=True)
class Call:
    """How a seat was given: by which rule, when the person was called, and by which draw."""

    rule: str
    on: date
    draw: int | None = None
