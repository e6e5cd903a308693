"""How many families a group has on a day, and who holds it: both follow from their ledgers."""

from collections.abc import Collection, Iterable
from datetime import date

from p2k2lms.plugins.fieldwork.values import Change, Held
from p2k2lms.plugins.fieldwork.values.words import LARGE, SMALL


def balance_on(changes: Iterable[Change], day: date) -> int:
    """What the ledger says of this day; below zero when more left than ever came."""
    return sum(change.delta for change in changes if change.on_day <= day)


def size_on(changes: Iterable[Change], day: date) -> int:
    """Families on this day, those who came on it included, those who left on it not; never less than none."""
    return max(0, balance_on(changes, day))


def holder_on(custody: Iterable[Held], day: date) -> int | None:
    """Who holds the group on this day."""
    return next((held.person_id for held in custody if held.on(day)), None)


def holders_of(custody: Iterable[Held]) -> frozenset[int]:
    """Everybody who ever held the group."""
    return frozenset(held.person_id for held in custody)


def is_unusual(members: int) -> bool:
    """True for a group outside the size that works well; a reason to look, never to refuse."""
    return not SMALL <= members <= LARGE


def may_hand_over(custody: Collection[Held], to: int, from_day: date) -> str:
    """Why a hand-over from this day cannot be written: "same", "before", "later", or "" when it can."""
    if holder_on(custody, from_day) == to:
        return "same"
    if any(held.valid_from >= from_day for held in custody):
        return "later" if any(held.valid_from > from_day for held in custody) else "before"
    return ""


def left_by(custody: Iterable[Held], day: date) -> Held | None:
    """The last holder of a group that nobody holds on the day; None while somebody does."""
    known = sorted((held for held in custody if held.valid_from <= day), key=lambda held: held.valid_from)
    return known[-1] if known and not known[-1].on(day) else None


def is_left(group_path: str, ended_path: str, others: Collection[str]) -> bool:
    """Whether a holder whose duty in a unit ended gives this group up; `others` are the units of what duty is left."""
    return not others or (group_path.startswith(ended_path) and not group_path.startswith(tuple(others)))
