"""A word from the staff of a class to some of its people."""

from collections.abc import Sequence

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import STOPPED
from p2k2lms.plugins.progress.permissions import READ_MARKS

TOLD = "progress.told"
LONGEST_TEXT = 300


def tell(actor: Actor, angkatan_id: int, person_ids: Sequence[int], text: str) -> int:
    """Put one sentence into the bells of these members; returns how many."""
    require(actor, READ_MARKS)
    with unit_of_work("progress.tell_members", actor, f"angkatan:{angkatan_id}") as uow:
        card = enrolment.angkatan(angkatan_id)
        require(actor, READ_MARKS, card)
        said = " ".join(text.split())
        if not 3 <= len(said) <= LONGEST_TEXT:
            raise Invalid(_("Tulis pesan, paling panjang %(n)s huruf.", n=LONGEST_TEXT), "text")
        here = {m.person_id for m in enrolment.members(angkatan_id) if m.state != STOPPED}
        chosen = here.intersection(person_ids)
        if not chosen or len(chosen) != len(set(person_ids)):
            raise Invalid(_("Pilih peserta angkatan ini."), "people")
        for person_id in sorted(chosen):
            uow.notify(person_id, TOLD, f"/belajar/{card.course}", angkatan=card.name, text=said)
    return len(chosen)
