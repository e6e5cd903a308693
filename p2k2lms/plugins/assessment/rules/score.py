"""What answers earn: whole, per objective, and whether it is enough."""

import math
from collections import defaultdict
from collections.abc import Iterable

from p2k2lms.plugins.assessment.kinds import kind_of
from p2k2lms.plugins.assessment.values import Answer, Item, Mark

WHOLE = 1
"""Every item is worth one point."""


def points_of(item: Item, answer: Answer) -> float:
    """What one answer earns, 0 to 1, to two decimals; no answer earns nothing."""
    return 0.0 if answer is None else round(WHOLE * kind_of(item).share(item, answer), 2)


def mark(answered: Iterable[tuple[Item, Answer]]) -> Mark:
    """What a paper earns: items with their answers, None for an item left empty."""
    earned: dict[str, list[float]] = defaultdict(list)
    for item, answer in answered:
        earned[item.objective].append(points_of(item, answer))
    by_objective = {name: (round(math.fsum(marks), 2), len(marks) * WHOLE) for name, marks in earned.items()}
    total = round(math.fsum(points for points, _ in by_objective.values()), 2)
    return Mark(total, sum(most for _, most in by_objective.values()), by_objective)


def percent(points: float, most: float) -> int:
    """Whole percent, rounded down: whoever has 69.9 has not reached 70."""
    return math.floor(round(100 * points / most, 6)) if most else 0


def is_enough(points: float, most: float, limit: int) -> bool:
    """True if the pass line is reached."""
    return reaches(percent(points, most), limit)


def reaches(percent: int, limit: int) -> bool:
    """The same for who has the percent in hand."""
    return percent >= limit
