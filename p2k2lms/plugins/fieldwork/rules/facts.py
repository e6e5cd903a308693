"""What one group, and one leader, come to in one month; the rows from which every figure of the field is counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from p2k2lms.plugins.fieldwork.rules import reach
from p2k2lms.plugins.fieldwork.rules.meetings import was_given
from p2k2lms.plugins.fieldwork.rules.members import size_on
from p2k2lms.plugins.fieldwork.rules.months import Month, exits, person_days, responsible
from p2k2lms.plugins.fieldwork.values import Change, Given, GroupCard, Held, Present
from p2k2lms.plugins.fieldwork.values.words import DONE, LATE_DAYS, NATURAL, OWN_WILL


@dataclass(frozen=True)
class Book:
    """All that one group's month is counted from; `came` are its counted meetings of this month.

    `met_before` is its last meeting before the month, `ticks` are its meetings of the last ninety days, `said` the
    firsts of the months up to this one that were told to be without. `met_there` is when in the month its families met
    last before it was divided off.
    """

    group: GroupCard
    custody: Sequence[Held]
    changes: Sequence[Change]
    came: Sequence[tuple[Given, Present]]
    said: Collection[date]
    met_before: date | None
    ticks: Sequence[reach.Tick] = ()
    met_there: date | None = None


def so_far(month: Month, today: date) -> Month:
    """The month up to and with today, while it runs."""
    return Month(month.first, max(month.first, min(month.after, today + timedelta(days=1))))


def group_row(book: Book, month: Month, today: date) -> dict[str, Any]:
    """The row of one group."""
    known = so_far(month, today)
    left = exits(book.changes, known)
    sound = [present for _given, present in book.came if present.families <= present.due]
    last = max((given.on_day for given, _present in book.came), default=book.met_before)
    return {
        "group_id": book.group.id,
        "responsible_id": responsible(book.custody, month),
        "due": int(month.owes(book.group.valid_from, book.group.valid_to, book.met_there)),
        "met": int(bool(book.came)),
        "reported": int(bool(book.came) or month.first in book.said),
        "present": sum(present.families for present in sound),
        "invited": sum(present.due for present in sound),
        "set_aside": len(book.came) - len(sound),
        "exits_own": left.get(OWN_WILL, 0),
        "exits_natural": left.get(NATURAL, 0),
        "exits_other": sum(n for reason, n in left.items() if reason not in (OWN_WILL, NATURAL)),
        "caseload_end": size_on(book.changes, known.last),
        "person_days": max(0, person_days(book.changes, known)),
        "last_met": last,
        "silent_days": _silent_days(book, last, known),
        **taught(given for given, _present in book.came),
        **_reach(book, known.last),
    }


def _reach(book: Book, last: date) -> dict[str, int]:
    without = reach.all_without(book.said, book.group.valid_from, last)
    return reach.row(book.ticks, book.changes, last, without=without)


def _silent_days(book: Book, last: date | None, known: Month) -> int | None:
    """Days without a meeting; of a group that never met, since somebody was first to hold it."""
    if book.group.valid_to is not None and book.group.valid_to <= known.last:
        return None
    since = last or min((held.valid_from for held in book.custody), default=book.group.valid_from)
    return max(0, (known.last - since).days)


def taught(meetings: Iterable[Given]) -> dict[str, int]:
    """How many different sesi were given, and how many langkah of all that these have were done."""
    given = list(meetings)
    return {
        "sesi_done": len({meeting.sesi for meeting in given if was_given(meeting.steps)}),
        "steps_done": sum(meeting.steps.count(DONE) for meeting in given),
        "steps_due": sum(len(meeting.steps) for meeting in given),
    }


@dataclass(frozen=True)
class Service:
    """A pendamping's duties that touch the month, and since when the person is prepared."""

    duties: Sequence[tuple[int, date, date | None]]
    prepared: date | None


def leader_row(
    led: Sequence[Given], received: Mapping[Any, date], service: Service, month: Month, today: date
) -> dict[str, Any]:
    """What the meetings that somebody led come to; `received` is the day on which each report came."""
    known = so_far(month, today)
    days = sum(known.days_of(since, until) for _unit, since, until in service.duties)
    late = [m for m in led if received[m.id] - m.on_day > timedelta(days=LATE_DAYS)]
    lacking = [m for m in led if service.prepared is None or m.on_day < service.prepared]
    return {
        "duty_days": min(days, (known.after - known.first).days),
        "on_duty_end": int(
            any(known.days_of(since, until) and _holds(until, known) for _u, since, until in service.duties)
        ),
        "led": len(led),
        "on_time": len(led) - len(late),
        "unprepared": len(lacking),
        **taught(led),
    }


def _holds(until: date | None, known: Month) -> bool:
    """True if what ends on this day still held on the last day."""
    return until is None or known.last < until


def home_of(service: Service, groups: Iterable[int]) -> int | None:
    """The unit of the last duty in the month; without any, that of the groups."""
    if service.duties:
        return max(service.duties, key=lambda duty: (duty[1], -duty[0]))[0]
    return min(groups, default=None)
