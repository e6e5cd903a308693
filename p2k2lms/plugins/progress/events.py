"""Facts that progress publishes."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompletionsDecided(Event):
    """It was decided that people have completed a class, or have not: `lulus` or `tidak_lulus` for all of these."""

    angkatan_id: int
    decision: str
    completion_ids: tuple[int, ...]


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
