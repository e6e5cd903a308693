"""Plain things that coaching hands out."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from p2k2lms.plugins.coaching.values.payloads import StageDef
from p2k2lms.plugins.coaching.values.words import COACH, LEARNER, PUBLISHED


@dataclass(frozen=True)
class TemplateCard:
    """A version of a template: which course it leads through, in which meetings, for which units."""

    id: int
    unit_id: int
    unit_path: str
    course: str
    name: str
    number: int
    modul: str
    stages: tuple[StageDef, ...]
    retired: bool = False
    state: str = PUBLISHED
    author_id: int | None = None

    @property
    def minutes(self) -> int:
        """The time of all meetings together."""
        return sum(stage.minutes for stage in self.stages)


@dataclass(frozen=True)
class PathCard:
    """One person's path: `coach_id` is the coach of the day, `asked_on` since when one is waited for.

    `name` is what its template is called, `whose` the name of the person.
    """

    id: int
    person_id: int
    course: str
    version_id: int
    template_id: int
    name: str
    modul: str
    enrolment_id: int
    state: str
    valid_from: date
    valid_to: date | None
    asked_on: date | None
    coach_id: int | None = None
    coach_kind: str = ""
    coach_since: date | None = None
    whose: str = ""


class Sign(NamedTuple):
    """One side's signature under a meeting."""

    side: str
    person_id: int
    on_day: date


@dataclass(frozen=True)
class StageCard:
    """One meeting of a path, with who has signed it."""

    id: int
    number: int
    title: str
    sesi: tuple[str, ...]
    practice: bool
    observed: bool
    minutes: int
    reflection: str
    signs: Mapping[str, Sign]

    @property
    def done(self) -> bool:
        """Both sides have signed."""
        return LEARNER in self.signs and COACH in self.signs


@dataclass(frozen=True)
class Sheet:
    """One filled sheet: `scores` has a sign for each behaviour of the rubric of its version, `-` for not seen."""

    id: uuid.UUID
    person_id: int
    observer_id: int
    context: str
    course: str
    version_id: int
    sesi: str
    on_day: date
    steps: str
    scores: str
    points: int
    max: int
    adapted: str
    evidence: str
    administrative: str
    educative: str
    supportive: str
    subject_ref: str
    flags: tuple[str, ...]
    received_at: datetime

    @property
    def own(self) -> bool:
        """Somebody rated himself."""
        return self.person_id == self.observer_id

    @property
    def key(self) -> tuple[int, str, str, date]:
        """What makes two rows one sheet: the same person, in the same place, with the same sesi, on the same day."""
        return (self.person_id, self.context, self.sesi, self.on_day)


class SheetKey(NamedTuple):
    """Which sheet: a sesi of a version."""

    version_id: int
    sesi: str


@dataclass(frozen=True)
class ActionCard:
    """What was agreed, until when, and what came of it."""

    id: int
    path_id: int
    text: str
    due_on: date | None
    outcome: str
    settled_on: date | None


@dataclass(frozen=True)
class ContactCard:
    """One person's part in a talk."""

    id: uuid.UUID
    person_id: int
    coach_id: int
    on_day: date
    minutes: int
    mode: str
    topic: str
    note: str


@dataclass(frozen=True)
class About:
    """Whom something of coaching is about, as a permission sees it: the coaches and the home of that day."""

    person_id: int
    on_day: date
    coaches: frozenset[int] = frozenset()
