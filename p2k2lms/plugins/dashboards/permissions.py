"""Who may see the home page, the bell, people in care, and one person's page."""

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

CARERS = "supervisor koordinator widyaiswara panitia admin"


def own_or_in_care(actor: Actor, person_id: int) -> bool:
    """Oneself; whom one supervises today; who is posted in one's units."""
    return identity.may_see(actor, person_id, clock.today())


def in_own_class(actor: Actor, person_id: int) -> bool:
    """A member of a class in which the actor works."""
    classes = {card.angkatan_id for card in enrolment.enrolments_of(person_id) if card.angkatan_id}
    return bool(classes) and any(enrolment.in_own_angkatan(actor, angkatan_id) for angkatan_id in classes)


def about_assigned(actor: Actor, about: tuple[str, int | None]) -> bool:
    """About a pendamping whom the actor supervises today."""
    return about[1] is not None and identity.is_assigned(actor, about[1])


def in_own_units(actor: Actor, about: tuple[str, int | None]) -> bool:
    """In a unit of the actor's."""
    return identity.in_own_units(actor, about[0])


def about_a_place(actor: Actor, about: tuple[str, int | None]) -> bool:
    """About a wave, a plan or a kabupaten in a unit of the actor's; never about a person."""
    return about[1] is None and identity.in_own_units(actor, about[0])


READ_HOME = permission("dashboards.read_home", (ANYONE, anything))
READ_NOTICES = permission("dashboards.read_notices", (ANYONE, anything))
LIST_PEOPLE = permission("dashboards.list_people", (CARERS, anything))
READ_PERSON = permission("dashboards.read_person", (ANYONE, own_or_in_care), ("widyaiswara panitia", in_own_class))
LIST_ALERTS = permission("dashboards.list_alerts", ("supervisor koordinator evaluator", anything))
CHANGE_ALERT = permission(
    "dashboards.change_alert",
    ("supervisor", about_assigned),
    ("koordinator", in_own_units),
    ("evaluator", about_a_place),
)

ALL = (READ_HOME, READ_NOTICES, LIST_PEOPLE, READ_PERSON, LIST_ALERTS, CHANGE_ALERT)
