"""What delivery tells the plugins above it."""

from dataclasses import dataclass

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class StepFinished(Event):
    """A person has read a card for the first time."""

    person_id: int
    enrolment_id: int
    course: str
    version_id: int
    step: str
