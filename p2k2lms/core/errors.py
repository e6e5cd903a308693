"""What can go wrong in a use-case, in the words of the domain; web/errors.py shows it."""

from collections.abc import Sequence
from dataclasses import dataclass


class DomainError(Exception):
    """A rule said no; the message may be shown to the person."""


class NotFound(DomainError):
    """There is no such thing, or this person may not know of it."""


class NotAllowed(DomainError):
    """This person may not do this."""


class ReadOnly(NotAllowed):
    """This account may look at everything and change nothing."""


class Conflict(DomainError):
    """Somebody, perhaps the same person in another window, was there first."""


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the field that it belongs to ("" for the whole) and a sentence."""

    field: str
    message: str


class Invalid(DomainError):
    """What was sent breaks a rule; `field` names the form field, if one is to blame."""

    def __init__(self, message: str, field: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.field = field
        self.faults = tuple(faults) or (Fault(field, message),)
