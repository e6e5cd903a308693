"""What plugins offer to pages that are not theirs."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from p2k2lms.core.questions import Ahead


@dataclass(frozen=True)
class HomeCard:
    """One thing that the home page may propose; the most urgent (0 to 100) becomes the next action."""

    urgency: int
    title: str
    line: str
    url: str
    button: str
    eyebrow: str = ""
    icon: str = "book"
    post: bool = False  # the button sends a form instead of following a link


def offers(place: str, **about: Any) -> list[HomeCard]:
    """What the plugins propose for a place of the home page, the most urgent first."""
    fillers = current_app.extensions["panels"].get(place, ())
    cards = [card for filler in fillers for card in filler(**about)]
    return sorted(cards, key=lambda card: -card.urgency)


def questions_of(place: str, **about: Any) -> list[Ahead]:
    """What the plugins already know they will ask for a page."""
    fillers = current_app.extensions["panels"].get(place, ())
    return [question for filler in fillers for question in filler(**about)]
