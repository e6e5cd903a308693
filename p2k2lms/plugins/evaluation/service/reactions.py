"""What the members of one class said at its end, for its page and its report: no words, and nothing below five."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, settings
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.i18n import _
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.evaluation.permissions import READ_REACTIONS, READ_WAVE
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.queries import waves as of_waves
from p2k2lms.plugins.evaluation.rules.items import ItemResult, K, results
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.instruments import version_card
from p2k2lms.plugins.evaluation.service.schedule import AUTOMATIC
from p2k2lms.plugins.evaluation.values import WaveCard
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class Reactions:
    """How many of a class were asked and answered, and each question; no question where fewer than five answered.

    `waves` are the ids of those in which they were asked.
    """

    asked: int
    answered: int
    items: tuple[ItemResult, ...]
    waves: frozenset[int]


@dataclass(frozen=True)
class ReactionsPage:
    """The reactions of a class with the waves that asked for them, and which of these the reader may open.

    `nobody` says why nobody has been asked; "" once somebody was.
    """

    angkatan: AngkatanCard
    said: Reactions | None
    waves: tuple[WaveCard, ...]
    may_open: frozenset[int]
    nobody: str = ""


def reactions_page(actor: Actor, angkatan_id: int) -> ReactionsPage:
    """The reactions of a class, for who works in it and for the admin of its unit."""
    require(actor, READ_REACTIONS)
    card = enrolment.angkatan(angkatan_id)
    require(actor, READ_REACTIONS, card)
    said = class_reactions(card)
    if said is None:
        return ReactionsPage(card, None, (), frozenset(), _why_nobody(card))
    waves = tuple(wave_card(row) for row in of_waves.waves_with_ids(said.waves))
    return ReactionsPage(card, said, waves, frozenset(w.id for w in waves if allowed(actor, READ_WAVE, w.unit_path)))


def _why_nobody(angkatan: AngkatanCard) -> str:
    if _last_day(angkatan) < clock.today():
        return _("Tidak ada angket yang dibuka untuk angkatan ini sampai ditutup.")
    if settings.value(AUTOMATIC, identity.unit(angkatan.centre_unit_id).lineage) == settings.NO:
        return _("Evaluator balai membuka angketnya sesudah kelas berakhir.")
    return _("Peserta ditanya pada malam sesudah ia lulus atau angkatan ditutup.")


def _last_day(angkatan: AngkatanCard) -> date:
    """The day on which it was closed, or today while it is not."""
    return clock.on_day(angkatan.closed_at, clock.HOME) if angkatan.closed_at else clock.today()


def class_reactions(angkatan: AngkatanCard) -> Reactions | None:
    """The reactions of a class; None while nobody of it has been asked. The caller has decided who may see them.

    Each member's sheet is that of the first wave of reactions since the class began.
    """
    first = angkatan.starts.replace(day=1)
    asked = read.reactions(enrolment.people_in(angkatan.id), first, _last_day(angkatan))
    if not asked:
        return None
    sheets = [one.sheet for one in asked if one.sheet]
    newest = max(one.version_id for one in asked)
    alike = [one.sheet for one in asked if one.sheet and one.version_id == newest]
    items = results(version_card(newest).instrument, alike) if len(alike) >= K else []
    return Reactions(len(asked), len(sheets), tuple(items), frozenset(one.wave_id for one in asked))
