"""Who walks a path, who coaches, who observes whom, and who plans paths."""

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.values import About
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

LEADERS = "koordinator admin"


def own(actor: Actor, about: About) -> bool:
    """It is about oneself."""
    return actor.id is not None and actor.id == about.person_id


def coached(actor: Actor, about: About) -> bool:
    """The actor coached this person on the day."""
    return actor.id is not None and actor.id in read.coaches_on(about.person_id, about.on_day)


def assigned(actor: Actor, about: About) -> bool:
    """The actor supervised this person on the day."""
    return actor.id is not None and actor.id == identity.supervisor_of(about.person_id, about.on_day)


def in_own_units(actor: Actor, about: About) -> bool:
    """The person works today in a unit of the actor's."""
    home = identity.home_unit(about.person_id, clock.today())
    return home is not None and identity.in_own_units(actor, home.path)


def in_own_class(actor: Actor, about: About) -> bool:
    """The person sits, or sat, in a class in which the actor works."""
    return enrolment.in_own_class(actor, about.person_id)


def at_own_centre(actor: Actor, unit_path: str) -> bool:
    """The template belongs to a unit in which the actor works, or to one below."""
    return identity.in_own_units(actor, unit_path)


READ_COACHING = permission("coaching.read_coaching", (ANYONE, anything))
READ_PATH = permission(
    "coaching.read_path",
    (ANYONE, own),
    (ANYONE, coached),
    ("supervisor", assigned),
    (f"widyaiswara {LEADERS}", in_own_units),
)
CREATE_PATH = permission("coaching.create_path", ("pendamping", own))
CREATE_OBSERVATION = permission(
    "coaching.create_observation",
    (ANYONE, own),
    ("supervisor", assigned),
    (ANYONE, coached),
    ("widyaiswara", in_own_class),
)
READ_OBSERVATION = permission(
    "coaching.read_observation",
    (ANYONE, own),
    ("supervisor", assigned),
    (f"widyaiswara {LEADERS}", in_own_units),
    (ANYONE, coached),
    ("widyaiswara panitia", in_own_class),
)
CREATE_CONTACT = permission("coaching.create_contact", ("supervisor", assigned), (ANYONE, coached))
CHANGE_ASSIGNMENT = permission("coaching.change_assignment", ("supervisor", assigned), ("koordinator", in_own_units))
LIST_COVERAGE = permission("coaching.list_coverage", (LEADERS, anything))
LIST_TEMPLATES = permission("coaching.list_templates", ("widyaiswara", anything))
CHANGE_TEMPLATE = permission("coaching.change_template", ("widyaiswara", at_own_centre))
PERMISSIONS = (
    READ_COACHING,
    READ_PATH,
    CREATE_PATH,
    CREATE_OBSERVATION,
    READ_OBSERVATION,
    CREATE_CONTACT,
    CHANGE_ASSIGNMENT,
    LIST_COVERAGE,
    LIST_TEMPLATES,
    CHANGE_TEMPLATE,
)
