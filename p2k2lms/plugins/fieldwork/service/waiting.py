"""What waits for somebody at the home page: signed reports to receive, and groups to check."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core.access import Actor, has_role
from p2k2lms.plugins.fieldwork.permissions import CHECK_GROUP
from p2k2lms.plugins.fieldwork.queries import waiting as read
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.service.monthly import DINSOS, recipient_of, units_of


@dataclass(frozen=True)
class Waiting:
    """How many reports of a month the actor has yet to receive, and how many groups the actor was drawn to check."""

    reports: int = 0
    checks: int = 0


def waiting(actor: Actor, day: date) -> Waiting:
    """The numbers for the month of this day; none for who neither receives nor checks."""
    recipient, checks = recipient_of(actor), has_role(actor, CHECK_GROUP)
    if not recipient and not checks:
        return Waiting()
    units, checker = units_of(actor) if recipient else (), (actor.id or 0) if checks else 0
    return Waiting(*read.waiting(units, months.month_of(day).first, recipient == DINSOS, checker))
