"""Coming in with a code: the first time, or after the password was lost; slowly for whoever guesses codes."""

from dataclasses import dataclass, replace
from datetime import datetime

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import EntryCode, Person
from p2k2lms.plugins.identity.queries import codes as read
from p2k2lms.plugins.identity.queries import people as read_people
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.rules.codes import ACTIVATION
from p2k2lms.plugins.identity.rules.codes import read as read_code
from p2k2lms.plugins.identity.service import corrections
from p2k2lms.plugins.identity.service.cards import person_card
from p2k2lms.plugins.identity.service.codes import hashed
from p2k2lms.plugins.identity.service.opening import Door, note_refusal, slow_down
from p2k2lms.plugins.identity.service.password import new_hash
from p2k2lms.plugins.identity.values import PersonCard


@dataclass(frozen=True)
class Entry:
    """Whom a code lets in, and whether it is for the first time."""

    person: PersonCard
    first: bool


@dataclass(frozen=True)
class Confirmed:
    """What a person confirms at the first use: the name as on the certificate, and the phone number."""

    name_on_certificate: str
    phone: str


def look_at_code(typed: str, door: Door) -> Entry:
    """Whom this code lets in; Invalid for one that is wrong, used or too old, and slow for who tries many."""
    key, started = door.key("code", door.address), clock.now()
    slow_down("", key, started)
    row, person = _held(typed)
    with unit_of_work("identity.look_at_code", Actor(person.id), f"person:{person.id}"):
        sessions.forget_tries("", key, started, started - rules.REMEMBERED)
    return Entry(person_card(person), row.kind == ACTIVATION)


def use_code(typed: str, password: str, told: Confirmed, door: Door) -> int:
    """Set the password, once; every session of before ends. Returns whose account it is.

    At the first use a changed phone number holds at once, for it is where the person is reached; a changed name
    goes to the admin, for it stands on certificates.
    """
    entry = look_at_code(typed, door)
    made = new_hash(password, read_people.person(entry.person.id), "password")
    phone = _phone(told.phone, entry) if entry.first else entry.person.phone
    with unit_of_work("identity.use_code", Actor(entry.person.id), f"person:{entry.person.id}") as uow:
        row, person = _held(typed)
        now = clock.now()
        row.used_at = now
        read.void([person.id], now)
        person.password_hash = made
        sessions.revoke_sessions(person.id, now)
        if entry.first:
            person.confirmed_at = now
            _confirm(uow, person, told, phone)
        return person.id


def _confirm(uow: UnitOfWork, person: Person, told: Confirmed, phone: str | None) -> None:
    if phone != person.phone:
        if phone and read_people.taken(phone, None, None, person.id):
            raise Invalid(_("Nomor HP ini sudah dipakai orang lain."), "phone")
        person.phone = phone
    name = rules.plain(told.name_on_certificate)
    if name and name != (person.name_on_certificate or person.name):
        data = corrections.data_of(person)
        corrections.ask_in(uow, person, replace(data, name_on_certificate=name))


def _phone(typed: str, entry: Entry) -> str | None:
    """The number that was confirmed; empty keeps what is known."""
    if not rules.plain(typed):
        return entry.person.phone
    number = rules.phone(typed)
    if number is None:
        said = _("Ini bukan nomor HP Indonesia. Contoh: 0813 4977 2216.")
        raise Invalid(said, "phone", [Fault("phone", said)])
    return number


def _held(typed: str) -> tuple[EntryCode, Person]:
    """The code that can be used now, locked inside a transaction, and its person."""
    bare, now = read_code(typed), clock.now()
    row = read.by_hash(hashed(bare)) if bare else None
    person = read_people.person(row.person_id) if row else None
    if row is None or person is None or not _is_live(row, now) or person.status != "active":
        note_refusal("code")
        raise Invalid(_("Kode ini salah, sudah dipakai, atau sudah lewat waktunya. Minta kode baru."), "code")
    return row, person


def _is_live(row: EntryCode, now: datetime) -> bool:
    return row.used_at is None and row.expires_at > now
