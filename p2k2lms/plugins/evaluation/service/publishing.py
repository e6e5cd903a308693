"""A version goes out: what measures something new only after a try-out that holds."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation.models import InstrumentVersion
from p2k2lms.plugins.evaluation.permissions import CHANGE_INSTRUMENT
from p2k2lms.plugins.evaluation.queries import instruments as read
from p2k2lms.plugins.evaluation.rules import versions as rules
from p2k2lms.plugins.evaluation.service.instruments import card, must_change
from p2k2lms.plugins.evaluation.service.trial import trial_of
from p2k2lms.plugins.evaluation.values import DRAFT, PUBLISHED, RETIRED, TRIED, VersionCard


def publish(actor: Actor, code: str, note: str, typo: bool = False, warned: bool = False) -> VersionCard:
    """Let new waves ask the newest version; `warned` says that the warnings of its try-out were read."""
    require(actor, CHANGE_INSTRUMENT)
    with unit_of_work("evaluation.publish_instrument", actor, f"instrument:{code}"):
        rows = read.versions_of(code)
        if not rows or rows[0].state not in {DRAFT, TRIED}:
            raise Conflict(_("Tidak ada draf untuk diterbitkan."))
        row = rows[0]
        row.change_class = rules.worst(must_change(row, typo))
        if rules.needs_try_out(row.change_class, row.number):
            _must_be_tried(row, warned)
        for other in rows[1:]:
            other.state = RETIRED if other.state == PUBLISHED else other.state
        row.state, row.published_at, row.note = PUBLISHED, clock.now(), note
        return card(row)


def _must_be_tried(row: InstrumentVersion, warned: bool) -> None:
    """Five answers at least, no question that most leave out, and its warnings read."""
    tried = trial_of(card(row), []) if row.state == TRIED else None
    if tried is None or tried.people < rules.LEAST_REPLIES:
        least = rules.LEAST_REPLIES
        raise Invalid(
            _("Perubahan ini mengukur hal baru. Cobakan dulu: perlu %(n)s jawaban uji coba.", n=least), "note"
        )
    if tried.unusable:
        codes = ", ".join(tried.unusable)
        raise Invalid(
            _("Lebih dari separuh tidak menjawab: %(codes)s. Ubah butir itu di draf baru.", codes=codes), "note"
        )
    if tried.wary and not warned:
        raise Invalid(_("Uji coba memberi peringatan. Baca dulu, lalu centang bahwa sudah dibaca."), "warned")
