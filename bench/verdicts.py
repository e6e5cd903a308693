"""The arithmetic of the bench: what two costs say as a ratio, and whether a bar is met."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.measure import Cost

COLUMNS = "{:<46} {:>9} {:>9} {:>9}  {:<5} {}"


@dataclass(frozen=True)
class Bar:
    """What a thing must reach (`at_least`) or must not exceed; None where nothing is asked."""

    thing: str
    bar: float | None
    aim: float | None = None
    at_least: bool = False
    unit: str = "x"

    def judge(self, figure: float, note: str = "") -> "Verdict":
        """The bar with the figure that was measured."""
        return Verdict(
            self.thing,
            round(figure, 3),
            self.bar,
            self.aim,
            self.unit,
            self._met(figure),
            self._met(figure, True),
            note,
        )

    def _met(self, figure: float, ambitious: bool = False) -> bool | None:
        limit = self.aim if ambitious else self.bar
        if limit is None:
            return None
        return figure >= limit if self.at_least else figure <= limit


@dataclass(frozen=True)
class Verdict:
    """One line of the table."""

    thing: str
    figure: float
    bar: float | None
    aim: float | None
    unit: str
    met: bool | None
    aim_met: bool | None
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As it stands in results.json."""
        return asdict(self)


def share_of(product: Cost, reference: Cost) -> float:
    """The speed of the product as a share of the reference's: the worse of processor time and requests per second."""
    return min(reference.cpu / product.cpu, product.per_second / reference.per_second)


def times(product: Cost, reference: Cost) -> float:
    """The processor time of the product in units of the reference's."""
    return product.cpu / reference.cpu


def growth(before: int, after: int) -> float:
    """By how many percent something has grown; what shrank has not grown."""
    return max(0.0, 100 * (after - before) / before)


def table(verdicts: Sequence[Verdict]) -> str:
    """The figures for people."""
    lines = [COLUMNS.format("thing", "figure", "bar", "aim", "met", "")]
    for v in verdicts:
        figure, bar, aim = (_number(n, v.unit) for n in (v.figure, v.bar, v.aim))
        lines.append(COLUMNS.format(v.thing, figure, bar, aim, _answer(v), v.note))
    return "\n".join(line.rstrip() for line in lines)


def _number(number: float | None, unit: str) -> str:
    if number is None:
        return "-"
    return f"{number:.0f} B" if unit == "B" else f"{number:.2f} {unit}"


def _answer(verdict: Verdict) -> str:
    if verdict.met is None:
        return "-"
    if not verdict.met:
        return "NO"
    return "aim" if verdict.aim_met else "yes"
