"""Who supervises whom: an officer gives a pendamping a supervisor from a day on, or ends it."""

from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.events import SupervisionChanged
from p2k2lms.plugins.identity.models import Supervision
from p2k2lms.plugins.identity.permissions import CHANGE_SUPERVISION
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service.officers import person_for_officer
from p2k2lms.plugins.identity.service.people import people_of_units
from p2k2lms.plugins.identity.values import PersonCard, SupervisionCard

MOST_OFFERED = 200


def supervisions_of(pendamping_id: int) -> list[SupervisionCard]:
    """Everyone who has supervised this pendamping, the newest first."""
    return [
        SupervisionCard(row.id, row.supervisor_id, name, row.pendamping_id, row.valid_from, row.valid_to)
        for row, name in read.supervisions_of(pendamping_id)
    ]


def supervisors_near(actor: Actor, path: str, pendamping_id: int) -> list[PersonCard]:
    """The supervisors of the kabupaten of this path, if it is one of the officer's."""
    kabupaten = rules.kabupaten_path(path)
    if not rules.is_within(kabupaten, actor.paths("admin")):
        return []
    found = people_of_units([kabupaten], ["supervisor"], clock.today(), limit=MOST_OFFERED)
    return [person for person in found if person.id != pendamping_id and person.status == "active"]


def assign_supervisor(actor: Actor, pendamping_id: int, supervisor_id: int, from_day: date) -> int:
    """Let this supervisor hold from a day on; whoever held until then ends the day before. Returns the id."""
    require(actor, CHANGE_SUPERVISION)
    with unit_of_work("identity.assign_supervisor", actor, f"person:{pendamping_id}") as uow:
        person_for_officer(actor, pendamping_id)
        field = [path for role, path in read.unit_paths_of(pendamping_id, from_day) if role == "pendamping"]
        if not field:
            raise Invalid(_("Orang ini tidak bertugas sebagai pendamping pada hari itu."), "valid_from")
        if supervisor_id not in {person.id for person in supervisors_near(actor, field[0], pendamping_id)}:
            raise Invalid(_("Pilih supervisor dari kabupaten yang sama."), "supervisor_id")
        old = read.supervisor_of(pendamping_id, from_day)
        for row, _name in read.supervisions_of(pendamping_id):
            if row.valid_from >= from_day:
                raise Invalid(_("Sudah ada supervisor mulai hari itu atau sesudahnya."), "valid_from")
            if row.valid_to is None or row.valid_to > from_day:
                row.valid_to = from_day
        if read.supervisor_of(pendamping_id, from_day) is not None:
            raise Conflict(_("Supervisor baru saja diganti orang lain. Periksa lagi."))
        uow.publish(SupervisionChanged(pendamping_id=pendamping_id, old=old, new=supervisor_id, day=from_day))
        return uow.add(Supervision(pendamping_id=pendamping_id, supervisor_id=supervisor_id, valid_from=from_day)).id


def end_supervision(actor: Actor, supervision_id: int, first_day_without: date) -> int:
    """End a supervision. Returns the id of the pendamping."""
    require(actor, CHANGE_SUPERVISION)
    with unit_of_work("identity.end_supervision", actor, f"supervision:{supervision_id}") as uow:
        row = read.supervision(supervision_id)
        if row is None:
            raise NotFound("supervision")
        person_for_officer(actor, row.pendamping_id)
        if row.valid_to is not None:
            raise Conflict(_("Pendampingan supervisor ini sudah diakhiri."))
        if first_day_without <= row.valid_from:
            raise Invalid(_("Tanggal akhir harus sesudah tanggal mulai."), "valid_to")
        row.valid_to = first_day_without
        ended = {"pendamping_id": row.pendamping_id, "old": row.supervisor_id}
        uow.publish(SupervisionChanged(**ended, new=None, day=first_day_without))
        return row.pendamping_id
