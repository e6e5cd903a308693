"""Which cards need their author most: left out often, in sesi that take too long or raise few hands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2k2lms.plugins.fieldwork.rules.loop import CardLoop

LEAST_MEETINGS = 10  # below that a card is not ranked: one meeting more or less would turn the list over
MOST_CARDS = 10
OFTEN = 10  # left out in so many of a hundred meetings
OVER = 20  # percent above the minutes that are planned
FEW = 50  # in so many of a hundred answers few raised their hand


@dataclass(frozen=True)
class Need:
    """How a card fared in a year of meetings. Minutes and hands are those of its sesi; `asked` counts answers."""

    step: str
    meetings: int
    skipped: int
    minutes: int | None
    planned: int
    few: int
    asked: int

    @property
    def skipped_share(self) -> int:
        """In how many of a hundred meetings it was left out."""
        return round(100 * self.skipped / self.meetings) if self.meetings else 0

    @property
    def over(self) -> int:
        """By how many percent the sesi takes longer than planned; 0 where it does not, or nobody knows."""
        return max(0, round(100 * self.minutes / self.planned) - 100) if self.minutes and self.planned else 0

    @property
    def few_share(self) -> int:
        """In how many of a hundred answers few raised their hand."""
        return round(100 * self.few / self.asked) if self.asked else 0

    @property
    def signs(self) -> tuple[bool, bool, bool]:
        """Whether it is left out often, its sesi takes too long, and few raise their hand."""
        return self.skipped_share >= OFTEN, self.over >= OVER, self.few_share >= FEW


def need(step: str, loop: CardLoop) -> Need:
    """The figures of one card."""
    few = sum(one.get("0", 0) for one in loop.hands)
    asked = sum(sum(one.values()) for one in loop.hands)
    return Need(step, loop.meetings, loop.skipped, loop.minutes, loop.planned, few, asked)


def most(cards: Iterable[Need]) -> Sequence[Need]:
    """The cards most in need, at most ten: by how often they are left out, in tenths, then by the other signs."""
    ranked = [card for card in cards if card.meetings >= LEAST_MEETINGS and any(card.signs)]
    return sorted(ranked, key=_place)[:MOST_CARDS]


def _place(card: Need) -> tuple[int, int, int, int, str]:
    _often, over, few = card.signs
    return -(card.skipped_share // 10), -(over + few), -card.skipped_share, -card.meetings, card.step
