"""The frame of a wave and what was said in it, for who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.evaluation.models import Assignment, Wave
from p2k2lms.plugins.evaluation.permissions import READ_WAVE
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.queries import waves as read_waves
from p2k2lms.plugins.evaluation.rules.answers import Sheet
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.values import NOT_ASKED, VersionCard

CASELOAD, APPLYING = "A1", "G1"


@dataclass(frozen=True)
class WaveData:
    """The frame of a wave, its sheets by assignment, and which of them were told by phone."""

    wave: Wave
    version: VersionCard
    frame: list[Assignment]
    sheets: Mapping[int, Sheet]
    phoned: frozenset[int]


def wave_data(actor: Actor, wave_id: int) -> WaveData:
    """Everything of a wave of the actor's units; NotFound for others."""
    found = read_waves.with_version(wave_id)
    if found is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, found[0].unit_path)
    frame = read_waves.frame(wave_id)
    phoned = read.told_by_phone(wave_id) if any(one.drawn for one in frame) else ()
    return WaveData(found[0], card(found[1]), frame, read.sheets_of_wave(wave_id), frozenset(phoned))


def was_not_asked(sheet: Sheet, code: str) -> bool:
    """True for who answered, and to whom the question does not apply."""
    return any(given.missing == NOT_ASKED for given in sheet.get(code, ()))


def value(data: WaveData, sheet: Sheet, code: str) -> float | None:
    """One person: a share of the own families in percent, 100 for a yes, else the number; None for who did not say."""
    given = sheet.get(code)
    if not given or given[0].missing:
        return None
    if code == APPLYING:
        caseload = sheet[CASELOAD][0].number
        return 100 * (given[0].number or 0) / caseload if caseload else None
    question = data.version.instrument.question(code)
    top = getattr(question, "top", ())
    if top:
        return 100.0 * (given[0].choice in top)
    return given[0].number if question.kind in {"number", "scale"} else None
