"""A figure by place, with what is too small hidden so that it cannot be computed from the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST_PEOPLE = 5


@dataclass(frozen=True)
class PlaceFigure:
    """Of `n` who answered; None where it is hidden."""

    n: int
    mean: float | None


def by_place(values: Mapping[int | None, list[float]]) -> dict[int | None, PlaceFigure]:
    """The mean of each place with five answers or more; a single hidden place hides the next smallest with it."""
    hidden = {place for place, said in values.items() if len(said) < LEAST_PEOPLE}
    shown = sorted((len(said), str(place), place) for place, said in values.items() if place not in hidden)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][2])
    return {
        place: PlaceFigure(len(said), None if place in hidden or not said else sum(said) / len(said))
        for place, said in values.items()
    }


@dataclass(frozen=True)
class Group:
    """Of a group of the frame, how many were asked and how many answered."""

    code: str
    asked: int
    answered: int


def groups(codes: Sequence[str], answered: Sequence[bool]) -> list[Group]:
    """Who was asked and who answered, by code; groups of fewer than five asked are told together, without a code."""
    asked, heard = Counter(codes), Counter(code for code, said in zip(codes, answered, strict=True) if said)
    large = sorted(code for code, n in asked.items() if n >= LEAST_PEOPLE and code)
    found = [Group(code, asked[code], heard[code]) for code in large]
    rest = [code for code in asked if code not in large]
    if rest:
        found.append(Group("", sum(asked[c] for c in rest), sum(heard[c] for c in rest)))
    return found
