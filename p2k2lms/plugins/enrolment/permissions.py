"""Who may do what with classes."""

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, permission
from p2k2lms.plugins.enrolment import rules
from p2k2lms.plugins.enrolment.values import AngkatanCard

STAFF = "widyaiswara panitia"
MAKERS = f"{STAFF} admin"


def works_in(actor: Actor, angkatan: AngkatanCard) -> bool:
    """Trainer or panitia of this very class."""
    return any(member.person_id == actor.id for member in angkatan.staff)


def in_admin_unit(actor: Actor, angkatan: AngkatanCard) -> bool:
    """The class is held by a unit that the actor administers."""
    return any(angkatan.centre_path.startswith(path) for path in actor.paths("admin"))


def at_own_centre(actor: Actor, centre_path: str) -> bool:
    """The centre lies in a unit where the actor makes classes."""
    return any(centre_path.startswith(path) for path in actor.paths(*MAKERS.split()))


def stands_before_the_door(actor: Actor, angkatan: AngkatanCard) -> bool:
    """The class has a door that is open to people of the actor's units."""
    return rules.may_walk_in(angkatan, (p.unit_path for p in actor.postings), clock.today())


LIST_ANGKATAN = permission("enrolment.list_angkatan", (ANYONE, lambda actor, subject: True))
READ_ANGKATAN = permission("enrolment.read_angkatan", (STAFF, works_in), ("admin", in_admin_unit))
CHANGE_ANGKATAN = permission("enrolment.change_angkatan", (STAFF, works_in), ("admin", in_admin_unit))
CREATE_ANGKATAN = permission("enrolment.create_angkatan", (MAKERS, at_own_centre))
JOIN_ANGKATAN = permission("enrolment.create_enrolment", (ANYONE, stands_before_the_door))
CHANGE_ATTENDANCE = permission("enrolment.change_attendance", (STAFF, works_in), ("admin", in_admin_unit))
CREATE_ATTENDANCE = permission("enrolment.create_attendance", (ANYONE, lambda actor, subject: True))
READ_OWN_CLASS = permission("enrolment.read_own_class", (ANYONE, lambda actor, subject: True))
RUN_DRAW = permission("enrolment.run_draw", (STAFF, works_in), ("admin", in_admin_unit))
READ_ROUND = permission("enrolment.read_round", (ANYONE, lambda actor, subject: True))
PERMISSIONS = (
    LIST_ANGKATAN,
    READ_ANGKATAN,
    CHANGE_ANGKATAN,
    CREATE_ANGKATAN,
    JOIN_ANGKATAN,
    CHANGE_ATTENDANCE,
    CREATE_ATTENDANCE,
    READ_OWN_CLASS,
    RUN_DRAW,
    READ_ROUND,
)
