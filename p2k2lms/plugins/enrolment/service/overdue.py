"""The classes that are over and wait to be closed."""

from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment.queries import over
from p2k2lms.plugins.enrolment.values import AngkatanCard

MOST_OVERDUE = 2


def overdue(actor: Actor) -> list[AngkatanCard]:
    """Of those in which the actor works the ones that are over and not closed, the longest over first, at most two."""
    return list(over.overdue(*_late(actor)))


def overdue_ahead(actor: Actor) -> list[Ahead]:
    """The same question, for a page that knows it will ask."""
    return [over.overdue.ahead(*_late(actor))]


def _late(actor: Actor) -> tuple[int, date, int]:
    return actor.id or 0, clock.today(), MOST_OVERDUE
