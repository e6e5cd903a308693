"""Facts that progress publishes."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompletionDecided(Event):
    """It was decided whether a person has completed a class: `lulus` or `tidak_lulus`."""

    completion_id: int
    person_id: int
    enrolment_id: int
    course: str
    version_id: int
    decision: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class EquivalenceDecided(Event):
    """It was decided whether a finished path is equal to the class: `setara` or `belum_setara`."""

    equivalence_id: int
    person_id: int
    path_id: int
    course: str
    version_id: int
    decision: str
    decided_on: date
