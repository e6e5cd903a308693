"""One's own password: changed by who knows the old one, and what a new one may be."""

from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock, nature
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import passwords, rules
from p2k2lms.plugins.identity.models import Person
from p2k2lms.plugins.identity.permissions import CHANGE_ACCOUNT
from p2k2lms.plugins.identity.queries import codes as read_codes
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.service.opening import Door, hash_of, note_refusal, slow_down
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS


@dataclass(frozen=True)
class Shown:
    """A password that was shown again: the hash it fits, and the try that was counted for it."""

    known: str
    key: str
    at: datetime

    def forget_tries(self) -> None:
        """No try before this one counts any more; inside the caller's transaction."""
        sessions.forget_tries(self.key, "", self.at, self.at - rules.REMEMBERED)


def shown_again(actor: Actor, typed: str, door: Door) -> Shown:
    """The password of who acts, asked again; Invalid (`current`) when it does not fit, TooMany for who guesses on a
    device that was left open."""
    row, started = read.person(actor.id or 0), clock.now()
    known = row.password_hash if row else None
    key = door.key("password", f"person {actor.id}")
    slow_down(key, "", started)
    if not passwords.fits(typed, known) or known is None:
        note_refusal("old password")
        raise Invalid(_("Kata sandi sekarang tidak cocok."), "current")
    return Shown(known, key, started)


def change_password(
    actor: Actor, current: str, new: str, door: Door, token: str = "", public_demo: bool = False
) -> None:
    """Replace one's own password; every other device is signed out. Strangers share the accounts of a public demo."""
    require(actor, CHANGE_ACCOUNT)
    row = read.person(actor.id or 0)
    if public_demo and row and row.pkh_id in DEMO_ACCOUNTS:
        raise Invalid(_("Akun contoh dipakai bersama. Kata sandinya tetap."))
    shown = shown_again(actor, current, door)
    made = new_hash(new, row, "new")
    with unit_of_work("identity.change_password", actor, f"person:{actor.id}"):
        person = read.person(actor.id or 0)
        if person is None or person.password_hash != shown.known:
            raise Invalid(_("Kata sandi baru saja diganti di HP lain. Masuk lagi."), "current")
        person.password_hash = made
        read_codes.void([person.id], clock.now())
        shown.forget_tries()
        sessions.revoke_sessions(person.id, clock.now(), hash_of(token))


def new_hash(password: str, person: Person | None, field: str) -> str:
    """The hash of a password that may be used; Invalid says why one may not."""
    for fault in password_faults(password, person, field):
        raise Invalid(fault.message, field)
    return passwords.hashed(password)


def password_faults(password: str, person: Person | None, field: str) -> list[Fault]:
    """Why a password may not be used, if it may not."""
    own = (person.phone, person.email, person.pkh_id, person.name) if person else ()
    fault = rules.password_fault(password, own, bool(nature.is_demo()))
    return [Fault(field, _password_says(fault))] if fault else []


def _password_says(fault: str) -> str:
    return {
        "short": _("Kata sandi paling sedikit 8 huruf atau angka."),
        "long": _("Kata sandi paling panjang 200 huruf."),
        "known": _("Kata sandi ini mudah ditebak. Pilih yang lain."),
        "own": _("Kata sandi jangan sama dengan nama atau nomor sendiri."),
    }[fault]
