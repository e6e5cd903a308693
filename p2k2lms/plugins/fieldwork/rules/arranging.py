"""From which day families may move between groups, and how many make a group of their own."""

from collections.abc import Iterable
from datetime import date, timedelta

from p2k2lms.plugins.fieldwork.values import Change, GroupCard

EARLIEST = timedelta(days=60)


def why_not_from(day: date, card: GroupCard, no_earlier: date, today: date, changes: Iterable[Change]) -> str:
    """Why no family of the group can move from this day: "day", "ended", "ledger", or "" when some can.

    The day lies after the beginning of both groups, `no_earlier` that of the other, and after all that the ledger says.
    """
    if not max(card.valid_from, no_earlier, today - EARLIEST) < day <= today:
        return "day"
    if card.valid_to is not None and card.valid_to <= day:
        return "ended"
    return "ledger" if any(change.on_day > day for change in changes) else ""


def may_end_on(day: date, handed_over: Iterable[date]) -> bool:
    """True unless the group changes hands on that day or later."""
    return all(since < day for since in handed_over)


def is_part(members: int, size: int) -> bool:
    """True for a number of families that leaves some behind."""
    return 1 <= members < size
