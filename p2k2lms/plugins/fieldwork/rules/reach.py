"""How many families of a group came at least once in three months, where it was ticked who came."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.plugins.fieldwork.rules.members import size_on
from p2k2lms.plugins.fieldwork.rules.months import DUE_DAYS, Month, earlier, exits, month_of
from p2k2lms.plugins.fieldwork.values import Change, Present

DAYS, LONG_ENOUGH = 90, 60


@dataclass(frozen=True)
class Tick:
    """One group at one meeting of these days."""

    on_day: date
    present: Present


def since(last: date) -> date:
    """The first of the ninety days up to this one."""
    return last - timedelta(days=DAYS - 1)


def lasting(changes: Sequence[Change], last: date) -> int:
    """Families that were members on sixty or more of these days; who leaves is taken for one who was there before.

    Who was a member so long was one on each day of the middle: from the sixtieth before the end to the sixtieth after
    the beginning.
    """
    begins, ends = last - timedelta(days=LONG_ENOUGH - 1), since(last) + timedelta(days=LONG_ENOUGH - 1)
    left = exits(changes, Month(begins + timedelta(days=1), ends + timedelta(days=1)))
    return max(0, size_on(changes, begins) - sum(left.values()))


def row(ticks: Sequence[Tick], changes: Sequence[Change], last: date, *, without: bool = False) -> dict[str, int]:
    """What a group adds: reached of its lasting members; or the members alone, where it is not known who came.

    It is known where somebody was ticked on every day on which somebody came; and that nobody did, where all this
    time was said to be `without` a meeting.
    """
    members, days = lasting(changes, last), days_known(ticks)
    if not (all(days.values()) if days else without):
        return {"reached": 0, "reachable": 0, "unticked": members}
    came = frozenset().union(*(tick.present.ticked for tick in ticks))
    return {"reached": min(len(came), members), "reachable": members, "unticked": 0}


def days_known(ticks: Iterable[Tick]) -> dict[date, bool]:
    """By day of a meeting, whether it is known who came."""
    found: dict[date, bool] = {}
    for tick in ticks:
        known = tick.present.numbers is not None or not tick.present.families
        found[tick.on_day] = found.get(tick.on_day, False) or known
    return found


def all_without(said: Collection[date], born: date, last: date) -> bool:
    """True if every month of these days was said to be without a meeting; `said` are their firsts.

    A month of which the group owes no meeting, because too few of its days are among these, need not be told.
    """
    days, month, owed = Month(max(since(last), born), last + timedelta(days=1)), month_of(last), list[Month]()
    while month.after > days.first:
        owed += [month] if days.days_of(month.first, month.after) >= DUE_DAYS else []
        month = earlier(month)
    return bool(owed) and all(one.first in said for one in owed)


def later_months(day: date, today: date) -> list[date]:
    """The firsts of the months that have begun after that of this day and still look back on it."""
    month, found = month_of(month_of(day).after), []
    while month.first <= today and since(month.last) <= day:
        found.append(month.first)
        month = month_of(month.after)
    return found
