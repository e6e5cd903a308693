"""Opening an account on a device and closing it again, slowly for whoever guesses."""

import hashlib
import logging
import math
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from p2k2lms.core import clock, nature
from p2k2lms.core.access import Actor, Posting
from p2k2lms.core.errors import DomainError, Invalid, NotFound
from p2k2lms.core.i18n import _, moment
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import passwords, rules, totp
from p2k2lms.plugins.identity.models import LoginSession, Person, SecondFactor
from p2k2lms.plugins.identity.queries import codes as read_codes
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import second as read_second
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.rules.codes import SECOND_FACTOR, TOLD
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS, DEMO_PASSWORD

log = logging.getLogger(__name__)
OPEN_FOR = timedelta(days=90)
SHARED_FOR = timedelta(hours=12)
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
    """An open session: the token for the browser, the device, who acts, on which clock, and who made resets one should
    know of."""

    token: str
    device_key: str
    session_id: int
    last_seen: datetime
    actor: Actor
    resets: tuple[str, ...] = ()
    shared: bool = False
    zone: str = clock.HOME


@dataclass(frozen=True)
class Half:
    """Somebody who has shown the password, and must now show a code of the second phone."""

    person_id: int
    shared: bool


@dataclass(frozen=True)
class Way:
    """How somebody comes in: a hash to renew, the try that was counted, a shared device, the second factor shown."""

    dated: str | None = None
    counted: tuple[str, str, datetime] | None = None
    shared: bool = False
    second: bool = False


class TooMany(DomainError):
    """Too many tries: the next one must wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def sign_in(typed: str, password: str, door: Door, shared: bool = False) -> Opened | Half:
    """Open the account that this phone number, e-mail or PKH id names; Invalid never says which part was wrong.

    A role with a second factor stands half way then, except in a demo. `shared`: several people use the device.
    """
    person = named(typed)
    started = clock.now()
    account, address = _keys(typed, person, door)
    slow_down(account, address, started)
    known = person.password_hash if person else None
    fits = passwords.fits(password, known)
    if not fits or person is None or person.status != "active" or _is_demo_word_in_real(password):
        note_refusal("password")
        raise Invalid(_("Nomor dan kata sandi tidak cocok."), "password")
    dated = passwords.hashed(password) if passwords.is_dated(known or "") else None
    return _admit(person.id, door, Way(dated, (account, address, started), shared))


def come_in(person_id: int, door: Door) -> Opened | Half:
    """Open the account of whoever has just shown a good code; to the second door, where there is one."""
    return _admit(person_id, door, Way())


def open_second(half: Half, door: Door) -> Opened:
    """Open the account of whoever has passed both doors."""
    return _open(half.person_id, door, Way(shared=half.shared, second=True))


def open_demo(word: str, door: Door) -> Opened:
    """Open one of the shared accounts of a demo by one tap; elsewhere there is no such thing."""
    person = read.holder_of(None, None, word) if word in DEMO_ACCOUNTS and nature.is_demo() else None
    if person is None or person.status != "active":
        raise NotFound("demo account")
    return _open(person.id, door, Way(second=True))


def demo_accounts() -> list[str]:
    """The shared accounts that a demo offers at its door; none in a real database."""
    if not nature.is_demo():
        return []
    there = read.pkh_ids_among(list(DEMO_ACCOUNTS))
    return [word for word in DEMO_ACCOUNTS if word in there]


def actor_of(token: str, frozen_roles: frozenset[str] = frozenset()) -> Opened | None:
    """Who holds this token today, with the postings of the day; None for an ended session or a closed account,
    and for one that has become a role with a second factor without having shown any.

    Whoever holds one of the frozen roles may look at everything and change nothing.
    """
    rows = sessions.who(hash_of(token), clock.now(), clock.today())
    if not rows:
        return None
    first = rows[0]
    postings = tuple(Posting(row.role, row.unit_id, row.path) for row in rows if row.role)
    if not first.second and any(posting.role in SECOND_FACTOR for posting in postings):
        return None
    frozen = any(posting.role in frozen_roles for posting in postings)
    actor = Actor(first.person_id, first.name, postings, frozen)
    known = {"shared": first.shared, "zone": first.zone or clock.HOME}
    return Opened(token, first.device_key, first.id, first.last_seen, actor, **known)


def leaver_of(token: str) -> Opened | None:
    """Whose phone this is, though the account has been closed since: it may leave what lies on it, and no more."""
    found = sessions.of_closed(hash_of(token), clock.now())
    if found is None:
        return None
    row, person = found
    actor = Actor(person.id, person.name, closed=True)
    return Opened(token, row.device_key, row.id, row.last_seen, actor, shared=row.shared)


def note_use(opened: Opened) -> None:
    """Remember that a device sends something, at most twice a day."""
    if clock.now() - opened.last_seen >= SEEN_EVERY:
        sessions.touch(opened.session_id, clock.now())


def sign_out(token: str) -> None:
    """End this session; a second time is harmless."""
    found = sessions.by_token(hash_of(token)) if token else None
    if found is None or found.revoked_at is not None:
        return
    with unit_of_work("identity.sign_out", Actor(found.person_id), f"person:{found.person_id}"):
        found.revoked_at = clock.now()


def named(typed: str) -> Person | None:
    """Whose phone number, e-mail or PKH id this is, however it was typed."""
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


def note_refusal(what: str) -> None:
    """Say in the log that a way in was refused, and at which door; whose it was stands in no log."""
    log.warning("a way in was refused: %s", what)


def slow_down(account: str, address: str, now: datetime) -> None:
    """Count a try under these names, the empty ones left out; TooMany for who must wait first."""
    kinds = {key: kind for key, kind in ((account, "account"), (address, "address")) if key}
    waits: list[timedelta] = []

    def may_go(earlier: dict[str, list[datetime]]) -> bool:
        waits.extend(rules.wait(kind, earlier[key], now) for key, kind in kinds.items())
        return not max(waits)

    sessions.count_try(list(kinds), now - rules.REMEMBERED, now, may_go)
    if max(waits):
        note_refusal("too many tries")
        raise TooMany(math.ceil(max(waits).total_seconds()))


def _is_demo_word_in_real(password: str) -> bool:
    return password == DEMO_PASSWORD and not nature.is_demo()


def _admit(person_id: int, door: Door, way: Way) -> Opened | Half:
    """Open the account, or lead to the second door, where a secret waits to be set up."""
    roles = {role for role, _path in read.unit_paths_of(person_id, clock.today())}
    demo = bool(nature.is_demo())
    if demo or not roles & SECOND_FACTOR:
        return _open(person_id, door, replace(way, second=demo))
    with unit_of_work("identity.pass_password", Actor(person_id), f"person:{person_id}") as uow:
        _note_password(person_id, way)
        if read_second.factor(person_id) is None:
            uow.add(SecondFactor(person_id=person_id, secret=totp.new_secret()))
    return Half(person_id, way.shared)


def _note_password(person_id: int, way: Way) -> None:
    """A good password forgets the tries before it, and renews a hash of other strength."""
    if way.counted:
        sessions.forget_tries(*way.counted, before=clock.now() - TRIES_KEPT)
    person = read.person(person_id) if way.dated else None
    if person:
        person.password_hash = way.dated


def _open(person_id: int, door: Door, way: Way) -> Opened:
    token, now = secrets.token_urlsafe(32), clock.now()
    with unit_of_work("identity.sign_in", Actor(person_id), f"person:{person_id}") as uow:
        row = LoginSession(
            token_hash=hash_of(token),
            person_id=person_id,
            device_key=door.device_key,
            device_label=door.device_label[:80],
            created_at=now,
            last_seen=now,
            expires_at=now + (SHARED_FOR if way.shared else OPEN_FOR),
            second=way.second,
            shared=way.shared,
        )
        uow.add(row)
        _note_password(person_id, way)
        told = _told(person_id) if way.counted or way.second else ()
        return Opened(token, door.device_key, row.id, now, Actor(person_id), told, way.shared)


def _told(person_id: int) -> tuple[str, ...]:
    """Who made the codes by which the password was reset, at the next three sign-ins with a password."""
    rows = read_codes.to_tell(person_id, TOLD)
    for row, _name in rows:
        row.told += 1
    by = [(name or _("pengelola server"), moment(row.used_at or row.made_at)) for row, name in rows]
    return tuple(f"{name}, {when}" for name, when in by)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
