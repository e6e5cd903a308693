"""Charts of an effect: its line since the training with one base month, and estimates with their ranges in rows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from p2k2lms.core.i18n import pointed
from p2k2lms.web.charts import BOTTOM, LEFT, TOP, Area, Canvas, Dot, Drawing, Label, Rule, ticks

ROW, NAME = 46, 20


@dataclass(frozen=True)
class Since:
    """The effect so many months since training, its band, and what is read out; `base` is the month of comparison."""

    since: int
    est: float
    low: float
    high: float
    says: str
    base: bool = False


@dataclass(frozen=True)
class Row:
    """One estimate with its range under its name."""

    name: str
    est: float | None
    low: float
    high: float
    says: str
    strong: bool = False


def since(width: int, title: str, points: Sequence[Since], sesoi: float, below: str) -> Drawing:
    """Months since training across, points up: the band, nothing as a line, the smallest effect that matters dashed."""
    spread = [n for p in points for n in (p.low, p.high)] + [0.0, sesoi]
    marks = ticks(min(spread), max(spread))
    canvas = Canvas(width, 290, (points[0].since, points[-1].since), (marks[0], marks[-1]), right=24)
    right = canvas.width - canvas.right
    rules = [
        *(Rule("ax", LEFT, canvas.y(n), right, canvas.y(n)) for n in marks),
        Rule("zero", LEFT, canvas.y(0), right, canvas.y(0)),
        Rule("ref", LEFT, canvas.y(sesoi), right, canvas.y(sesoi)),
        Rule("ref", canvas.x(-0.5), TOP, canvas.x(-0.5), canvas.height - BOTTOM),
    ]
    dots = [Dot("hl" if p.base else "pt0", canvas.x(p.since), canvas.y(p.est), p.says) for p in points]
    step = max(1, math.ceil(len(points) * 26 / (right - LEFT)))
    across = [p.since for p in points if p.since % step == 0]
    labels = [
        *(Label(LEFT - 6, canvas.y(n) + 4, pointed(f"{n:g}").replace("-", "−"), "end") for n in marks),
        *(Label(canvas.x(n), canvas.height - 22, f"{n}".replace("-", "−")) for n in across),
        Label(right, canvas.height - 4, below, "end"),
    ]
    return Drawing(
        width,
        canvas.height,
        title,
        (Area("doubt2", canvas.band([(p.since, p.low, p.high) for p in points])),) if len(points) > 1 else (),
        tuple(rules),
        canvas.path((p.since, p.est) for p in points),
        tuple(dots),
        tuple(labels),
    )


def ranges(width: int, title: str, rows: Sequence[Row], sesoi: float) -> Drawing:
    """Each estimate on a row of its own below its name: range as a bar, estimate as a dot, nothing as a line."""
    spread = [n for row in rows for n in (row.low, row.high)] + [0.0, sesoi]
    marks = ticks(min(spread), max(spread))
    height = TOP + ROW * len(rows) + BOTTOM
    canvas = Canvas(width, height, (marks[0], marks[-1]), (0, 1), right=24)
    floor = height - BOTTOM
    areas, dots, labels = [], [], []
    for n, row in enumerate(rows):
        middle = TOP + ROW * n + NAME + 11
        left, right = canvas.x(row.low), canvas.x(row.high)
        areas.append(
            Area(
                "doubt2", f"M{left:g} {middle - 6}L{right:g} {middle - 6}L{right:g} {middle + 6}L{left:g} {middle + 6}Z"
            )
        )
        labels.append(Label(6, TOP + ROW * n + NAME - 4, row.name, "start", strong=row.strong))
        if row.est is not None:
            dots.append(Dot("hl" if row.strong else "pt", canvas.x(row.est), middle, row.says))
    rules = [
        *(Rule("ax", canvas.x(n), TOP, canvas.x(n), floor) for n in marks),
        Rule("zero", canvas.x(0), TOP, canvas.x(0), floor),
        Rule("ref", canvas.x(sesoi), TOP, canvas.x(sesoi), floor),
    ]
    labels += [Label(canvas.x(n), floor + 18, pointed(f"{n:g}").replace("-", "−")) for n in marks]
    return Drawing(width, height, title, tuple(areas), tuple(rules), "", tuple(dots), tuple(labels))
