"""Facts about people that identity publishes."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PostingEnded(Event):
    """A role in a unit ends; `day` is the first day without it."""

    person_id: int
    role: str
    unit_id: int
    day: date


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A person says no to a text that may be declined; `text` is its key."""

    person_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class SupervisionChanged(Event):
    """From this day on somebody else supervises a pendamping, or nobody."""

    pendamping_id: int
    old: int | None
    new: int | None
    day: date
