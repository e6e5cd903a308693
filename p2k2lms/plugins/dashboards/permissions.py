"""Who may see the home page, the bell, people in care, and one person's page."""

from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

CARERS = "supervisor koordinator widyaiswara panitia admin"

UNIT_LEADERS = ("koordinator", "admin", "dinsos")


def own_or_in_care(actor: Actor, person_id: int) -> bool:
    """Oneself; whom one supervises today; who is posted in one's units."""
    return identity.may_see(actor, person_id, clock.today())


def in_own_class(actor: Actor, person_id: int) -> bool:
    """A member of a class in which the actor works."""
    return enrolment.in_own_class(actor, person_id)


@dataclass(frozen=True)
class About:
    """Where and of whom an alert speaks, and whose list its rule stands on; "" for who leads people."""

    unit_path: str
    person_id: int | None
    owner: str


def about_assigned(actor: Actor, about: About) -> bool:
    """About a pendamping whom the actor supervises today."""
    return not about.owner and about.person_id is not None and identity.is_assigned(actor, about.person_id)


def in_own_units(actor: Actor, about: About) -> bool:
    """About people in a unit of the actor's."""
    return not about.owner and identity.in_own_units(actor, about.unit_path)


def of_own_rule(actor: Actor, about: About) -> bool:
    """By a rule for a role that the actor holds there: about a wave, a test, a kabupaten; never about a person."""
    return any(about.unit_path.startswith(path) for path in actor.paths(about.owner)) if about.owner else False


READ_HOME = permission("dashboards.read_home", (ANYONE, anything))
READ_NOTICES = permission("dashboards.read_notices", (ANYONE, anything))
LIST_PEOPLE = permission("dashboards.list_people", (CARERS, anything))
READ_PERSON = permission("dashboards.read_person", (ANYONE, own_or_in_care), ("widyaiswara panitia", in_own_class))
READ_UNIT = permission("dashboards.read_unit", (" ".join(UNIT_LEADERS), identity.in_own_units))
LIST_ALERTS = permission("dashboards.list_alerts", ("supervisor koordinator evaluator widyaiswara", anything))
CHANGE_ALERT = permission(
    "dashboards.change_alert",
    ("supervisor", about_assigned),
    ("koordinator", in_own_units),
    ("evaluator widyaiswara", of_own_rule),
)

ALL = (READ_HOME, READ_NOTICES, LIST_PEOPLE, READ_PERSON, READ_UNIT, LIST_ALERTS, CHANGE_ALERT)
