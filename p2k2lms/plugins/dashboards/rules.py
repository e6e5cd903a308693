"""How a home page is composed and a person greeted; plain values in, plain values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard

MOST_CARDS = 3
URGENT_FROM = 50


@dataclass(frozen=True)
class Home:
    """One next action, if anything is due, and at most three more cards."""

    next: HomeCard | None
    cards: tuple[HomeCard, ...]


def compose(proposals: Sequence[HomeCard]) -> Home:
    """The most urgent proposal becomes the next action when it is due; the rest follow, at most three."""
    ordered = sorted(proposals, key=lambda card: -card.urgency)
    if ordered and ordered[0].urgency >= URGENT_FROM:
        return Home(ordered[0], tuple(ordered[1 : MOST_CARDS + 1]))
    return Home(None, tuple(ordered[:MOST_CARDS]))


def months_around(wanted: date | None, today: date) -> tuple[date, date, date | None]:
    """The first days of the month to show, of the one before, and of the one after; none where it still runs.

    The last whole month unless another is wanted; none lies ahead.
    """
    present = today.replace(day=1)
    here = min(wanted.replace(day=1), present) if wanted else _before(present)
    later = (here + timedelta(days=31)).replace(day=1)
    return here, _before(here), later if later <= present else None


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def greeting(hour: int) -> str:
    """The greeting of an hour of the day, 0 to 23."""
    if 4 <= hour < 11:
        return _("Selamat pagi")
    if 11 <= hour < 15:
        return _("Selamat siang")
    if 15 <= hour < 18:
        return _("Selamat sore")
    return _("Selamat malam")
