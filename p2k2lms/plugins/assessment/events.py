"""Facts that assessment publishes."""

from dataclasses import dataclass

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AttemptFinished(Event):
    """Somebody handed in a pre-test or a post-test, or its time ran out; published again when it is re-scored."""

    attempt_id: int
    person_id: int
    enrolment_id: int
    purpose: str
    points: float
    max_points: float
    passed: bool
