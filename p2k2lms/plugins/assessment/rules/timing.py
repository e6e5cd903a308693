"""When a test is open: the server holds the deadline, the clock of a phone never matters."""

from datetime import datetime, timedelta

IN_TIME, LATE, HANDED_IN = "in_time", "late", "handed_in"


def deadline_of(started_at: datetime, minutes: int, extra_minutes: int) -> datetime:
    """When the time of an attempt is over."""
    return started_at + timedelta(minutes=minutes + extra_minutes)


def still_takes(deadline: datetime | None, grace_seconds: int, now: datetime) -> bool:
    """True while an answer that arrives now is still taken; a test without a deadline always takes."""
    return deadline is None or now <= deadline + timedelta(seconds=grace_seconds)


def closes_at(deadline: datetime, grace_seconds: int) -> datetime:
    """From when on nothing more is taken."""
    return deadline + timedelta(seconds=grace_seconds + 1)


def arrival(deadline: datetime | None, grace_seconds: int, finished_at: datetime | None, now: datetime) -> str:
    """How an answer comes: in time, late, or after the person handed in and so for nothing.

    An attempt that ended at its deadline was ended by the time: what a phone without signal still holds is late.
    """
    takes = still_takes(deadline, grace_seconds, now)
    if finished_at is not None and (takes or deadline is None or finished_at < deadline):
        return HANDED_IN
    return IN_TIME if takes else LATE


def seconds_left(deadline: datetime | None, now: datetime) -> int | None:
    """Seconds until the deadline, never below 0; None without a deadline."""
    return None if deadline is None else max(0, int((deadline - now).total_seconds()))


def moved(deadline: datetime, minutes: int) -> datetime:
    """The deadline some minutes later, or earlier when minutes are taken back."""
    return deadline + timedelta(minutes=minutes)
