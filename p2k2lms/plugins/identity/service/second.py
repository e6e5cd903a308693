"""The second door of admin, evaluator and koordinator: a code of a second phone, or one of ten recovery codes."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from p2k2lms.core import clock, sealing
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.identity import rules, totp
from p2k2lms.plugins.identity.models import RecoveryCode, SecondFactor
from p2k2lms.plugins.identity.permissions import CHANGE_SECOND_FACTOR
from p2k2lms.plugins.identity.queries import people as read_people
from p2k2lms.plugins.identity.queries import second as read
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.rules import codes as code_rules
from p2k2lms.plugins.identity.service.opening import Door, Half, Opened, note_refusal, open_second, slow_down

PURPOSE = "identity.recovery_code"


@dataclass(frozen=True)
class Enrolment:
    """What somebody who sets the second phone up reads into its app; empty for who has done so."""

    secret: str
    address: str


@dataclass(frozen=True)
class SecondState:
    """Whether the second phone is set up, and how many recovery codes are left."""

    confirmed: bool
    left: int


def enrolment(half: Half) -> Enrolment:
    """The secret to set up, for who has shown the password; NotFound when the phone is set up already."""
    row, person = read.factor(half.person_id), read_people.person(half.person_id)
    if row is None or person is None or row.confirmed_at is not None:
        raise NotFound("enrolment")
    return Enrolment(row.secret, totp.address(row.secret, person.pkh_id or person.phone or person.name))


def is_enrolled(half: Half) -> bool:
    """True if the second phone is set up already."""
    row = read.factor(half.person_id)
    return row is not None and row.confirmed_at is not None


def pass_second(half: Half, typed: str, door: Door) -> tuple[Opened, list[str]]:
    """Open the account with a code of the second phone or a recovery code; the first time, ten of those come back.

    A code that was used, and every older one, is refused. Whoever guesses waits as at the first door.
    """
    key, started = door.key("second", f"person {half.person_id}"), clock.now()
    slow_down(key, "", started)
    with unit_of_work("identity.pass_second_factor", Actor(half.person_id), f"person:{half.person_id}") as uow:
        row = read.factor_to_use(half.person_id)
        if row is None:
            raise NotFound("second factor")
        _use(row, typed)
        made: list[str] = []
        if row.confirmed_at is None:
            row.confirmed_at, made = clock.now(), _new_codes(uow, half.person_id)
        sessions.forget_tries(key, "", started, started - rules.REMEMBERED)
    return open_second(half, door), made


def second_state(actor: Actor) -> SecondState:
    """One's own second door."""
    require(actor, CHANGE_SECOND_FACTOR)
    row = read.factor(actor.id or 0)
    return SecondState(row is not None and row.confirmed_at is not None, read.recovery_left(actor.id or 0))


def new_recovery_codes(actor: Actor, typed: str, door: Door) -> list[str]:
    """Ten new recovery codes, for a code of the second phone; the old ones hold no longer."""
    with _shown("identity.renew_recovery_codes", actor, typed, door) as uow:
        return _new_codes(uow, actor.id or 0)


def leave_second_phone(actor: Actor, typed: str, door: Door) -> None:
    """Forget the second phone, for one of its codes or a recovery code; every session ends, the next sign-in
    sets another one up."""
    with _shown("identity.leave_second_phone", actor, typed, door):
        read.forget_factor(actor.id or 0)
        sessions.revoke_sessions(actor.id or 0, clock.now())


@contextmanager
def _shown(use_case: str, actor: Actor, typed: str, door: Door) -> Iterator[UnitOfWork]:
    """A transaction for who shows a good code now; slow for who guesses on a device that was left open."""
    require(actor, CHANGE_SECOND_FACTOR)
    key, started = door.key("second", f"person {actor.id}"), clock.now()
    slow_down(key, "", started)
    with unit_of_work(use_case, actor, f"person:{actor.id}") as uow:
        row = read.factor_to_use(actor.id or 0)
        if row is None or row.confirmed_at is None:
            raise NotFound("second factor")
        _use(row, typed)
        sessions.forget_tries(key, "", started, started - rules.REMEMBERED)
        yield uow


def _use(row: SecondFactor, typed: str) -> None:
    """Take a code once; Invalid for one that is wrong or was used."""
    bare = "".join(sign for sign in rules.plain(typed[:40]).upper() if sign.isalnum())
    step = totp.step_of(row.secret, bare, clock.now()) if bare.isascii() and bare.isdecimal() else None
    if step is not None and step > row.last_counter:
        row.last_counter = step
        return
    spare = read.recovery(row.person_id, sealing.blind(bare, PURPOSE)) if row.confirmed_at else None
    if spare is None:
        note_refusal("second factor")
        raise Invalid(_("Kode ini salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."), "code")
    spare.used_at = clock.now()


def _new_codes(uow: UnitOfWork, person_id: int) -> list[str]:
    read.forget_recovery(person_id)
    made = [code_rules.new_recovery(secrets.choice) for _number in range(code_rules.RECOVERY_CODES)]
    for code in made:
        uow.add(RecoveryCode(person_id=person_id, code_hash=sealing.blind(code, PURPOSE)))
    return [f"{code[:5]}-{code[5:]}" for code in made]
