"""Small numbers: which figures of a table are hidden, and which with them, so that no total betrays one."""

from collections.abc import Collection, Mapping

from p2k2lms.plugins.indicators.values import Counts

FEWEST = 10
"""A figure needs so many in its denominator, and so many people behind it."""
NARROWEST = 5
"""What is hidden may be any of at least so many numbers, whatever is subtracted from the totals."""


def is_small(counts: Counts) -> bool:
    """Too few to be shown to who may not see the people; nothing at all is not small."""
    there = counts.denominator > 0 or counts.numerator > 0 or counts.n_people > 0
    return there and (counts.denominator < FEWEST or counts.n_people < FEWEST)


def hidden(parts: Mapping[int, Counts], *, whole_is_hidden: bool = False) -> set[int]:
    """The parts of one whole that are not shown, when the whole is.

    To the small ones the next larger are added until at least two are hidden and what is left over for them
    leaves each of their numbers at least five possibilities: what a reader subtracts pins nobody down.
    """
    if whole_is_hidden:
        return set(parts)
    gone = {key for key, counts in parts.items() if is_small(counts)}
    if not gone:
        return gone
    others = sorted((k for k in parts if k not in gone and any(parts[k])), key=lambda k: (parts[k].denominator, k))
    while not is_safe(parts, gone) and others:
        gone.add(others.pop(0))
    return gone


def cascade(
    top: int, children: Mapping[int, Collection[int]], counts: Mapping[int, Counts], gone: set[int]
) -> set[int]:
    """All that is hidden below a unit, level by level: what is part of something hidden is hidden too."""
    found, waiting = set(gone), [top]
    while waiting:
        here = waiting.pop()
        parts = {key: counts[key] for key in children.get(here, ())}
        found |= hidden(parts, whole_is_hidden=here in found)
        waiting += (key for key in parts if key in children)
    return found


def is_safe(parts: Mapping[int, Counts], gone: set[int]) -> bool:
    """Two or more are hidden, and of numerator, rest and people enough is left over to share among them."""
    if len(gone) < 2:
        return not gone
    above = sum(abs(parts[key].numerator) for key in gone)
    rest = sum(abs(parts[key].denominator - parts[key].numerator) for key in gone)
    return min(above, rest, sum(parts[key].n_people for key in gone)) >= NARROWEST
