"""Codes that open an account once: made by an officer or a supervisor, used by the person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock, sealing
from p2k2lms.core.access import SYSTEM, Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.identity.models import EntryCode, Person
from p2k2lms.plugins.identity.permissions import CREATE_ACTIVATION, CREATE_RESET_CODE, LIST_RESET_CODES, by_admin
from p2k2lms.plugins.identity.queries import codes as read
from p2k2lms.plugins.identity.queries import people as read_people
from p2k2lms.plugins.identity.queries import second as read_second
from p2k2lms.plugins.identity.rules import codes as rules
from p2k2lms.plugins.identity.rules import is_within
from p2k2lms.plugins.identity.rules.codes import ACTIVATION, RESET
from p2k2lms.plugins.identity.service.opening import named

MOST_AT_ONCE = 100
PAGE = 50
PURPOSE = "identity.entry_code"


@dataclass(frozen=True)
class NewCode:
    """A code at the one moment when it can be read, for whom it is, and until when it holds."""

    person_id: int
    name: str
    phone: str | None
    pkh_id: str | None
    code: str
    until: datetime


@dataclass(frozen=True)
class ResetLine:
    """A line of the list of resets: for whom, by whom, when, and whether it was used."""

    id: int
    person_id: int
    name: str
    by: str
    at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class WaitingLine:
    """Somebody who never came in, and until when a code holds; None without one."""

    id: int
    name: str
    pkh_id: str | None
    until: datetime | None


def hashed(code: str) -> str:
    """What the database keeps of a code; nobody without the index key can try codes against it."""
    return sealing.blind(code, PURPOSE)


def waiting(actor: Actor, after: tuple[str, int] = ("", 0)) -> tuple[list[WaitingLine], tuple[str, int] | None]:
    """A page of the people in the officer's units who never came in, and behind whom the next one begins."""
    require(actor, CREATE_ACTIVATION)
    rows = read.without_password(actor.paths("admin"), clock.today(), clock.now(), after, PAGE + 1)
    lines = [WaitingLine(*row) for row in rows[:PAGE]]
    return lines, (lines[-1].name, lines[-1].id) if len(rows) > PAGE else None


def activation_codes(actor: Actor, person_ids: Sequence[int]) -> list[NewCode]:
    """A new code for each of these people who never came in; an older one holds no longer."""
    require(actor, CREATE_ACTIVATION)
    if not 1 <= len(set(person_ids)) <= MOST_AT_ONCE:
        raise Invalid(_("Pilih 1 sampai %(n)s orang.", n=MOST_AT_ONCE), "people")
    subject = f"person:{person_ids[0]}" if len(person_ids) == 1 else f"people:{len(person_ids)}"
    with unit_of_work("identity.create_activation", actor, subject) as uow:
        people = read.let_in_among(actor.paths("admin"), set(person_ids), clock.today())
        if len(people) != len(set(person_ids)):
            raise NotFound("person")
        if any(person.password_hash or person.status != "active" for person in people):
            raise Conflict(_("Orang ini sudah punya kata sandi, atau akunnya ditutup."))
        return _make(uow, actor, people, ACTIVATION)


def reset_hindrance(actor: Actor, person_id: int) -> str:
    """Why this person cannot be helped with a code, in words; "" when one can. NotFound outside one's scope."""
    require(actor, CREATE_RESET_CODE, person_id)
    person = read_people.person(person_id)
    if person is None:
        raise NotFound("person")
    if actor.id == person_id:
        return _("Untuk akun sendiri, ganti kata sandi di halaman Saya.")
    if person.status != "active":
        return _("Akun ini ditutup.")
    if person.password_hash is None:
        return _("Orang ini belum pernah masuk. Admin wilayah membuat kode masuk pertama.")
    held = read_people.unit_paths_of(person_id, clock.today())
    tops = actor.paths("admin")
    below = bool(tops) and all(is_within(path, tops) for _role, path in held)
    fault = rules.reset_fault(by_admin(actor, person_id), [role for role, _path in held], below)
    return {
        "": "",
        "second": _("Peran ini masuk dengan kode dari HP kedua. Pakai kode cadangan, atau hubungi pengelola server."),
        "upward": _("Orang ini juga bertugas di luar atau di atas wilayah Anda. Minta admin di atasnya."),
    }[fault]


def reset_code(actor: Actor, person_id: int) -> NewCode:
    """A code with which the person sets a new password within fifteen minutes; never upward, never with a
    second factor."""
    require(actor, CREATE_RESET_CODE, person_id)
    with unit_of_work("identity.create_reset_code", actor, f"person:{person_id}") as uow:
        if why := reset_hindrance(actor, person_id):
            raise Conflict(why)
        person = read_people.person(person_id)
        assert person is not None
        return _make(uow, actor, [person], RESET)[0]


def free(typed: str, second: bool) -> NewCode:
    """A reset code for anybody, from whoever holds the machine; `second`: the second phone is lost too."""
    person = named(typed)
    if person is None or person.status != "active":
        raise NotFound("person")
    person_id = person.id
    with unit_of_work("identity.free_account", subject=f"person:{person_id}") as uow:
        if second:
            read_second.forget_factor(person_id)
        found = read_people.person(person_id)
        assert found is not None
        return _make(uow, SYSTEM, [found], RESET)[0]


def may_help(actor: Actor, person_id: int) -> bool:
    """True if this person's page leads to a code."""
    return actor.id != person_id and allowed(actor, CREATE_RESET_CODE, person_id)


def resets(actor: Actor, before: int | None = None) -> tuple[list[ResetLine], int | None]:
    """Reset codes made for people of the actor's units, the newest first; and where the next page begins."""
    require(actor, LIST_RESET_CODES)
    rows = read.resets_in(actor.paths("koordinator", "admin"), before, PAGE + 1)
    lines = [ResetLine(r.id, r.person_id, name, by or "", r.made_at, r.used_at) for r, name, by in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


def _make(uow: UnitOfWork, actor: Actor, people: Sequence[Person], kind: str) -> list[NewCode]:
    """A code for each of these people; whatever they held before holds no longer."""
    ids, now = [person.id for person in people], clock.now()
    read.void(ids, now)
    homes = read_people.homes(ids, clock.today())
    made = []
    for person in people:
        code = rules.new(secrets.choice)
        row = EntryCode(
            person_id=person.id,
            kind=kind,
            code_hash=hashed(code),
            made_by=actor.id,
            unit_path=homes[person.id].path if person.id in homes else "",
            made_at=now,
            expires_at=now + rules.LASTS[kind],
        )
        uow.add(row)
        about = (person.id, person.name, person.phone, person.pkh_id)
        made.append(NewCode(*about, rules.grouped(code), row.expires_at))
    return made
