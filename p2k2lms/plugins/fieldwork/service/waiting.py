"""What waits for somebody at the home page: signed reports to receive, groups to check, remarks to answer."""

from dataclasses import dataclass, field
from datetime import date

from p2k2lms.core.access import Actor, has_role
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP, READ_CONTACT
from p2k2lms.plugins.fieldwork.queries import waiting as read
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.service.monthly import DINSOS, KORKAB, offices
from p2k2lms.plugins.fieldwork.values import Asked


@dataclass(frozen=True)
class Waiting:
    """How many reports of a month the actor has yet to receive, and groups the actor was drawn to check; what the
    actor was asked about own reports."""

    reports: int = 0
    checks: int = 0
    asked: Asked = field(default_factory=Asked)


def waiting(actor: Actor, day: date, *, asked: bool = True) -> Waiting:
    """The numbers for the month of this day; `asked` is left out by who knows it from `home`."""
    concerned = _concerned(actor, day, asked)
    return Waiting(*read.waiting(*concerned)) if concerned else Waiting()


def ahead(actor: Actor, day: date, *, asked: bool) -> list[Ahead]:
    """The same question, for a page that knows it will ask."""
    concerned = _concerned(actor, day, asked)
    return [read.waiting.ahead(*concerned)] if concerned else []


def _concerned(actor: Actor, day: date, asked: bool) -> tuple[tuple[str, ...], tuple[str, ...], date, int, int] | None:
    received, checks = offices(actor), has_role(actor, READ_CONTACT)
    leads = asked and has_role(actor, CREATE_GROUP)
    if not (any(received.values()) or checks or leads):
        return None
    me = actor.id or 0
    return received[KORKAB], received[DINSOS], months.month_of(day).first, me if checks else 0, me if leads else 0
