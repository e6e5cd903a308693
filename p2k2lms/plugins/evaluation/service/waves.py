"""Waves while they are open: watched, reminded, drawn from, closed."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotAllowed, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, READ_WAVE, below_the_nation
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.service.assigning import ring
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.values import (
    EXCUSED,
    REMINDERS,
    RESPONSE,
    WAITING,
    Rate,
    WaveCard,
)

REMINDER = "evaluation.reminder"


def waves(actor: Actor) -> tuple[list[WaveCard], dict[int, Rate]]:
    """The waves of the actor's units, the latest first, with how many have answered."""
    require(actor, READ_WAVE)
    found = [wave_card(row) for row in read.waves_below(actor.paths("evaluator"))]
    return found, read.rates([wave.id for wave in found])


def wave(actor: Actor, wave_id: int) -> WaveCard:
    """One wave of the actor's units."""
    row = read.wave(wave_id)
    if row is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, row.unit_path)
    return wave_card(row)


def remind(actor: Actor, wave_id: int) -> int:
    """Ring the bell of everybody who has not answered, at most three times for each sheet; returns of how many.

    Who has several sheets to fill in is told once, and led to their list.
    """
    with unit_of_work("evaluation.remind_silent", actor, f"wave:{wave_id}") as uow:
        row = _open_row(actor, wave_id)
        late = [one for one in read.silent(wave_id, [row.unit_path]) if one.reminders < REMINDERS]
        read.count_reminder([one.id for one in late])
        sheets: dict[int, list[int]] = {}
        for one in late:
            sheets.setdefault(one.respondent_id, []).append(one.id)
        for respondent, ids in sheets.items():
            ring(uow, row, respondent, REMINDER, f"/evaluasi/isi/{ids[0]}" if len(ids) == 1 else "/evaluasi")
        return len(sheets)


def draw_phones(actor: Actor, wave_id: int) -> int:
    """Draw, once, whom to phone among the silent; returns how many."""
    with unit_of_work("evaluation.draw_phones", actor, f"wave:{wave_id}"):
        row = _open_row(actor, wave_id)
        late = read.silent(wave_id, [row.unit_path])
        if any(one.drawn for one in read.frame(wave_id)):
            raise Conflict(_("Sampel telepon sudah diundi satu kali untuk gelombang ini."))
        chosen = set(asking.to_phone(row.draw_seed, [one.id for one in late]))
        read.mark_drawn(chosen)
        return len(chosen)


def excuse(actor: Actor, wave_id: int, assignment_id: int, reason: str) -> None:
    """Somebody need not answer, with the reason; he leaves the frame."""
    with unit_of_work("evaluation.excuse_respondent", actor, f"assignment:{assignment_id}"):
        _open_row(actor, wave_id)
        found = read.assignment(assignment_id)
        if found is None or found[1].id != wave_id:
            raise NotFound("assignment")
        row = found[0]
        if row.state != WAITING:
            raise Conflict(_("Orang ini sudah menjawab atau sudah dilepas."))
        row.state, row.excuse = EXCUSED, reason


def _open_row(actor: Actor, wave_id: int) -> Wave:
    row = read.wave(wave_id)
    if row is None:
        raise NotFound("wave")
    require(actor, CHANGE_WAVE, row.unit_path)
    if not below_the_nation(actor, row.unit_path):
        raise NotAllowed("evaluation.change_wave")
    if row.closed_at is not None:
        raise Conflict(_("Gelombang ini sudah ditutup."))
    return row


def close(actor: Actor, wave_id: int) -> None:
    """Take no more answers."""
    with unit_of_work("evaluation.close_wave", actor, f"wave:{wave_id}") as uow:
        close_row(uow, _open_row(actor, wave_id))


def close_row(uow: UnitOfWork, row: Wave) -> None:
    """The same for a wave whose days are over; joins the transaction of the night."""
    row.closed_at = clock.now()
    for rate in read.standing(row.id)[0]:
        uow.touch(rate.unit_id or row.unit_id, row.closes, RESPONSE)
