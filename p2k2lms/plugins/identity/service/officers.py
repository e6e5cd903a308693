"""What an officer does with people: look them up, add, change, post, close; always within own units."""

from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.events import PostingEnded
from p2k2lms.plugins.identity.models import Person, Posting
from p2k2lms.plugins.identity.permissions import CHANGE_PERSON, CHANGE_POSTING, CREATE_PERSON, LIST_PEOPLE
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.service import checks
from p2k2lms.plugins.identity.service.cards import person_card
from p2k2lms.plugins.identity.service.leaving import leave_supervision
from p2k2lms.plugins.identity.service.password import new_hash, password_faults
from p2k2lms.plugins.identity.values import (
    PeoplePage,
    PersonCard,
    PersonData,
    PersonLine,
    PostingData,
)

PAGE = 50


def people_page(actor: Actor, words: str = "", after: tuple[str, int] = ("", 0), limit: int = PAGE) -> PeoplePage:
    """The people of the officer's units whose name, PKH id or phone holds every word, by name."""
    require(actor, LIST_PEOPLE)
    paths = actor.paths("admin")
    rows = read.officers_people(paths, clock.today(), rules.plain(words)[:100], after, limit + 1)
    homes = read.homes([row[0] for row in rows], clock.today())
    lines = [PersonLine(*row, home=homes[row[0]].name if row[0] in homes else "") for row in rows[:limit]]
    return PeoplePage(tuple(lines), (lines[-1].name, lines[-1].id) if len(rows) > limit else None)


def person_for_officer(actor: Actor, person_id: int) -> PersonCard:
    """A person of the officer's units; others do not exist for this officer."""
    require(actor, LIST_PEOPLE)
    row = read.person(person_id)
    if row is None or not read.may_see_person(actor.paths("admin"), person_id, clock.today()):
        raise NotFound("person")
    return person_card(row)


def person_data(actor: Actor, person_id: int) -> PersonData:
    """What is written about a person, for the form that changes it."""
    person_for_officer(actor, person_id)
    row = read.person(person_id)
    if row is None:
        raise NotFound("person")
    told = {name: getattr(row, name) for name in PersonData.__dataclass_fields__}
    return PersonData(**(told | {name: told[name] or "" for name in ("phone", "email", "pkh_id")}))


def may_change(actor: Actor, person_id: int) -> bool:
    """True if all that the person is today lies in the officer's units: nobody changes who stands above."""
    tops = actor.paths("admin")
    return bool(tops) and all(
        rules.is_within(path, tops) for _role, path in read.unit_paths_of(person_id, clock.today())
    )


def add_person(actor: Actor, data: PersonData, first: PostingData, password: str = "") -> int:
    """Make an account with its first posting; without a password nobody can sign in yet. Returns the id."""
    checks.refuse(faults_of_new(actor, data, first, password))
    clean, _none = checks.person(data, new=True)
    made = new_hash(password, Person(**clean), "password") if password else None
    with unit_of_work("identity.add_person", actor) as uow:
        unit, gone = checks.posting(actor, first)
        checks.refuse([*gone, *checks.taken(clean, None)])
        assert unit is not None
        person = uow.add(Person(**clean, password_hash=made))
        uow.subject = f"person:{person.id}"
        uow.add(Posting(person_id=person.id, role=first.role, unit_id=unit.id, valid_from=first.valid_from))
        return person.id


def faults_of_new(actor: Actor, data: PersonData, first: PostingData, password: str = "") -> list[Fault]:
    """All that keeps a person from being added, at once: the data, the posting, the password, what others have."""
    require(actor, CREATE_PERSON)
    clean, faults = checks.person(data, new=True)
    _unit, more = checks.posting(actor, first)
    weak = password_faults(password, Person(**clean), "password") if password else []
    return [*faults, *more, *checks.taken(clean, None), *weak]


def change_person(actor: Actor, person_id: int, data: PersonData) -> None:
    """Write what is known about a person anew."""
    clean, faults = checks.person(data, new=False)
    with unit_of_work("identity.change_person", actor, f"person:{person_id}"):
        row = changeable(actor, person_id)
        checks.refuse([*faults, *checks.taken(clean, person_id)])
        for name, value in clean.items():
            setattr(row, name, value)


def close_account(actor: Actor, person_id: int) -> None:
    """Let nobody sign in with this account any more; what the person has done stays.

    Its devices may still leave the work that lies on them, which is held, until `end_sessions` or the end of 90 days.
    """
    if actor.id == person_id:
        raise Conflict(_("Akun sendiri ditutup oleh admin lain."))
    with unit_of_work("identity.close_account", actor, f"person:{person_id}"):
        row = changeable(actor, person_id)
        row.status = "closed"


def reopen_account(actor: Actor, person_id: int) -> None:
    """Let a closed account be used again, on every device after a new sign-in."""
    with unit_of_work("identity.reopen_account", actor, f"person:{person_id}"):
        changeable(actor, person_id).status = "active"
        sessions.revoke_sessions(person_id, clock.now())


def post_person(actor: Actor, person_id: int, data: PostingData) -> int:
    """Give a person a role in a unit from a day on. Returns the id of the posting."""
    require(actor, CHANGE_POSTING)
    with unit_of_work("identity.add_posting", actor, f"person:{person_id}") as uow:
        person_for_officer(actor, person_id)
        unit, faults = checks.posting(actor, data)
        checks.refuse(faults)
        assert unit is not None
        if read.has_posting(person_id, data.role, unit.id, data.valid_from):
            raise Invalid(_("Penugasan ini sudah ada pada hari itu."), "role")
        row = Posting(person_id=person_id, role=data.role, unit_id=unit.id, valid_from=data.valid_from)
        return uow.add(row).id


def end_posting(actor: Actor, posting_id: int, last_day_after: date, reason: str) -> int:
    """End a posting: `last_day_after` is the first day without it. Returns the id of the person."""
    require(actor, CHANGE_POSTING)
    with unit_of_work("identity.end_posting", actor, f"posting:{posting_id}") as uow:
        row = read.posting(posting_id)
        unit = read_units.unit(row.unit_id) if row else None
        if row is None or unit is None or not allowed(actor, CHANGE_POSTING, unit.path):
            raise NotFound("posting")
        if row.person_id == actor.id and row.role == "admin":
            raise Conflict(_("Penugasan admin sendiri diakhiri oleh admin lain."))
        if row.valid_to is not None:
            raise Conflict(_("Penugasan ini sudah diakhiri."))
        if last_day_after <= row.valid_from:
            raise Invalid(_("Tanggal akhir harus sesudah tanggal mulai."), "valid_to")
        row.valid_to, row.end_reason = last_day_after, rules.plain(reason)[:200]
        uow.publish(PostingEnded(person_id=row.person_id, role=row.role, unit_id=unit.id, day=last_day_after))
        if row.role == "pendamping":
            leave_supervision(uow, row.person_id, last_day_after)
        return row.person_id


def changeable(actor: Actor, person_id: int) -> Person:
    """The row of a person whom the officer may change; Conflict when the person is also something elsewhere."""
    require(actor, CHANGE_PERSON)
    person_for_officer(actor, person_id)
    row = read.person(person_id)
    if row is None or not may_change(actor, person_id):
        raise Conflict(_("Orang ini juga bertugas di luar wilayah Anda. Minta admin di atasnya."))
    return row
