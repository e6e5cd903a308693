"""What time it is; the one place that asks, so that a test can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = "Asia/Makassar"  # Central Indonesian Time, where nothing else is said
_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def on_day(instant: datetime, zone: str) -> date:
    """The calendar day of an instant where it happened; `zone` is an IANA name."""
    return instant.astimezone(ZoneInfo(zone)).date()


def today(zone: str = HOME) -> date:
    """The calendar day now, in Central Indonesian Time unless told."""
    return on_day(now(), zone)


def is_ahead(day: date, received: date) -> bool:
    """More than a day ahead of the day on which it came: the phone's calendar is wrong."""
    return day > received + timedelta(days=1)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock still for a block: tests, and data that must be repeatable."""
    token = _stopped.set(at)
    try:
        yield
    finally:
        _stopped.reset(token)
