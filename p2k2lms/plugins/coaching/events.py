"""Facts that coaching publishes."""

import uuid
from dataclasses import dataclass

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ObservationRecorded(Event):
    """Somebody was observed leading a sesi, or rated himself (`observer_id` equals `person_id`)."""

    observation_id: uuid.UUID
    person_id: int
    observer_id: int
    context: str
    course: str
    sesi: str
    points: int
    max: int
    angkatan_id: int | None = None  # the class whose micro teaching it was


@dataclass(frozen=True, kw_only=True)
class PathFinished(Event):
    """Every meeting of a path is signed by both sides."""

    path_id: int
    person_id: int
    course: str
    version_id: int
