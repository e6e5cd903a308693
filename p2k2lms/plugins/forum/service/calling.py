"""Who is called when a text should be looked at: the staff of the class, else widyaiswara of the caller's region."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.forum.models import Thread
from p2k2lms.plugins.forum.values import CLASS
from p2k2lms.plugins.identity import service as identity

MOST_CALLED, TO_REGION = 10, 3  # a path begins /ID/<region>/


def call_judges(uow: UnitOfWork, actor: Actor, thread: Thread) -> None:
    """A line in the bell of those who judge there; nobody is told about the own report."""
    for person_id in _judges(actor, thread):
        if person_id != actor.id:
            uow.notify(person_id, "forum.reported", "/tanya/laporan")


def _judges(actor: Actor, thread: Thread) -> list[int]:
    if thread.place_kind == CLASS:
        return [member.person_id for member in enrolment.angkatan(int(thread.place_id)).staff]
    home = identity.home_unit(actor.id or 0, clock.today())
    if home is None:
        return []
    region = "/".join(home.path.split("/")[:TO_REGION]) + "/"
    return identity.ids_of_units([region], ["widyaiswara"], clock.today(), limit=MOST_CALLED)
