"""Who may do what with people and units; a scope sees only the postings of the roles that its line names."""

from p2k2lms.core.access import ANYONE, anything, permission
from p2k2lms.plugins.identity.rules import in_own_units

CHANGE_ACCOUNT = permission("identity.change_account", (ANYONE, anything))
LIST_PEOPLE = permission("identity.list_people", ("admin", in_own_units))
CREATE_PERSON = permission("identity.create_person", ("admin", in_own_units))
IMPORT_PEOPLE = permission("identity.import_people", ("admin", in_own_units))
CHANGE_PERSON = permission("identity.change_person", ("admin", in_own_units))
CHANGE_POSTING = permission("identity.change_posting", ("admin", in_own_units))
CHANGE_SUPERVISION = permission("identity.change_supervision", ("admin", in_own_units))
LIST_UNITS = permission("identity.list_units", ("admin", in_own_units))
CREATE_UNIT = permission("identity.create_unit", ("admin", in_own_units))
CHANGE_SETTING = permission("identity.change_setting", ("admin", in_own_units))
READ_AUDIT = permission("core.read_audit", ("admin", anything))

ALL = (
    CHANGE_ACCOUNT,
    LIST_PEOPLE,
    CREATE_PERSON,
    IMPORT_PEOPLE,
    CHANGE_PERSON,
    CHANGE_POSTING,
    CHANGE_SUPERVISION,
    LIST_UNITS,
    CREATE_UNIT,
    CHANGE_SETTING,
    READ_AUDIT,
)
