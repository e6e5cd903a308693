"""Counts the figures of a demo at once, so that its first page shows them; a real one waits for its nights."""

from p2k2lms.core import clock
from p2k2lms.plugins.indicators import service as indicators

MONTHS = {"small": 9, "regional": 6, "national": 2}


def load(scale: str, seed: int) -> None:
    """Every indicator of the last months; repeatable, and the seed changes nothing."""
    indicators.count_months(indicators.months_up_to(clock.today(), MONTHS[scale]))
