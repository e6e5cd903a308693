"""The words of a test that more than one page says."""

from datetime import datetime
from zoneinfo import ZoneInfo

from p2k2lms.core.clock import on_day
from p2k2lms.core.i18n import _, language, long_date
from p2k2lms.plugins.assessment.values import POST, PRACTICE, PRE, QUICK


def title_of(purpose: str) -> str:
    """What people call a test of this purpose."""
    return {PRE: _("Pre-test"), POST: _("Post-test"), QUICK: _("Cek cepat"), PRACTICE: _("Latihan")}[purpose]


def hour(instant: datetime, zone: str) -> str:
    """The time on the clock of a place: 10.42."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H.%M}"


def day_there(instant: datetime, zone: str) -> str:
    """The day of an instant where the person was: 21 November 2026."""
    return long_date(on_day(instant, zone))


def typed(value: float) -> str:
    """A number as somebody types it: 2,25, with all its digits."""
    text = f"{value:.12g}"
    return text if language() == "en" else text.replace(".", ",")


def number(points: float) -> str:
    """Points as people write them: 16, or 15,5 with the comma of Indonesian."""
    text = f"{points:.1f}".removesuffix(".0")
    return text if language() == "en" else text.replace(".", ",")
