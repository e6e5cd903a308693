"""Draws charts: numbers become places on a canvas, the doubt first; `layout/charts.html` turns them into SVG."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from p2k2lms.core.i18n import number, pointed

WIDTHS = (312, 620)
"""Two drawings of each chart, for a phone and for a desk, so that text keeps its size on both."""
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 40
TILE, GAP = 52, 4
MOST_LABELS, LETTER = 3, 7.2


@dataclass(frozen=True)
class Area:
    """A band of doubt, as the path around it."""

    kind: str
    path: str


@dataclass(frozen=True)
class Rule:
    """A straight line: an axis (`ax`), the usual (`zero`) or a dashed reference (`ref`)."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Dot:
    """A point: hollow (`pt0`), full (`pt`) or the one to look at (`hl`)."""

    kind: str
    x: float
    y: float
    says: str = ""


@dataclass(frozen=True)
class Label:
    """A word on the drawing; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    strong: bool = False


@dataclass(frozen=True)
class Tile:
    """One place of a map; `kind` is in, low, high, none or hidden."""

    x: float
    y: float
    kind: str
    name: str
    value: str
    says: str


@dataclass(frozen=True)
class Drawing:
    """All that stands on one canvas, in the order in which it is drawn."""

    width: int
    height: int
    title: str
    areas: tuple[Area, ...] = ()
    rules: tuple[Rule, ...] = ()
    line: str = ""
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True)
class Month:
    """A month of a series: its figure, the doubt about it, the range that is usual, and whether it stands out.

    The line does not reach a month that `lifts`; a `mark` stands with its word before it.
    """

    label: str
    value: float
    doubt: tuple[float, float] | None = None
    usual: tuple[float, float] | None = None
    out: bool = False
    says: str = ""
    lifts: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Place:
    """A place of a funnel: how much was due there, its figure, and its name if it lies outside."""

    due: int
    value: float
    says: str
    name: str = ""


@dataclass(frozen=True)
class Ring:
    """The funnel at one size: its outer and its inner limits."""

    due: int
    outer: tuple[float, float]
    inner: tuple[float, float]


@dataclass
class Canvas:
    """Where numbers lie on a drawing of this size."""

    width: int
    height: int
    xs: tuple[float, float]
    ys: tuple[float, float]
    right: int = field(default=RIGHT)

    def x(self, value: float) -> float:
        """The place of a number across."""
        return round(
            LEFT + (value - self.xs[0]) / ((self.xs[1] - self.xs[0]) or 1) * (self.width - LEFT - self.right), 1
        )

    def y(self, value: float) -> float:
        """The place of a number up; what is out of range stays at the edge."""
        inside = min(max(value, self.ys[0]), self.ys[1])
        whole = self.height - TOP - BOTTOM
        return round(TOP + (self.ys[1] - inside) / ((self.ys[1] - self.ys[0]) or 1) * whole, 1)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """A line through these points."""
        return "M" + "L".join(f"{self.x(a):g} {self.y(b):g}" for a, b in points)

    def band(self, points: Sequence[tuple[float, float, float]]) -> str:
        """The path around a band: at each place across, from low to high."""
        return (
            self.path([(a, high) for a, _low, high in points] + [(a, low) for a, low, _high in reversed(points)]) + "Z"
        )


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that take in both ends."""
    span = (high - low) or abs(high) or 1
    rough = span / (most - 1)
    size = 10 ** math.floor(math.log10(rough))
    step = next(n * size for n in (1, 2, 2.5, 5, 10) if n * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


def series(width: int, title: str, months: Sequence[Month], center: float | None, say: str = "{:g}") -> Drawing:
    """A figure over time: the usual range, the doubt of each month, the usual, the line, the points."""
    spans = [pair for m in months for pair in (m.doubt, m.usual) if pair is not None]
    numbers = [m.value for m in months] + [n for pair in spans for n in pair]
    marks = ticks(min(numbers), max(numbers))
    canvas = Canvas(width, 260, (0, max(1, len(months) - 1)), (marks[0], marks[-1]))
    usual = [(n, *m.usual) for n, m in enumerate(months) if m.usual is not None]
    doubt = [(n, *m.doubt) for n, m in enumerate(months) if m.doubt is not None]
    areas = [Area("doubt", canvas.band(usual))] if len(usual) > 1 else []
    areas += [Area("doubt2", canvas.band(part)) for part in _strokes(months, doubt) if len(part) > 1]
    dots = [Dot("hl" if m.out else "pt0", canvas.x(n), canvas.y(m.value), m.says) for n, m in enumerate(months)]
    return Drawing(
        width,
        canvas.height,
        title,
        tuple(areas),
        (*_grid(canvas, marks), *_usual(canvas, center), *_marks(canvas, months)),
        "".join(canvas.path(part) for part in _strokes(months, [(n, m.value) for n, m in enumerate(months)])),
        tuple(dots),
        (*_scale(canvas, marks, say), *_months(canvas, months), *_mark_words(canvas, months)),
    )


def _strokes(months: Sequence[Month], points: Sequence[Any]) -> list[list[Any]]:
    """The points of each stretch that is drawn without lifting the pen."""
    found: list[list[Any]] = []
    for point in points:
        if not found or any(m.lifts for m in months[int(found[-1][-1][0]) + 1 : int(point[0]) + 1]):
            found.append([])
        found[-1].append(point)
    return found


def _marks(canvas: Canvas, months: Sequence[Month]) -> list[Rule]:
    places = [canvas.x(n - 0.5) for n, m in enumerate(months) if m.mark and n]
    return [Rule("ref", x, TOP, x, canvas.height - BOTTOM) for x in places]


def _mark_words(canvas: Canvas, months: Sequence[Month]) -> list[Label]:
    return [Label(canvas.x(n - 0.5), TOP - 3, m.mark, strong=True) for n, m in enumerate(months) if m.mark and n]


def _grid(canvas: Canvas, marks: Sequence[float]) -> list[Rule]:
    return [Rule("ax", LEFT, canvas.y(n), canvas.width - canvas.right, canvas.y(n)) for n in marks]


def _usual(canvas: Canvas, center: float | None) -> list[Rule]:
    if center is None:
        return []
    return [Rule("zero", LEFT, canvas.y(center), canvas.width - canvas.right, canvas.y(center))]


def _scale(canvas: Canvas, marks: Sequence[float], say: str) -> list[Label]:
    return [Label(LEFT - 6, canvas.y(n) + 4, pointed(say.format(n)), "end") for n in marks]


def _months(canvas: Canvas, months: Sequence[Month]) -> list[Label]:
    """The names of some months, far enough apart to be read, the last one always."""
    room = (canvas.width - LEFT - canvas.right) // 58
    step = max(1, math.ceil(len(months) / max(1, room)))
    wanted = [n for n in range(len(months)) if (len(months) - 1 - n) % step == 0]
    ends = {0: "start", len(months) - 1: "end"}
    return [Label(canvas.x(n), canvas.height - 18, months[n].label, ends.get(n, "middle")) for n in wanted]


def funnel(
    width: int, title: str, places: Sequence[Place], rings: Sequence[Ring], center: float, below: str
) -> Drawing:
    """Places by size: what chance and ordinary variety explain first, then the common figure, then each place."""
    values = [p.value for p in places] + [n for r in rings for n in r.inner]
    marks = ticks(min(values), max(values))
    sizes = ticks(0, max(p.due for p in places), 4)
    canvas = Canvas(width, 280, (0, sizes[-1]), (marks[0], marks[-1]), right=24)
    areas = (
        Area("doubt", canvas.band([(r.due, *r.outer) for r in rings])),
        Area("doubt2", canvas.band([(r.due, *r.inner) for r in rings])),
    )
    dots = [Dot("hl" if p.name else "pt0", canvas.x(p.due), canvas.y(p.value), p.says) for p in places]
    across = [Label(canvas.x(n), canvas.height - 22, number(n), "middle") for n in sizes]
    foot = Label(canvas.width - canvas.right, canvas.height - 4, below, "end")
    named = (*_names(canvas, places), *across, foot)
    return Drawing(
        width,
        canvas.height,
        title,
        areas if len(rings) > 1 else (),
        (*_grid(canvas, marks), *_usual(canvas, center)),
        "",
        tuple(sorted(dots, key=lambda dot: dot.kind == "hl")),
        (*_scale(canvas, marks, "{:g}%"), *named),
    )


def _names(canvas: Canvas, places: Sequence[Place]) -> list[Label]:
    """At most three names on a plot: those farthest outside; the table has them all."""
    outside = [p for p in places if p.name]
    middle = (canvas.ys[0] + canvas.ys[1]) / 2
    chosen = sorted(outside, key=lambda p: -abs(p.value - middle))[:MOST_LABELS]
    return [_beside(canvas, p) for p in chosen]


def _beside(canvas: Canvas, place: Place) -> Label:
    """Right of the dot, else left of it, else above it at the edge: a name never leaves the drawing."""
    x, y, long = canvas.x(place.due), canvas.y(place.value), len(place.name) * LETTER
    if x + 10 + long < canvas.width:
        return Label(x + 10, y + 4, place.name, "start", strong=True)
    if x - 10 - long > LEFT:
        return Label(x - 10, y + 4, place.name, "end", strong=True)
    return Label(canvas.width - 4, y - 12 if y > TOP + 20 else y + 22, place.name, "end", strong=True)


def tiles(title: str, places: Sequence[tuple[int, int, Tile]]) -> Drawing:
    """A map on which each place has one tile of the same size: (column, row, tile without its place)."""
    columns, rows = max(c for c, _r, _t in places) + 1, max(r for _c, r, _t in places) + 1
    whole = TILE + GAP
    placed = [Tile(c * whole, r * whole, t.kind, t.name, t.value, t.says) for c, r, t in places]
    return Drawing(columns * whole - GAP, rows * whole - GAP, title, tiles=tuple(placed))
