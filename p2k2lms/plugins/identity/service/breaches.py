"""The log of breaches: what happened, whom it touches, what was done, and who was told within 72 hours."""

from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Breach
from p2k2lms.plugins.identity.permissions import CHANGE_BREACH
from p2k2lms.plugins.identity.queries import rights as read
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.rules.rights import Clock, clock_of

AUTHORITY, PEOPLE = "lembaga", "orang"
LONGEST = 4000


@dataclass(frozen=True)
class BreachData:
    """What an officer writes down; `found_at` is the moment at which it was known, when the clock began."""

    unit_code: str
    found_at: datetime
    what: str
    data: str
    people: int
    steps: str


@dataclass(frozen=True)
class BreachCard:
    """One breach with its clock."""

    id: int
    unit: str
    found_at: datetime
    what: str
    data: str
    people: int
    steps: str
    told_authority_at: datetime | None
    told_people_at: datetime | None
    clock: Clock

    @property
    def told(self) -> bool:
        """Both were told."""
        return self.told_authority_at is not None and self.told_people_at is not None


def breaches(actor: Actor) -> list[BreachCard]:
    """The breaches of the officer's units, the newest first."""
    require(actor, CHANGE_BREACH)
    return [_card(row, unit) for row, unit in read.breaches(actor.paths("admin"))]


def log_breach(actor: Actor, data: BreachData) -> int:
    """Write a breach down; returns its id."""
    require(actor, CHANGE_BREACH)
    unit = read_units.unit_by_code(rules.plain(data.unit_code).upper())
    faults = [] if data.found_at <= clock.now() else [Fault("found_at", _("Waktu ini belum tiba."))]
    if unit is None or not allowed(actor, CHANGE_BREACH, unit.path):
        raise Invalid(_("Kode ini tidak ada di wilayah Anda. Contoh: 62.03."), "unit_code")
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)
    texts = {name: getattr(data, name).strip()[:LONGEST] for name in ("what", "data", "steps")}
    made = Breach(unit_id=unit.id, unit_path=unit.path, found_at=data.found_at, people=data.people, made_by=actor.id)
    for name, text in texts.items():
        setattr(made, name, text)
    with unit_of_work("identity.log_breach", actor, f"unit:{unit.id}") as uow:
        return uow.add(made).id


def note_told(actor: Actor, breach_id: int, whom: str) -> None:
    """The authority, or the people, have been told in writing; noted once."""
    column = {AUTHORITY: "told_authority_at", PEOPLE: "told_people_at"}.get(whom)
    if column is None:
        raise NotFound("breach")
    with unit_of_work("identity.note_breach_told", actor, f"breach:{breach_id}"):
        require(actor, CHANGE_BREACH)
        row = read.breach(breach_id)
        if row is None or not allowed(actor, CHANGE_BREACH, row.unit_path):
            raise NotFound("breach")
        if getattr(row, column) is not None:
            raise Conflict(_("Ini sudah dicatat."))
        setattr(row, column, clock.now())


def _card(row: Breach, unit: str) -> BreachCard:
    return BreachCard(
        row.id,
        unit,
        row.found_at,
        row.what,
        row.data,
        row.people,
        row.steps,
        row.told_authority_at,
        row.told_people_at,
        clock_of(row.found_at, clock.now()),
    )
