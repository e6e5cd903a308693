"""What is odd about a meeting, and what makes it no meeting at all; odd facts are kept with flags, never refused."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import free_text
from p2k2lms.plugins.catalogue.values import Outline, OutlineSesi
from p2k2lms.plugins.fieldwork.values import Given, GroupPlace, Present
from p2k2lms.plugins.fieldwork.values.words import (
    AHEAD,
    CLOSED,
    DONE,
    HANDED_OVER,
    LATE,
    LATE_DAYS,
    NO_SUCH_NUMBER,
    NOT_HOLDER,
    OTHER_COUNT,
    PART,
    SKIPPED,
    TOO_EARLY,
    TOO_MANY,
    TWICE,
)


@dataclass(frozen=True)
class Told:
    """What a report says, beside what is known: the day it came, and where its groups stood on its day."""

    leader_id: int
    on_day: date
    received_on: date
    sesi: str
    note: str
    present: tuple[Present, ...]
    places: Mapping[int, GroupPlace]
    born: Mapping[int, date]
    ended: Sequence[date] = ()


def flags(told: Told, outline: Outline, before: Sequence[Given]) -> list[str]:
    """Everything odd, in a fixed order; `before` are the standing meetings of its groups."""
    holders = {place.holder_id for place in told.places.values()}
    known = {member for place in told.places.values() for member in place.holders}
    nobodys = holders == {None}
    odd = {
        TOO_MANY: any(p.families > p.due for p in told.present),
        OTHER_COUNT: any(p.numbers and p.families != len(p.ticked) for p in told.present),
        NO_SUCH_NUMBER: any(max(p.ticked, default=0) > p.due for p in told.present),
        LATE: told.received_on - told.on_day > timedelta(days=LATE_DAYS),
        SKIPPED: any(skips(outline, told.sesi, taught(before, p.group_id, told.on_day)) for p in told.present),
        HANDED_OVER: holders != {told.leader_id} and told.leader_id in known and not nobodys,
        NOT_HOLDER: told.leader_id not in known or nobodys,
        TWICE: any(is_twin(told, other) for other in before),
        TOO_EARLY: any(told.on_day < day for day in told.born.values()),
        CLOSED: any(told.on_day >= day for day in told.ended),
        AHEAD: told.on_day > told.received_on,
    }
    return [*(flag for flag, so in odd.items() if so), *free_text.flags(told.note)]


def is_twin(told: Told, other: Given) -> bool:
    """The same leader, day and sesi with a group in common: perhaps the same meeting told twice."""
    same = (told.leader_id, told.on_day, told.sesi) == (other.leader_id, other.on_day, other.sesi)
    return same and bool({p.group_id for p in told.present} & {p.group_id for p in other.present})


def numbered(outline: Outline) -> list[OutlineSesi]:
    """The sesi for the families, by their numbers."""
    return sorted((s for s in outline.sesi.values() if s.number is not None), key=lambda s: s.number or 0)


def taught(meetings: Iterable[Given], group_id: int, upto: date) -> frozenset[str]:
    """The sesi of which the group had at least a part, up to a day."""
    return frozenset(
        m.sesi
        for m in meetings
        if m.on_day <= upto and was_given(m.steps) and any(p.group_id == group_id for p in m.present)
    )


def was_given(steps: str) -> bool:
    """True if some langkah was done, or if the sesi has none to tick."""
    return not steps or DONE in steps or PART in steps


def is_whole(steps: str) -> bool:
    """True if every langkah was done, or if the sesi has none to tick."""
    return set(steps) <= {DONE}


def skips(outline: Outline, sesi: str, had: Collection[str]) -> bool:
    """True if a sesi of a lower number has not been taught yet."""
    number = outline.sesi[sesi].number if sesi in outline.sesi else None
    return number is not None and any(s.id not in had for s in numbered(outline) if (s.number or 0) < number)
