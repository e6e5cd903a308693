"""Reads the figures that a page shows, hides what is too small for this reader, and says which months there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, indicators, questions, settings
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.enrolment.values import ARMS
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard, UnitLine
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.indicators.values import Counts, Figure
from p2k2lms.plugins.outcomes.permissions import READ_INDICATOR, knows_the_people
from p2k2lms.plugins.outcomes.rules import hiding
from p2k2lms.plugins.outcomes.service.aims import aims
from p2k2lms.plugins.outcomes.values import Head, Overview, Page, Part, Shown

SERIES = 24
NEAR = {
    "nasional": ("regional", "provinsi", "kabupaten"),
    "regional": ("regional", "provinsi", "kabupaten"),
    "provinsi": ("provinsi", "kabupaten"),
    "kabupaten": ("kabupaten", "kecamatan"),
    "kecamatan": ("kecamatan", "desa"),
    "desa": ("desa",),
}
"""Of a unit of each level: the levels that its page shows, its own for the units beside it."""
LEAD = ("R-02", "L3-01", "L3-08", "L4-01")
SPOTS = {"nasional": "kabupaten", "regional": "kabupaten"}
"""Where a funnel and a map show places further down than the parts: of a level that all who read the unit may read."""


def start(actor: Actor) -> int | None:
    """The unit with which a reader begins: the highest of the own ones; None without a posting."""
    require(actor, READ_INDICATOR)
    highest = min(actor.postings, key=lambda posting: (posting.unit_path.count("/"), posting.unit_path), default=None)
    return highest.unit_id if highest else None


def months_to_show(wanted: date | None) -> date:
    """The month of a page: the last whole one unless said; none lies ahead."""
    present = clock.today().replace(day=1)
    return min(wanted, present) if wanted else figures.months_up_to(present, 2)[0]


@dataclass(frozen=True)
class Ground:
    """A unit with the units around it: those right beside it, and those below, by the one above them."""

    unit: UnitCard
    beside: tuple[UnitLine, ...]
    below: Mapping[int, tuple[UnitLine, ...]]
    knows: bool

    @property
    def parts(self) -> tuple[UnitLine, ...]:
        """The units right below."""
        return self.below.get(self.unit.id, ())

    @property
    def inside(self) -> list[UnitLine]:
        """Every unit below, of whatever level."""
        return [one for ones in self.below.values() for one in ones]


def _ground(actor: Actor, code: str) -> Ground:
    require(actor, READ_INDICATOR)
    unit = identity.unit_by_code(code)
    require(actor, READ_INDICATOR, unit)
    return _around(actor, unit)


def _around(actor: Actor, unit: UnitCard) -> Ground:
    above = unit.path if unit.parent_id is None else unit.path[: unit.path[:-1].rindex("/") + 1]
    near = identity.units_of_levels(above, NEAR[unit.level])
    beside = tuple(one for one in near if one.parent_id == unit.parent_id and one.id != unit.id)
    below: dict[int, list[UnitLine]] = defaultdict(list)
    for one in near:
        if one.parent_id is not None and one.id != unit.id and one.path.startswith(unit.path):
            below[one.parent_id].append(one)
    kept = {key: tuple(ones) for key, ones in below.items()}
    return Ground(unit, beside, kept, knows_the_people(actor, unit))


def overview(actor: Actor, code: str, wanted: date | None) -> Overview:
    """Every indicator of this unit."""
    ground, month = _ground(actor, code), months_to_show(wanted)
    every = [one for ones in figures.by_level().values() for one in ones]
    questions.ask([*settings.ahead(ground.unit.lineage), *figures.ahead_of_month(ground.unit.lineage, month)])
    ids = [ground.unit.id, *(() if ground.knows else (one.id for one in ground.beside))]
    known = figures.told_apart(figures.figures(ids, every, month), ground.unit.lineage, month)
    shown = {}
    for one in every:
        counts = {key: known[key, one.id].counts for key in ids}
        shown[one.id] = Shown(known[ground.unit.id, one.id], ground.unit.id in _gone_beside(ground, counts))
    levels = [(level, tuple(shown[one.id] for one in ones)) for level, ones in figures.by_level().items()]
    lineage = _lineage(ground)
    return Overview(_head(actor, ground, lineage, month), tuple(levels), aims(every, lineage))


def lead(actor: Actor, unit: UnitCard, month: date) -> tuple[Shown, ...]:
    """The few indicators that a page about a unit begins with: those that are known and that this reader may see."""
    require(actor, READ_INDICATOR, unit)
    knows, declared = knows_the_people(actor, unit), indicators.declared()
    wanted = [declared[key] for key in LEAD if key in declared]
    beside = () if knows else _around(actor, unit).beside
    found = figures.figures([unit.id, *(one.id for one in beside)], wanted, month)
    shown = []
    for one in wanted:
        counts = {key: found[key, one.id].counts for key in (unit.id, *(other.id for other in beside))}
        hidden = not knows and unit.id in hiding.hidden(counts)
        shown.append(Shown(found[unit.id, one.id], hidden))
    return tuple(one for one in shown if one.figure.value is not None)


def page(actor: Actor, code: str, key: str, wanted: date | None) -> Page:
    """One indicator of this unit with its parts; NotFound for an indicator that nobody declares."""
    ground, month = _ground(actor, code), months_to_show(wanted)
    one = indicators.declared().get(key)
    if one is None:
        raise NotFound("indicator")
    ids = {ground.unit.id, *(u.id for u in ground.beside), *(u.id for u in ground.inside)}
    ahead = figures.ahead_of_page(ground.unit.id, ground.unit.lineage, one, month, SERIES)
    questions.ask([*settings.ahead(ground.unit.lineage), *ahead])
    found = figures.told_apart(figures.figures(ids, [one], month), ground.unit.lineage, month)
    known = {unit_id: figure for (unit_id, _key), figure in found.items()}
    gone = _gone(ground, {unit_id: figure.counts for unit_id, figure in known.items()})
    lineage = _lineage(ground)
    head, aim = _head(actor, ground, lineage, month), aims([one], lineage)[one.id]
    shown = Shown(known[ground.unit.id], ground.unit.id in gone)
    parts = tuple(Part(u, Shown(known[u.id], u.id in gone)) for u in head.below)
    level = SPOTS.get(ground.unit.level)
    spots = (u for u in ground.inside if u.level == level)
    places = tuple(Part(u, Shown(known[u.id], u.id in gone)) for u in spots) if level else parts
    if shown.hidden or one.rilis > 1:
        return Page(head, one, aim, shown, (), parts, places, ())
    every, strata = figures.history(ground.unit.id, one, month, SERIES)
    return Page(head, one, aim, shown, tuple(_series(ground, every)), parts, places, _arms(ground, strata))


def _arms(ground: Ground, known: Mapping[str, Figure]) -> tuple[tuple[str, Shown], ...]:
    """The figure by how people were prepared, where it is counted so; small ones hidden with what betrays them."""
    order = [arm for arm in ARMS if arm in known]
    numbered = {n: known[arm].counts for n, arm in enumerate(order)}
    gone = set() if ground.knows else hiding.hidden(numbered)
    return tuple((arm, Shown(known[arm], n in gone)) for n, arm in enumerate(order))


def _gone_beside(ground: Ground, counts: Mapping[int, Counts]) -> set[int]:
    """What is hidden among the unit and those beside it, of whose sum the total is known."""
    if ground.knows:
        return set()
    return hiding.hidden({key: counts[key] for key in (ground.unit.id, *(one.id for one in ground.beside))})


def _gone(ground: Ground, counts: Mapping[int, Counts]) -> set[int]:
    if ground.knows:
        return set()
    children = {key: [one.id for one in ones] for key, ones in ground.below.items()}
    return hiding.cascade(ground.unit.id, children, counts, _gone_beside(ground, counts))


def _lineage(ground: Ground) -> list[UnitCard]:
    """The unit and those above it, nearest first."""
    above = identity.units(ground.unit.lineage[1:])
    return [ground.unit, *(above[key] for key in ground.unit.lineage[1:] if key in above)]


def _head(actor: Actor, ground: Ground, lineage: Sequence[UnitCard], month: date) -> Head:
    return Head(
        ground.unit,
        tuple(u for u in reversed(lineage[1:]) if allowed(actor, READ_INDICATOR, u)),
        tuple(u for u in ground.parts if allowed(actor, READ_INDICATOR, u)),
        month,
        month == clock.today().replace(day=1),
    )


def _series(ground: Ground, every: Sequence[Figure]) -> list[Figure]:
    """The single months that have a figure this reader may see, the earliest first."""
    return [f for f in every if f.counts.denominator > 0 and (ground.knows or not hiding.is_small(f.counts))]
