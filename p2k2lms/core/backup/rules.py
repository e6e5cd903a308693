"""Which copies are kept: the newest of each of the last days, weeks and months."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

FORM = re.compile(r"(\d{1,3}),(\d{1,3}),(\d{1,3})")


@dataclass(frozen=True)
class Keep:
    """How many days, weeks and months have a copy; the newest copy of all always stays."""

    days: int = 7
    weeks: int = 4
    months: int = 6

    @staticmethod
    def read(text: str) -> "Keep":
        """`7,4,6`: seven days, four weeks, six months; ValueError for anything else."""
        found = FORM.fullmatch(text.replace(" ", ""))
        if not found:
            raise ValueError(f"not days,weeks,months: {text!r}")
        return Keep(*map(int, found.groups()))


def superfluous(made: Collection[datetime], keep: Keep) -> set[datetime]:
    """The copies that may go. Periods without a copy do not count, so a pause never costs an old one."""
    newest_first = sorted(made, reverse=True)
    stay = set(newest_first[:1])
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    )
    for number, period in periods:
        last: dict[object, datetime] = {}
        for at in newest_first:
            last.setdefault(period(at), at)
        stay |= set(list(last.values())[:number])
    return set(newest_first) - stay
