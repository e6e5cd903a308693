"""Who may see marks and who decides about completion."""

from p2k2lms.core.access import Actor, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity

TRAINERS = "widyaiswara panitia"
LEADERS = "koordinator admin"


def in_unit(actor: Actor, angkatan: AngkatanCard) -> bool:
    """The class is held by a unit of the actor's."""
    return identity.in_own_units(actor, angkatan.centre_path)


READ_MARKS = permission("progress.read_marks", (TRAINERS, enrolment.works_in), ("admin", in_unit))
LIST_PEOPLE = permission(
    "progress.list_people",
    (TRAINERS, enrolment.works_in),
    ("supervisor", identity.is_assigned),
    (LEADERS, identity.in_own_units),
)
DECIDE_COMPLETION = permission("progress.decide_completion", ("widyaiswara", enrolment.works_in))

CHANGE_VERSION = permission("progress.change_version", ("widyaiswara", enrolment.works_in))
DECIDE_EQUIVALENCE = permission("progress.decide_equivalence", ("widyaiswara", identity.in_own_units))

ALL = (READ_MARKS, LIST_PEOPLE, DECIDE_COMPLETION, CHANGE_VERSION, DECIDE_EQUIVALENCE)
