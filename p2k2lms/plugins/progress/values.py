"""Plain things that progress decides upon and hands out."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from p2k2lms.plugins.assessment.values import UNKNOWN, are_apart

PASSED = "lulus"
FAILED = "tidak_lulus"
EQUAL, NOT_YET = "setara", "belum_setara"  # of a path


@dataclass(frozen=True)
class Limits:
    """What the course asks in one mode; None where it asks nothing."""

    post_test: int
    attendance: int | None = None
    micro_teaching: bool = False


class Facts(NamedTuple):
    """What is known of one person in one class; None where nothing has arrived yet."""

    read: int
    required: int
    post: int | None = None  # the best post-test in whole percent, as assessment rounds it
    attendance: int | None = None
    micro_teaching: bool | None = None


@dataclass(frozen=True)
class Condition:
    """One condition of completion: what was wanted, what there is (None: nothing yet), and whether that will do."""

    key: str
    wanted: int
    there: int | None
    met: bool


@dataclass(frozen=True)
class Decision:
    """What the rule says, and every condition that it looked at."""

    passed: bool
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(c for c in self.conditions if not c.met)


@dataclass(frozen=True)
class CompletionCard:
    """A decision that stands: what was decided, on which day, by whom (None: by the rule)."""

    id: int
    person_id: int
    angkatan_id: int
    enrolment_id: int
    course: str
    decision: str
    decided_on: date
    decided_by: int | None
    note: str


@dataclass(frozen=True)
class CompletionState:
    """How far one person is in one class; `missing` says in words what still lacks."""

    read: int
    required: int
    pre: int | None
    post: int | None
    decision: str
    decided_on: date | None
    proposal: Decision
    missing: tuple[str, ...]


class MarksRow(NamedTuple):
    """One line of the marks grid: percents are whole, None where there is no mark."""

    person_id: int
    enrolment_id: int
    name: str
    read: int
    required: int
    pre: int | None
    post: int | None
    decision: str
    passes: bool
    attendance: int | None = None
    pre_place: str = UNKNOWN
    post_place: str = UNKNOWN

    @property
    def gain(self) -> int | None:
        return None if self.pre is None or self.post is None else self.post - self.pre

    @property
    def apart(self) -> bool:
        """One test was sat in class and the other alone: the gain is not that of equals."""
        return are_apart(self.pre_place, self.post_place)

    @property
    def complete(self) -> bool:
        """Nothing of this person is waited for: decided, or ready to be."""
        return bool(self.decision) or self.passes


class PersonRow(NamedTuple):
    """One person in somebody's care, with progress and marks in one class."""

    person_id: int
    name: str
    unit: str
    course: str
    read: int
    required: int
    pre: int | None
    post: int | None
    decision: str


@dataclass(frozen=True)
class EquivalenceCard:
    """What was decided about a path: for which unit, by whom, and why."""

    id: int
    person_id: int
    path_id: int
    course: str
    version_id: int
    unit_id: int
    decision: str
    decided_on: date
    decided_by: int
    note: str
