"""What plugins offer to pages that are not theirs."""

from dataclasses import dataclass


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
