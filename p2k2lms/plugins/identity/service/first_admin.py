"""The first account of a real database: an admin, made by whoever holds the machine."""

from p2k2lms.core import clock
from p2k2lms.core.errors import Conflict, Fault
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Person, Posting
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.service import checks
from p2k2lms.plugins.identity.service.password import new_hash
from p2k2lms.plugins.identity.values import PersonData


def must_want_admin(again: bool) -> None:
    """Refuse where there is an admin today already, unless one more is wanted."""
    if not again and read.ids_with_role("admin", clock.today()):
        raise Conflict(_("Sudah ada admin. Untuk menambah satu lagi, pakai --again."))


def add_admin(data: PersonData, unit_code: str, password: str, again: bool = False) -> int:
    """Make an account that looks after a unit and all below it. Returns the id.

    No actor: who may run commands on this machine holds the database in hand.
    """
    clean, faults = checks.person(data, new=True)
    unit = read_units.unit_by_code(rules.plain(unit_code).upper())
    if unit is None:
        faults = [*faults, Fault("unit_code", _("Kode wilayah ini tidak ada. Contoh: ID."))]
    checks.refuse(faults)
    assert unit is not None
    unit_id = unit.id
    made = new_hash(password, Person(**clean), "password")
    with unit_of_work("identity.add_admin") as uow:
        must_want_admin(again)
        checks.refuse(checks.taken(clean, None))
        person = uow.add(Person(**clean, password_hash=made))
        uow.subject = f"person:{person.id}"
        uow.add(Posting(person_id=person.id, role="admin", unit_id=unit_id, valid_from=clock.today()))
        return person.id
