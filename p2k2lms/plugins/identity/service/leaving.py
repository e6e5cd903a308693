"""A pendamping who leaves the field is supervised by nobody from that day on."""

from datetime import date

from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.identity.events import SupervisionChanged
from p2k2lms.plugins.identity.queries import people as read


def leave_supervision(uow: UnitOfWork, person_id: int, day: date) -> None:
    """End the supervision from this day on, unless the person is pendamping somewhere else; what was planned falls."""
    if any(role == "pendamping" for role, _path in read.unit_paths_of(person_id, day)):
        return
    old = read.supervisor_of(person_id, day)
    for row, _name in read.supervisions_of(person_id):
        if row.valid_from >= day:
            read.remove_supervision(row)
        elif row.valid_to is None or row.valid_to > day:
            row.valid_to = day
    if old is not None:
        uow.publish(SupervisionChanged(pendamping_id=person_id, old=old, new=None, day=day))
