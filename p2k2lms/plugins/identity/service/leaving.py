"""A pendamping who leaves the field is supervised by nobody from that day on."""

from datetime import date
from functools import partial

from p2k2lms.core import clock, turns
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.identity.events import SupervisionChanged
from p2k2lms.plugins.identity.queries import duty as read_duty
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service.people import postings_of

LEAVE_LATE = "identity.leave_late"
AT_ONCE = 1_000


def leave_supervision(uow: UnitOfWork, person_id: int, day: date) -> None:
    """End the supervision from this day on, unless the person is pendamping somewhere else; what was planned falls.

    What reaches into a duty that begins later stays as it is.
    """
    lasting = [duty.valid_from for duty in postings_of(person_id) if duty.role == "pendamping" and duty.lasts_to(day)]
    again = min(lasting, default=date.max)
    if again <= day:
        return
    old = read.supervisor_of(person_id, day)
    for row, _name in read.supervisions_of(person_id):
        if (row.valid_to or date.max) > again:
            continue
        if row.valid_from >= day:
            read.remove_supervision(row)
        elif row.valid_to is None or row.valid_to > day:
            row.valid_to = day
    if old is not None and read.supervisor_of(person_id, day) is None:
        uow.publish(SupervisionChanged(pendamping_id=person_id, old=old, new=None, day=day))


def leave_late() -> None:
    """The job of the night: whose duty ended before supervision ended with it is supervised by nobody from today on."""
    today = clock.today()
    left = read_duty.supervised_off_duty(today, AT_ONCE)
    turns.each("a supervision could not be ended", [(f"person:{one}", partial(_leave, one, today)) for one in left])


def _leave(person_id: int, day: date) -> None:
    with unit_of_work("identity.end_supervision", subject=f"person:{person_id}") as uow:
        leave_supervision(uow, person_id, day)
