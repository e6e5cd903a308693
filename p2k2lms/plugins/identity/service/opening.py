"""Opening an account on a device and closing it again, slowly for whoever guesses."""

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from p2k2lms.core import clock, nature
from p2k2lms.core.access import Actor, Posting, require
from p2k2lms.core.errors import DomainError, Invalid, NotFound
from p2k2lms.core.i18n import _, moment
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import passwords, rules
from p2k2lms.plugins.identity.models import LoginSession, Person
from p2k2lms.plugins.identity.permissions import CHANGE_ACCOUNT
from p2k2lms.plugins.identity.queries import codes as read_codes
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.rules.codes import TOLD
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS, DEMO_PASSWORD, SessionCard

OPEN_FOR = timedelta(days=90)
SEEN_EVERY = timedelta(hours=12)
TRIES_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """Where somebody stands who wants to come in: the device, its name for people, the address, our secret."""

    device_key: str
    device_label: str
    address: str
    secret: str

    def key(self, *words: str) -> str:
        """A name for these words that says nothing to whoever reads the table without the secret."""
        return hashlib.sha256("\x1f".join((self.secret, *words)).encode()).hexdigest()


@dataclass(frozen=True)
class Opened:
    """An open session: the token for the browser, the device, who acts, and who made resets one should know of."""

    token: str
    device_key: str
    session_id: int
    last_seen: datetime
    actor: Actor
    resets: tuple[str, ...] = ()


class TooMany(DomainError):
    """Too many tries: the next one must wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def sign_in(typed: str, password: str, door: Door) -> Opened:
    """Open the account that this phone number, e-mail or PKH id names; Invalid never says which part was wrong."""
    person = _named(typed)
    started = clock.now()
    account, address = _keys(typed, person, door)
    slow_down(account, address, started)
    known = person.password_hash if person else None
    fits = passwords.fits(password, known)
    if not fits or person is None or person.status != "active" or _is_demo_word_in_real(password):
        raise Invalid(_("Nomor dan kata sandi tidak cocok."), "password")
    dated = passwords.hashed(password) if passwords.is_dated(known or "") else None
    return _open(person.id, door, dated, (account, address, started))


def come_in(person_id: int, door: Door) -> Opened:
    """Open the account of whoever has just shown a good code."""
    return _open(person_id, door, None, None)


def open_demo(word: str, door: Door) -> Opened:
    """Open one of the shared accounts of a demo by one tap; elsewhere there is no such thing."""
    person = read.holder_of(None, None, word) if word in DEMO_ACCOUNTS and nature.is_demo() else None
    if person is None or person.status != "active":
        raise NotFound("demo account")
    return _open(person.id, door, None, None)


def demo_accounts() -> list[str]:
    """The shared accounts that a demo offers at its door; none in a real database."""
    if not nature.is_demo():
        return []
    there = read.pkh_ids_among(list(DEMO_ACCOUNTS))
    return [word for word in DEMO_ACCOUNTS if word in there]


def actor_of(token: str, frozen_roles: frozenset[str] = frozenset()) -> Opened | None:
    """Who holds this token today, with the postings of the day; None for an ended session or a closed account.

    Whoever holds one of the frozen roles may look at everything and change nothing.
    """
    rows = sessions.who(_hash(token), clock.now(), clock.today())
    if not rows:
        return None
    first = rows[0]
    postings = tuple(Posting(row.role, row.unit_id, row.path) for row in rows if row.role)
    frozen = any(posting.role in frozen_roles for posting in postings)
    actor = Actor(first.person_id, first.name, postings, frozen)
    return Opened(token, first.device_key, first.id, first.last_seen, actor)


def note_use(opened: Opened) -> None:
    """Remember that a device sends something, at most twice a day."""
    if clock.now() - opened.last_seen >= SEEN_EVERY:
        sessions.touch(opened.session_id, clock.now())


def sign_out(token: str) -> None:
    """End this session; a second time is harmless."""
    found = sessions.by_token(_hash(token)) if token else None
    if found is None or found.revoked_at is not None:
        return
    with unit_of_work("identity.sign_out", Actor(found.person_id), f"person:{found.person_id}"):
        found.revoked_at = clock.now()


def open_sessions(actor: Actor) -> list[SessionCard]:
    """The devices on which one's own account is open."""
    require(actor, CHANGE_ACCOUNT)
    rows = sessions.open_sessions(actor.id or 0, clock.now())
    return [SessionCard(row.id, row.device_label, row.created_at, row.last_seen) for row in rows]


def revoke_session(actor: Actor, session_id: int) -> None:
    """Sign one of one's own devices out."""
    require(actor, CHANGE_ACCOUNT)
    with unit_of_work("identity.revoke_session", actor, f"person:{actor.id}"):
        found = sessions.session(session_id)
        if found is None or found.person_id != actor.id:
            raise NotFound("session")
        found.revoked_at = found.revoked_at or clock.now()


def sign_out_everywhere(actor: Actor) -> None:
    """End every session of one's own account, this one too."""
    require(actor, CHANGE_ACCOUNT)
    with unit_of_work("identity.sign_out_everywhere", actor, f"person:{actor.id}"):
        sessions.revoke_sessions(actor.id or 0, clock.now())


def change_password(
    actor: Actor, current: str, new: str, door: Door, token: str = "", public_demo: bool = False
) -> None:
    """Replace one's own password; every other device is signed out. Strangers share the accounts of a public demo.

    Who guesses at the old one on a device that was left open waits as at the door.
    """
    require(actor, CHANGE_ACCOUNT)
    row = read.person(actor.id or 0)
    if public_demo and row and row.pkh_id in DEMO_ACCOUNTS:
        raise Invalid(_("Akun contoh dipakai bersama. Kata sandinya tetap."))
    known, started = row.password_hash if row else None, clock.now()
    tries = door.key("password", f"person {actor.id}")
    slow_down(tries, "", started)
    if not passwords.fits(current, known):
        raise Invalid(_("Kata sandi sekarang tidak cocok."), "current")
    made = new_hash(new, row, "new")
    with unit_of_work("identity.change_password", actor, f"person:{actor.id}"):
        person = read.person(actor.id or 0)
        if person is None or person.password_hash != known:
            raise Invalid(_("Kata sandi baru saja diganti di HP lain. Masuk lagi."), "current")
        person.password_hash = made
        read_codes.void([person.id], clock.now())
        sessions.forget_tries(tries, "", started, started - rules.REMEMBERED)
        sessions.revoke_sessions(person.id, clock.now(), _hash(token))


def new_hash(password: str, person: Person | None, field: str) -> str:
    """The hash of a password that may be used; Invalid says why one may not."""
    own = (person.phone, person.email, person.pkh_id, person.name) if person else ()
    fault = rules.password_fault(password, own, bool(nature.is_demo()))
    if fault:
        raise Invalid(_password_says(fault), field)
    return passwords.hashed(password)


def _password_says(fault: str) -> str:
    return {
        "short": _("Kata sandi paling sedikit 8 huruf atau angka."),
        "long": _("Kata sandi paling panjang 200 huruf."),
        "known": _("Kata sandi ini mudah ditebak. Pilih yang lain."),
        "own": _("Kata sandi jangan sama dengan nama atau nomor sendiri."),
    }[fault]


def _named(typed: str) -> Person | None:
    phone = rules.phone(typed)
    if phone:
        return read.holder_of(phone, None, None)
    return read.holder_of(None, rules.email(typed), rules.pkh_id(typed))


def _keys(typed: str, person: Person | None, door: Door) -> tuple[str, str]:
    """Under which names a try is counted: the account on this device, and the address.

    A device that has opened this account before counts by itself, so that a stranger who guesses from
    elsewhere, even behind the same address, cannot slow down the owner.
    """
    word = f"person {person.id}" if person else rules.plain(typed).casefold()
    if person and door.device_key and sessions.knows_device(person.id, door.device_key):
        return door.key("account", word, door.device_key), ""
    return door.key("account", word, door.address), door.key("address", door.address)


def slow_down(account: str, address: str, now: datetime) -> None:
    """Count a try under these names, the empty ones left out; TooMany for who must wait first."""
    kinds = {key: kind for key, kind in ((account, "account"), (address, "address")) if key}
    waits: list[timedelta] = []

    def may_go(earlier: dict[str, list[datetime]]) -> bool:
        waits.extend(rules.wait(kind, earlier[key], now) for key, kind in kinds.items())
        return not max(waits)

    sessions.count_try(list(kinds), now - rules.REMEMBERED, now, may_go)
    if max(waits):
        raise TooMany(math.ceil(max(waits).total_seconds()))


def _is_demo_word_in_real(password: str) -> bool:
    return password == DEMO_PASSWORD and not nature.is_demo()


def _open(person_id: int, door: Door, dated: str | None, counted: tuple[str, str, datetime] | None) -> Opened:
    token, now = secrets.token_urlsafe(32), clock.now()
    with unit_of_work("identity.sign_in", Actor(person_id), f"person:{person_id}") as uow:
        row = LoginSession(
            token_hash=_hash(token),
            person_id=person_id,
            device_key=door.device_key,
            device_label=door.device_label[:80],
            created_at=now,
            last_seen=now,
            expires_at=now + OPEN_FOR,
        )
        uow.add(row)
        if counted:
            sessions.forget_tries(*counted, before=now - TRIES_KEPT)
        person = read.person(person_id) if dated else None
        if person:
            person.password_hash = dated
        told = _told(person_id) if counted else ()
        return Opened(token, door.device_key, row.id, now, Actor(person_id), told)


def _told(person_id: int) -> tuple[str, ...]:
    """Who made the codes by which the password was reset, at the next three sign-ins with a password."""
    rows = read_codes.to_tell(person_id, TOLD)
    for row, _name in rows:
        row.told += 1
    by = [(name or _("pengelola server"), moment(row.used_at or row.made_at)) for row, name in rows]
    return tuple(f"{name}, {when}" for name, when in by)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
