"""Who may see marks and who decides about completion."""

from p2k2lms.core.access import Actor, permission
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity

TRAINERS = "widyaiswara panitia"
LEADERS = "koordinator admin"


def works_in(actor: Actor, angkatan: AngkatanCard) -> bool:
    """Trainer or panitia of this very class."""
    return any(member.person_id == actor.id for member in angkatan.staff)


def in_unit(actor: Actor, angkatan: AngkatanCard) -> bool:
    """The class is held by a unit of the actor's."""
    return identity.in_own_units(actor, angkatan.centre_path)


READ_MARKS = permission("progress.read_marks", (TRAINERS, works_in), ("admin", in_unit))
LIST_PEOPLE = permission(
    "progress.list_people",
    (TRAINERS, works_in),
    ("supervisor", identity.is_assigned),
    (LEADERS, identity.in_own_units),
)
DECIDE_COMPLETION = permission("progress.decide_completion", ("widyaiswara", works_in))

ALL = (READ_MARKS, LIST_PEOPLE, DECIDE_COMPLETION)
