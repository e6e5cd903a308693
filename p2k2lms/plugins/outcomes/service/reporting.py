"""The report of a unit: every indicator with numerator, denominator, people, what is missing, and as of when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core.access import Actor
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.indicators.values import LATER, LEVELS, Figure
from p2k2lms.plugins.outcomes.service.aims import aims
from p2k2lms.plugins.outcomes.service.reading import months_to_show, overview
from p2k2lms.plugins.outcomes.values import Aim

COLUMNS = (
    "indicator",
    "name",
    "level",
    "first_month",
    "last_month",
    "numerator",
    "denominator",
    "value",
    "measure",
    "n_people",
    "missing",
    "target",
    "target_from",
    "as_of",
    "state",
)


@dataclass(frozen=True)
class Line:
    """One indicator in the report."""

    figure: Figure
    aim: Aim
    hidden: bool = False

    def cells(self) -> dict[str, Any]:
        """The line by the names of the columns; what is hidden or not counted has no numbers."""
        one, it = self.figure.indicator, self.figure
        said = {"indicator": one.id, "name": str(one.name), "level": str(LEVELS[one.level])}
        said |= {"first_month": f"{it.first:%Y-%m}", "last_month": f"{it.last:%Y-%m}"}
        state = "disembunyikan" if self.hidden else it.state
        numbers: dict[str, Any] = dict.fromkeys(("numerator", "denominator", "value", "n_people", "missing"))
        if not self.hidden and it.state != LATER:
            value = None if it.value is None else round(it.value, 4)
            numbers = {**it.counts._asdict(), "value": value}
        at = it.as_of.isoformat(timespec="seconds") if it.as_of else None
        aim = {"target": self.aim.value, "target_from": self.aim.unit.kemendagri_code if self.aim.unit else None}
        return said | numbers | {"measure": one.measure, **aim, "as_of": at, "state": state}


def report(code: str, wanted: date | None, actor: Actor | None = None) -> tuple[UnitCard, list[Line]]:
    """The lines for whoever runs the platform; with an actor, as that actor may see them."""
    if actor is not None:
        seen = overview(actor, code, wanted)
        return seen.head.unit, [
            Line(s.figure, seen.aims[s.figure.indicator.id], s.hidden) for _level, ones in seen.levels for s in ones
        ]
    unit, month = identity.unit_by_code(code), months_to_show(wanted)
    every = [one for ones in figures.by_level().values() for one in ones]
    known = figures.told_apart(figures.figures([unit.id], every, month), unit.lineage, month)
    units = identity.units(unit.lineage)
    held = aims(every, [units[key] for key in unit.lineage])
    return unit, [Line(known[unit.id, one.id], held[one.id]) for one in every]
