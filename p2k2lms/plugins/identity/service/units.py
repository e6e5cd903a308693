"""The tree of units: look one up, walk it, add to it, choose its settings."""

from collections.abc import Iterable, Mapping, Sequence

from p2k2lms.core import settings
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.identity.permissions import CHANGE_SETTING, CREATE_UNIT, LIST_UNITS
from p2k2lms.plugins.identity.queries import units as read
from p2k2lms.plugins.identity.service import checks, importing
from p2k2lms.plugins.identity.service.cards import unit_card
from p2k2lms.plugins.identity.values import RowFault, UnitCard, UnitData, UnitLine

PAGE = 100


def unit(unit_id: int) -> UnitCard:
    """The unit; NotFound if there is none."""
    row = read.unit(unit_id)
    if row is None:
        raise NotFound("unit")
    return unit_card(row)


def unit_by_code(code: str) -> UnitCard:
    """The unit with this Kemendagri code (R4 is Regional IV, ID the top); NotFound if there is none."""
    row = read.unit_by_code(code)
    if row is None:
        raise NotFound("unit")
    return unit_card(row)


def unit_with_parts(code: str) -> tuple[UnitCard, list[UnitCard]]:
    """The unit with this code and those right below it; NotFound if there is none."""
    rows = [unit_card(row) for row in read.with_parts(code)]
    if not rows:
        raise NotFound("unit")
    return rows[0], rows[1:]


def units(ids: Iterable[int]) -> dict[int, UnitCard]:
    """These units by id; what does not exist is left out."""
    return {row.id: unit_card(row) for row in read.units(ids)}


def units_below(paths: Sequence[str], level: str, limit: int) -> list[UnitCard]:
    """The units of one level in these units or below, by code."""
    return [unit_card(row) for row in read.of_level(level, paths, limit)]


def units_of_levels(path: str, levels: Sequence[str]) -> list[UnitLine]:
    """The units of several levels in this unit, itself too, by code."""
    return [UnitLine._make(row) for row in read.of_levels(levels, path)]


def own_tops(actor: Actor) -> list[UnitCard]:
    """The units in which the actor is admin: where the tree begins for this officer."""
    require(actor, LIST_UNITS)
    return tops_of(actor, "admin")


def tops(paths: Sequence[str]) -> list[UnitCard]:
    """The units with these very paths, from the top."""
    return [unit_card(row) for row in read.tops(paths)]


def tops_of(actor: Actor, *roles: str) -> list[UnitCard]:
    """The units in which the actor holds one of these roles today, from the top."""
    return tops(actor.paths(*roles))


def unit_for_officer(actor: Actor, unit_id: int) -> UnitCard:
    """A unit of the officer's; others do not exist for this officer."""
    card = unit(unit_id)
    require(actor, LIST_UNITS, card.path)
    return card


def children(actor: Actor, unit_id: int, after_code: str = "", limit: int = PAGE) -> tuple[list[UnitCard], bool]:
    """The units just below one, by code, from behind a code; and whether there are more."""
    unit_for_officer(actor, unit_id)
    rows = read.children(unit_id, after_code, limit + 1)
    return [unit_card(row) for row in rows[:limit]], len(rows) > limit


def add_unit(actor: Actor, data: UnitData) -> int:
    """Add one unit below a unit of one's own. Returns its id."""
    require(actor, CREATE_UNIT)
    with unit_of_work("identity.add_unit", actor) as uow:
        code = rules.plain(data.kemendagri_code).upper()
        parent = rules.plain(data.parent_code).upper() or rules.parent_code_of(code)
        near = read.with_codes([code, parent], [rules.plain(data.bps_code) or None])
        row, faults = importing.check(data, importing.Known.of(near))
        above = next((unit for unit in near if unit.kemendagri_code == row.parent_code), None)
        if not faults and (above is None or not allowed(actor, CREATE_UNIT, above.path)):
            faults = [RowFault(0, "parent_code", importing.says("parent_code"))]
        elif any(unit.kemendagri_code == code for unit in near):
            faults = [RowFault(0, "kemendagri_code", _("Wilayah dengan kode ini sudah ada."))]
        if faults or above is None:
            raise Invalid(faults[0].message, faults[0].column, [Fault(f.column, f.message) for f in faults])
        uow.subject = f"unit:{row.code}"
        return uow.add(Unit(**importing.cells_of(row, above))).id


def settings_of(actor: Actor, unit_id: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What the unit itself chose, and what holds for it by inheritance, by key."""
    card = unit_for_officer(actor, unit_id)
    return settings.of_unit(unit_id), {key: held.text for key, held in settings.in_force(card.lineage).items()}


def may_choose_settings(actor: Actor, card: UnitCard) -> bool:
    """True for who may choose what holds for this unit."""
    return allowed(actor, CHANGE_SETTING, card.path)


def choose_settings(actor: Actor, unit_id: int, choices: Mapping[str, str]) -> None:
    """Set what a unit chooses; an empty choice is given back to the unit above."""
    require(actor, CHANGE_SETTING, unit(unit_id).path)
    with unit_of_work("identity.choose_settings", actor, f"unit:{unit_id}"):
        before = settings.of_unit(unit_id)
        changed = {key: text for key, text in choices.items() if text != before.get(key, "")}
        checks.refuse(settings.faults(changed))
        for key, text in changed.items():
            settings.choose(actor, unit_id, key, text)
