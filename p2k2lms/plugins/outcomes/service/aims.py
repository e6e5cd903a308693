"""The targets that hold in a unit, each with the unit that set it."""

from collections.abc import Iterable, Sequence

from p2k2lms.core.indicators import Indicator
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.outcomes.values import Aim


def aims(wanted: Iterable[Indicator], lineage: Sequence[UnitCard]) -> dict[str, Aim]:
    """The target of each indicator, by its id; `lineage` is the unit and those above it, nearest first."""
    units = {unit.id: unit for unit in lineage}
    found = figures.targets(wanted, lineage[0].lineage)
    return {key: Aim(one.value, units.get(one.unit_id) if one.unit_id else None) for key, one in found.items()}
