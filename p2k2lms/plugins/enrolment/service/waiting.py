"""The queue for a seat: who stands in it, and who comes in when one is free."""

from collections.abc import Mapping, Sequence

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment.models import Waiting
from p2k2lms.plugins.enrolment.permissions import READ_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.members import admit, changeable
from p2k2lms.plugins.enrolment.values import FROM_WAITING, Call, WaitingCard

QUEUED = "enrolment.queued"


def waiting(actor: Actor, angkatan_id: int) -> list[tuple[WaitingCard, str]]:
    """Who waits, in order, with names; for the staff of the class."""
    require(actor, READ_ANGKATAN, reading.angkatan(angkatan_id))
    return read.waiting_by_name(angkatan_id)


def queue(
    angkatan_id: int, person_ids: Sequence[int], rule: str = FROM_WAITING, draws: Mapping[int, int] | None = None
) -> None:
    """Put these people at the end of the queue, in this order; who stands in it already keeps his place. No actor."""
    with unit_of_work("enrolment.queue", subject=f"angkatan:{angkatan_id}") as uow:
        known = read.waiting(angkatan_id)
        place = max((card.place for card in known), default=0)
        there = {card.person_id for card in known}
        for person_id in person_ids:
            if person_id in there:
                continue
            place += 1
            draw = (draws or {}).get(person_id)
            uow.add(Waiting(angkatan_id=angkatan_id, person_id=person_id, place=place, rule=rule, lottery_draw=draw))
            uow.notify(person_id, QUEUED, "/angkatan", angkatan=reading.angkatan(angkatan_id).name, place=str(place))


def admit_next(actor: Actor, angkatan_id: int) -> int:
    """Give the free seats to those who wait longest; returns how many came in."""
    with unit_of_work("enrolment.admit_next", actor, f"angkatan:{angkatan_id}"):
        card = changeable(actor, angkatan_id)
        queued = read.waiting(angkatan_id)
        room = len(queued) if card.seats_left is None else card.seats_left
        chosen = queued[:room]
        if not chosen:
            raise Conflict(_("Belum ada tempat kosong, atau tidak ada yang menunggu."))
        today = clock.today()
        for one in chosen:
            admit(angkatan_id, [one.person_id], Call(one.rule, today, one.lottery_draw))
        read.forget_waiting(angkatan_id, [one.person_id for one in chosen])
    return len(chosen)


def leave_queue(actor: Actor, angkatan_id: int, person_id: int) -> None:
    """Somebody waits no longer."""
    with unit_of_work("enrolment.leave_queue", actor, f"angkatan:{angkatan_id}"):
        changeable(actor, angkatan_id)
        read.forget_waiting(angkatan_id, [person_id])
