"""What the field says back about a card: how often it is left out and why, time taken, obstacles, raised hands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.plugins.catalogue.values.obstacles import NO_OBSTACLE
from p2k2lms.plugins.fieldwork.values.words import DONE, HANDS, NOT, PART, SKIPS

LEAST = 5  # meetings below which only their number is told
MOST_SHOWN = 3


@dataclass(frozen=True)
class Told:
    """What one meeting of a sesi says; `sign` is that of the card, "" where the course had no such card then."""

    sign: str
    minutes: int | None
    handraise: str
    obstacle: str


@dataclass(frozen=True)
class CardLoop:
    """How a card fares. Minutes, obstacles and hands are those of its sesi; `hands` counts signs by question."""

    meetings: int
    done: int = 0
    part: int = 0
    skipped: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    minutes: int | None = None
    planned: int = 0
    obstacles: tuple[tuple[str, int], ...] = ()
    hands: tuple[Mapping[str, int], ...] = ()

    @property
    def enough(self) -> bool:
        """There are meetings enough to say more than their number."""
        return self.meetings >= LEAST

    @property
    def skipped_share(self) -> int:
        """In how many of a hundred meetings the card was left out."""
        return round(100 * self.skipped / self.meetings) if self.meetings else 0


def card_loop(told: Sequence[Told]) -> CardLoop:
    """The meetings that had this card, taken together; a reason is the sign by which it was left out."""
    had = [one for one in told if one.sign]
    if len(had) < LEAST:
        return CardLoop(len(had))
    signs = Counter(one.sign for one in had)
    times = sorted(one.minutes for one in had if one.minutes)
    reasons = Counter({sign: n for sign, n in signs.items() if sign in SKIPS or sign == NOT})
    hindered = Counter(one.obstacle for one in had if one.obstacle not in ("", NO_OBSTACLE))
    asked = [one.handraise for one in had if one.handraise]
    return CardLoop(
        meetings=len(had),
        done=signs[DONE],
        part=signs[PART],
        skipped=reasons.total(),
        reasons=_most(reasons),
        minutes=times[len(times) // 2] if len(times) >= LEAST else None,
        obstacles=_most(hindered),
        hands=tuple(_hands(asked, n) for n in range(max(map(len, asked), default=0))),
    )


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    """What was named most, the most first."""
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN])


def _hands(asked: Sequence[str], place: int) -> dict[str, int]:
    """How many meetings answered one question how; where it was not asked does not count."""
    signs = [signs[place] for signs in asked if place < len(signs)]
    return {sign: signs.count(sign) for sign in HANDS}
