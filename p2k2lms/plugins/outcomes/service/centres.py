"""The levels of a centre, kept: its people are too many to be added up while somebody waits, so the night does it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial

from p2k2lms.core import clock, turns
from p2k2lms.core.access import Actor, require
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.outcomes.models import CentreReport
from p2k2lms.plugins.outcomes.permissions import READ_CENTRE, reads_few
from p2k2lms.plugins.outcomes.queries import centres as read
from p2k2lms.plugins.outcomes.rules.rungs import Rung, covered
from p2k2lms.plugins.outcomes.service.levels import YEAR, Levels, levels_of_centre

COUNT_CENTRES = "outcomes.count_centres"


def centre_levels(actor: Actor, code: str) -> Levels:
    """What the classes of a centre came to, as the night has counted it; counted now where no night has yet.

    Who sees no persons there is told nothing of fewer than ten.
    """
    require(actor, READ_CENTRE)
    unit = identity.unit_by_code(code)
    require(actor, READ_CENTRE, unit.path)
    row = read.report(unit.id)
    found = _kept(unit, row) if row else levels_of_centre(unit)
    return found if reads_few(actor, unit.path) else replace(found, rungs=tuple(covered(rung) for rung in found.rungs))


def _kept(unit: UnitCard, row: CentreReport) -> Levels:
    rungs = tuple(Rung(**one) for one in row.rungs)
    about = (row.people, row.classes, row.first, row.last)
    return Levels(unit.name, *about, rungs, unit, row.counted_at, may_centre=True)


def count_centres() -> None:
    """The job of the night: every unit that held a class within a year, and all above; done twice it says the same.

    Each in a transaction of its own; one that fails keeps no other waiting.
    """
    today = clock.today()
    holding = identity.units(enrolment.centres(today - YEAR, today)).values()
    units = identity.units({key for unit in holding for key in unit.lineage})
    counted = [(f"unit:{unit.id}", partial(_count, unit)) for unit in units.values()]
    turns.each("a centre could not be counted", [("others", partial(_forget_others, list(units))), *counted])


def _forget_others(unit_ids: Sequence[int]) -> None:
    with unit_of_work(COUNT_CENTRES):
        read.forget_others(unit_ids)


def _count(unit: UnitCard) -> None:
    """One centre; the transaction is begun when all is added up, so that nobody waits long for the pen."""
    found = levels_of_centre(unit)
    about = {name: getattr(found, name) for name in ("people", "classes", "first", "last", "counted_at")}
    with unit_of_work(COUNT_CENTRES, subject=f"unit:{unit.id}") as uow:
        read.forget(unit.id)
        uow.add(CentreReport(unit_id=unit.id, rungs=[asdict(rung) for rung in found.rungs], **about))
