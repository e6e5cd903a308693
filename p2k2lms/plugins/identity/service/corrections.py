"""Own data that are wrong: asked by the person, looked at and decided by an admin of the unit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Correction, Person
from p2k2lms.plugins.identity.permissions import APPROVE_CORRECTION, CHANGE_ACCOUNT
from p2k2lms.plugins.identity.queries import codes as read
from p2k2lms.plugins.identity.queries import people as read_people
from p2k2lms.plugins.identity.service import checks, officers
from p2k2lms.plugins.identity.values import PersonData

DAYS = ("birth_date", "started_on")
MOST_SHOWN = 100
CORRECTED, REFUSED = "identity.corrected", "identity.correction_refused"


@dataclass(frozen=True)
class CorrectionCard:
    """What somebody asks for: each column as it is kept now and as it should be."""

    id: int
    person_id: int
    name: str
    asked_at: datetime
    changes: tuple[tuple[str, str, str], ...]


def data_of(row: Person) -> PersonData:
    """What is kept about a person, in the form that changes it."""
    told = {field.name: getattr(row, field.name) for field in fields(PersonData)}
    return PersonData(**(told | {name: told[name] or "" for name in ("phone", "email", "pkh_id")}))


def own_data(actor: Actor) -> tuple[PersonData, CorrectionCard | None]:
    """One's own data, and what one has asked for already."""
    require(actor, CHANGE_ACCOUNT)
    person = _person(actor.id or 0)
    row = read.open_correction(person.id)
    return data_of(person), _card(row, person) if row else None


def ask_correction(actor: Actor, data: PersonData) -> None:
    """Ask for other data; a later wish takes the place of one that still waits. The PKH id is the office's."""
    require(actor, CHANGE_ACCOUNT)
    with unit_of_work("identity.ask_correction", actor, f"person:{actor.id}") as uow:
        if not ask_in(uow, _person(actor.id or 0), data):
            raise Invalid(_("Belum ada yang berbeda dari data sekarang."))


def ask_in(uow: UnitOfWork, person: Person, data: PersonData) -> bool:
    """Leave the wish in the caller's transaction; False when nothing is different. Invalid for what cannot be."""
    clean, faults = checks.person(data, new=False)
    checks.refuse([*faults, *checks.taken(clean, person.id)])
    now = {name: getattr(person, name) for name in clean}
    wanted = {name: _written(clean[name]) for name in clean if name != "pkh_id" and clean[name] != now[name]}
    if not wanted:
        return False
    row = read.open_correction(person.id)
    home = read_people.homes([person.id], clock.today()).get(person.id)
    if row is None:
        row = uow.add(Correction(person_id=person.id, unit_path=home.path if home else ""))
    row.wanted, row.asked_at = json.dumps(wanted), clock.now()
    return True


def open_corrections(actor: Actor) -> list[CorrectionCard]:
    """What waits for a decision in the officer's units, the oldest first."""
    require(actor, APPROVE_CORRECTION)
    return [_card(row, person) for row, person in read.open_corrections(actor.paths("admin"), MOST_SHOWN)]


def decide_correction(actor: Actor, correction_id: int, approve: bool, reason: str = "") -> None:
    """Write what was asked, or say why not; nobody decides about oneself, nor about who stands above."""
    require(actor, APPROVE_CORRECTION)
    with unit_of_work("identity.decide_correction", actor, f"correction:{correction_id}") as uow:
        row = read.correction(correction_id)
        if row is None or not rules.is_within(row.unit_path, actor.paths("admin")):
            raise NotFound("correction")
        if row.state != "open":
            raise Conflict(_("Permintaan ini sudah diputuskan."))
        if row.person_id == actor.id:
            raise Conflict(_("Permintaan sendiri diputuskan oleh admin lain."))
        person = officers.changeable(actor, row.person_id)
        if approve:
            _write(person, row)
        row.state, row.reason = ("approved", "") if approve else ("refused", rules.refusal(reason))
        row.wanted, row.decided_by, row.decided_at = None, actor.id, clock.now()
        uow.notify(row.person_id, CORRECTED if approve else REFUSED, "/akun", reason=row.reason)


def _write(person: Person, row: Correction) -> None:
    wanted = {name: _read(name, text) for name, text in _wanted(row).items()}
    data = replace(data_of(person), **wanted)  # type: ignore[arg-type]
    clean, faults = checks.person(data, new=False)
    checks.refuse([*faults, *checks.taken(clean, person.id)])
    for name in wanted:
        setattr(person, name, clean[name])


def _card(row: Correction, person: Person) -> CorrectionCard:
    changes = tuple((name, _written(getattr(person, name)), text) for name, text in _wanted(row).items())
    return CorrectionCard(row.id, person.id, person.name, row.asked_at, changes)


def _wanted(row: Correction) -> Mapping[str, str]:
    found: dict[str, str] = json.loads(row.wanted or "{}")
    return found


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _read(name: str, text: str) -> str | date | None:
    if name in DAYS:
        return date.fromisoformat(text) if text else None
    return text


def _person(person_id: int) -> Person:
    row = read_people.person(person_id)
    if row is None:
        raise NotFound("person")
    return row
