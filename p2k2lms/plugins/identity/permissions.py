"""Who may do what with people and units; a scope sees only the postings of the roles that its line names."""

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.rules import in_own_units


def assigned(actor: Actor, person_id: int) -> bool:
    """The scope `assigned`: the actor supervises this person today."""
    return actor.id is not None and actor.id == read.about(person_id, clock.today())[1]


def among_own_people(actor: Actor, person_id: int) -> bool:
    """The scope `unit` for a person: one of those whom an admin of these units sees."""
    return read.may_see_person(actor.paths("admin"), person_id, clock.today())


def by_admin(actor: Actor, person_id: int) -> bool:
    """True if it is as an admin that the actor reaches this person."""
    return "admin" in actor.roles and among_own_people(actor, person_id)


CHANGE_ACCOUNT = permission("identity.change_account", (ANYONE, anything))
CHANGE_SECOND_FACTOR = permission("identity.change_second_factor", ("admin evaluator koordinator", anything))
LIST_PEOPLE = permission("identity.list_people", ("admin", in_own_units))
CREATE_PERSON = permission("identity.create_person", ("admin", in_own_units))
IMPORT_PEOPLE = permission("identity.import_people", ("admin", in_own_units))
CREATE_ACTIVATION = permission("identity.create_activation", ("admin", in_own_units))
CREATE_RESET_CODE = permission("identity.create_reset_code", ("supervisor", assigned), ("admin", among_own_people))
LIST_RESET_CODES = permission("identity.list_reset_codes", ("koordinator admin", in_own_units))
APPROVE_CORRECTION = permission("identity.approve_correction", ("admin", in_own_units))
DECIDE_SUBMISSION = permission("identity.decide_submission", ("admin", in_own_units))
CHANGE_PERSON = permission("identity.change_person", ("admin", in_own_units))
CHANGE_POSTING = permission("identity.change_posting", ("admin", in_own_units))
CHANGE_SUPERVISION = permission("identity.change_supervision", ("admin", in_own_units))
LIST_UNITS = permission("identity.list_units", ("admin", in_own_units))
CREATE_UNIT = permission("identity.create_unit", ("admin", in_own_units))
CHANGE_SETTING = permission("identity.change_setting", ("admin", in_own_units))
EXPORT_OWN = permission("identity.export_own", (ANYONE, anything))
DECIDE_ERASURE = permission("identity.decide_erasure", ("admin", in_own_units))
CHANGE_BREACH = permission("identity.change_breach", ("admin", in_own_units))
READ_AUDIT = permission("core.read_audit", ("admin", anything))

ALL = (
    CHANGE_ACCOUNT,
    CHANGE_SECOND_FACTOR,
    LIST_PEOPLE,
    CREATE_PERSON,
    IMPORT_PEOPLE,
    CREATE_ACTIVATION,
    CREATE_RESET_CODE,
    LIST_RESET_CODES,
    APPROVE_CORRECTION,
    DECIDE_SUBMISSION,
    CHANGE_PERSON,
    CHANGE_POSTING,
    CHANGE_SUPERVISION,
    LIST_UNITS,
    CREATE_UNIT,
    CHANGE_SETTING,
    EXPORT_OWN,
    DECIDE_ERASURE,
    CHANGE_BREACH,
    READ_AUDIT,
)
