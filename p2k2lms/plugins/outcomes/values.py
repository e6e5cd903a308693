"""The plain things of an outcome page: a unit with its figures, and the parts of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.identity.values import UnitCard, UnitLine
from p2k2lms.plugins.indicators.values import Figure


class Shown(NamedTuple):
    """A figure as this reader may see it; a hidden one has too few people behind it, or would betray another."""

    figure: Figure
    hidden: bool = False


class Aim(NamedTuple):
    """The target of a figure, and the unit that set it; None for the indicator's own."""

    value: int | None
    unit: UnitCard | None = None


class Part(NamedTuple):
    """A unit below, with its figure."""

    unit: UnitLine
    shown: Shown


@dataclass(frozen=True)
class Head:
    """Where a page is: the unit, those above it that the reader may open, those below, and the month."""

    unit: UnitCard
    above: tuple[UnitCard, ...]
    below: tuple[UnitLine, ...]
    month: date
    running: bool


@dataclass(frozen=True)
class Overview:
    """Every indicator of a unit, by level."""

    head: Head
    levels: tuple[tuple[str, tuple[Shown, ...]], ...]
    aims: Mapping[str, Aim]

    @property
    def as_of(self) -> datetime | None:
        """When the newest of its figures was counted."""
        return max((one.figure.as_of for _level, ones in self.levels for one in ones if one.figure.as_of), default=None)

    @property
    def blank(self) -> bool:
        """Nothing at all is known of this month."""
        return not any(one.figure.counted for _level, ones in self.levels for one in ones)


@dataclass(frozen=True)
class Page:
    """One indicator of a unit: its figure, its months, its parts, and the places of the funnel and the map."""

    head: Head
    indicator: Indicator
    aim: Aim
    shown: Shown
    months: tuple[Figure, ...]
    parts: tuple[Part, ...]
    places: tuple[Part, ...]
    arms: tuple[tuple[str, Shown], ...] = ()
