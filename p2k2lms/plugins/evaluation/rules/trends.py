"""One question over waves and versions: where its line goes on, where it carries a mark, where it breaks."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from p2k2lms.plugins.catalogue.values import InstrumentDef
from p2k2lms.plugins.evaluation.rules.items import K
from p2k2lms.plugins.evaluation.rules.versions import BROKEN, JOINED, MARKED, changes, trend, worst

BRIDGE = 100  # people who answered both versions, for a line to be joined over a break
NINETY_FIVE = 1.96


@dataclass(frozen=True)
class Figure:
    """What one wave said to a question: `n` answers, their sum and sum of squares; percent where `share`."""

    wave_id: int
    title: str
    day: date
    version_id: int
    number: int
    n: int
    total: float
    squares: float
    share: bool

    @property
    def value(self) -> float:
        """The mean, or the percent."""
        return self.total / self.n

    @property
    def doubt(self) -> tuple[float, float]:
        """The interval of 95 percent about it: Wilson's for a share, else by the spread of the answers."""
        if self.share:
            return _wilson(self.total / 100, self.n)
        spread = max(0.0, self.squares - self.total**2 / self.n) / max(1, self.n - 1)
        half = NINETY_FIVE * math.sqrt(spread / self.n)
        return self.value - half, self.value + half


@dataclass(frozen=True)
class Point:
    """A wave on the line, how it is joined to the one before, and why not where it is not."""

    figure: Figure
    link: str
    change: str = ""
    bridged: int = 0


def _wilson(successes: float, n: int) -> tuple[float, float]:
    z2, share = NINETY_FIVE**2, successes / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NINETY_FIVE * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def has_line(question: Any) -> bool:
    """True for what is a number, a place on a scale, or a yes."""
    return not question.about and (question.kind in {"number", "scale"} or bool(getattr(question, "top", ())))


def shown(figures: Iterable[Figure]) -> list[Figure]:
    """Those that may be told: of five answers or more."""
    return [figure for figure in figures if figure.n >= K]


def breaks(code: str, figures: Sequence[Figure], versions: Mapping[int, InstrumentDef]) -> set[tuple[int, int]]:
    """The pairs of versions, side by side on the line, between which the question does not measure the same."""
    pairs = {(a.version_id, b.version_id) for a, b in pairwise(figures)}
    return {(a, b) for a, b in pairs if _link(code, versions[a], versions[b])[0] == BROKEN}


def line(
    code: str,
    figures: Sequence[Figure],
    versions: Mapping[int, InstrumentDef],
    bridge: Callable[[int, int], int] = lambda _a, _b: 0,
) -> list[Point]:
    """The waves in their order; a break is joined, with a mark, where enough people answered both versions."""
    found = [Point(figure, "") for figure in figures[:1]]
    for before, figure in pairwise(figures):
        link, change = _link(code, versions[before.version_id], versions[figure.version_id])
        both = bridge(before.version_id, figure.version_id) if link == BROKEN else 0
        found.append(Point(figure, MARKED if both >= BRIDGE else link, change, both))
    return found


def _link(code: str, old: InstrumentDef, new: InstrumentDef) -> tuple[str, str]:
    if old == new:
        return JOINED, ""
    found = changes(old, new)
    return trend(found, code), worst(change for change in found if change.code == code)
