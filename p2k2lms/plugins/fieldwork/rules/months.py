"""The sums of a month for each pendamping: who answers for a group, which groups owe a meeting, what counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from p2k2lms.plugins.fieldwork.rules.members import size_on
from p2k2lms.plugins.fieldwork.values import Change, Given, GroupCard, Held, MonthFacts

DUE_DAYS = 15  # a group owes a meeting in a month of which it existed so long


@dataclass(frozen=True)
class Month:
    """A calendar month by its first day and the first day after it."""

    first: date
    after: date

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day < self.after

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)

    def owes(self, since: date, until: date | None, before: date | None = None) -> bool:
        """True if a group of this span owes a meeting in it; not if its families met `before` it was divided off."""
        return before is None and self.days_of(since, until) >= DUE_DAYS

    def days_of(self, since: date, until: date | None) -> int:
        """How many days of a span lie in it."""
        return max(0, (min(until or self.after, self.after) - max(since, self.first)).days)


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    first = day.replace(day=1)
    return Month(first, (first + timedelta(days=32)).replace(day=1))


def earlier(month: Month) -> Month:
    """The month before."""
    return month_of(month.first - timedelta(days=1))


@dataclass(frozen=True)
class Book:
    """All that the months of some groups are counted from; `not_met` are groups and months said to be without.

    `met_there`: when in the month the families of a group met last, before it was divided off.
    """

    groups: Sequence[GroupCard]
    custody: Sequence[Held]
    changes: Sequence[Change]
    meetings: Sequence[Given]
    not_met: Sequence[tuple[int, date]] = ()
    met_there: Mapping[int, date] = field(default_factory=dict)


def counted(meetings: Iterable[Given]) -> list[Given]:
    """Each meeting once: of reports with the same leader, day, sesi and groups, the one received first."""
    kept: dict[tuple[object, ...], Given] = {}
    for meeting in sorted(meetings, key=lambda m: (m.received_at, str(m.id))):
        groups = tuple(sorted(p.group_id for p in meeting.present))
        kept.setdefault((meeting.leader_id, meeting.on_day, meeting.sesi, groups), meeting)
    return list(kept.values())


def responsible(custody: Iterable[Held], month: Month) -> int | None:
    """Who held the group most days of the month; of equals the later holder; None if nobody did."""
    days: dict[int, tuple[int, date]] = {}
    for held in custody:
        if here := month.days_of(held.valid_from, held.valid_to):
            so_far, since = days.get(held.person_id, (0, held.valid_from))
            days[held.person_id] = so_far + here, max(since, held.valid_from)
    return max(days, key=lambda person: days[person]) if days else None


def month_facts(month: Month, book: Book) -> dict[int, MonthFacts]:
    """The sums of everybody who answered for a group of the book in this month, or led a meeting in it."""
    here = [m for m in counted(book.meetings) if month.has(m.on_day)]
    found: dict[int, MonthFacts] = {}
    for group in book.groups:
        if month.owes(group.valid_from, group.valid_to, book.met_there.get(group.id)):
            person = responsible([h for h in book.custody if h.group_id == group.id], month)
            if person is not None:
                found[person] = plus(found.get(person, MonthFacts()), of_group(group, month, book, here))
    for meeting in here:
        facts = found.get(meeting.leader_id, MonthFacts())
        found[meeting.leader_id] = replace(facts, meetings_led=facts.meetings_led + 1)
    return found


def of_group(group: GroupCard, month: Month, book: Book, here: Sequence[Given]) -> MonthFacts:
    """What one group that owed a meeting adds; more people than members are set aside, but the group has met."""
    came = [p for m in here for p in m.present if p.group_id == group.id]
    sound = [p for p in came if p.families <= p.due]
    changes = [c for c in book.changes if c.group_id == group.id]
    said = bool(came) or (group.id, month.first) in book.not_met
    return MonthFacts(
        groups_due=1,
        groups_met=int(bool(came)),
        groups_reported=int(said),
        attend_num=sum(p.families for p in sound),
        attend_den=sum(p.due for p in sound),
        kpm_end=size_on(changes, month.last),
        person_days=person_days(changes, month),
        exits=exits(changes, month),
    )


def person_days(changes: Iterable[Change], month: Month) -> int:
    """The days that families were members in the month, summed over families."""
    return sum(change.delta * month.days_of(change.on_day, None) for change in changes)


def exits(changes: Iterable[Change], month: Month) -> dict[str, int]:
    """How many families left in the month, by reason; what was taken back does not count."""
    left: dict[str, int] = {}
    for change in changes:
        if month.has(change.on_day):
            left[change.reason] = left.get(change.reason, 0) - change.delta
    return {reason: number for reason, number in left.items() if number > 0}


def plus(one: MonthFacts, other: MonthFacts) -> MonthFacts:
    """The sums of both."""
    reasons = one.exits.keys() | other.exits.keys()
    both = {reason: one.exits.get(reason, 0) + other.exits.get(reason, 0) for reason in reasons}
    names = [name for name in MonthFacts.__dataclass_fields__ if name != "exits"]
    return MonthFacts(**{name: getattr(one, name) + getattr(other, name) for name in names}, exits=both)
