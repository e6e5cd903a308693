"""A figure by place, with what is too small hidden so that it cannot be computed from the rest."""

from collections.abc import Mapping
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
