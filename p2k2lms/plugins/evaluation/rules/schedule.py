"""Which waves are due to open by themselves: before the classes of a month, at their end, and months later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.plugins.evaluation.rules.asking import months_later
from p2k2lms.plugins.evaluation.values import MONTHS_AFTER, WINDOW

ASKED_IN = {  # instruments of each wave of the schedule
    "W0": ("em-alumni",),
    "W0+": ("reaksi",),
    "W3": ("em-alumni", "em-atasan"),
    "W6": ("em-alumni", "em-atasan", "em-kpm"),
    "W12": ("em-alumni", "em-atasan", "em-kpm"),
}


@dataclass(frozen=True)
class Due:
    """One wave of the schedule: the month of its classes, and the days on which it asks."""

    code: str
    instrument: str
    first: date
    last: date
    opens: date
    closes: date


def due(today: date) -> Iterator[Due]:
    """The waves whose days hold today, by the middle of the month of their classes."""
    here = today.replace(day=1)
    for code, instruments in ASKED_IN.items():
        for back in range(-1, 14):
            first = months_later(here, -back)
            last = months_later(first, 1) - timedelta(days=1)
            opens, closes = _days(code, first, last)
            if opens <= today <= closes:
                yield from (Due(code, instrument, first, last, opens, closes) for instrument in instruments)


def _days(code: str, first: date, last: date) -> tuple[date, date]:
    if code == "W0":
        return first - WINDOW, last
    if code == "W0+":
        return first, last + WINDOW
    middle = months_later(first + timedelta(days=14), MONTHS_AFTER[code])
    return middle - WINDOW, middle + WINDOW
