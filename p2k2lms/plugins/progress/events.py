"""Facts that progress publishes."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompletionDecided(Event):
    """Of one person, or of many in one press, it was decided: `lulus` or `tidak_lulus`; reasons are in the rows."""

    angkatan_id: int
    course: str
    decision: str
    completion_ids: tuple[int, ...]
    person_ids: tuple[int, ...]


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
