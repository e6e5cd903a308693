"""The waves that open, fill up and close by themselves, once a night."""

import logging
from collections.abc import Mapping
from functools import partial

from p2k2lms.core import clock, settings, turns
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import schedule
from p2k2lms.plugins.evaluation.rules.schedule import Due
from p2k2lms.plugins.evaluation.service.assigning import ask_waiting
from p2k2lms.plugins.evaluation.service.instruments import askable
from p2k2lms.plugins.evaluation.service.making import WavePlan, open_scheduled
from p2k2lms.plugins.evaluation.service.waves import close_row
from p2k2lms.plugins.evaluation.values import PUBLISHED, VersionCard, scheduled_title
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

NIGHTLY, AUTOMATIC = "evaluation.nightly", "evaluation.automatic"
FAILING = "a wave could not be seen to"
MOST_CENTRES = 50
log = logging.getLogger(__name__)


def nightly() -> None:
    """Job: open what is due for each centre, ask whom one could not ask before, close what is over.

    Each wave is a transaction of its own. One that fails keeps no other waiting, and neither does a list of waves or
    the setting of a centre that cannot be looked up: the rest have their turn, then the job fails and is tried again.
    """
    turns.each(FAILING, [("due", _see_to_due), ("ask again", _see_to_lacking), ("close", _see_to_over)])


def _see_to_due() -> None:
    versions = {one.code: one for one in askable() if one.state == PUBLISHED}
    centres = identity.units_below(["/ID/"], "regional", MOST_CENTRES)
    turns.each(FAILING, [(f"unit:{unit.id}", partial(_see_to_centre, unit, versions)) for unit in centres])


def _see_to_centre(unit: UnitCard, versions: Mapping[str, VersionCard]) -> None:
    if settings.value(AUTOMATIC, unit.lineage) == settings.NO:
        return
    due = [wave for wave in schedule.due(clock.today()) if wave.instrument in versions]
    about = f"unit:{unit.id} wave:"
    turns.each(FAILING, [(about + wave.code, partial(_open, unit, wave, versions[wave.instrument])) for wave in due])


def _see_to_lacking() -> None:
    turns.each(
        FAILING, [(f"wave:{row.id} ask again", partial(ask_waiting, row.id)) for row in read.lacking(clock.today())]
    )


def _see_to_over() -> None:
    over = read.due_to_close(clock.today())
    turns.each(FAILING, [(f"wave:{row.id} close", partial(_close, row.id)) for row in over])


def _close(wave_id: int) -> None:
    with unit_of_work("evaluation.close_wave", SYSTEM, f"wave:{wave_id}") as uow:
        row = read.wave(wave_id)
        if row:
            close_row(uow, row)


def _open(unit: UnitCard, due: Due, version: VersionCard) -> None:
    """Make the wave with the first person who is to be asked; later nights ask who came since."""
    plan = WavePlan(
        code=due.code,
        title=scheduled_title(due.code, due.first),
        version_id=version.id,
        unit_id=unit.id,
        anchor=due.first,
        until=due.last,
        opens=due.opens,
        closes=due.closes,
        untrained=due.code != "W0+",
    )
    if open_scheduled(plan, version, unit):
        log.info("wave %s opened for unit %s", due.code, unit.id)
