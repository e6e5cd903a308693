"""The verification draw: frozen, seeded, drawn; checked by somebody who is not the own supervisor; shown whole."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from p2k2lms.core import clock, turns
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.fieldwork.models import Draw, GroupContact, Verification
from p2k2lms.plugins.fieldwork.permissions import LIST_DRAWS, READ_CONTACT
from p2k2lms.plugins.fieldwork.queries import verification as read
from p2k2lms.plugins.fieldwork.rules import drawing, months, places
from p2k2lms.plugins.fieldwork.rules.drawing import Listed
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.service.groups import group
from p2k2lms.plugins.fieldwork.values import VerificationPayload
from p2k2lms.plugins.fieldwork.values.words import LATE_DAYS, SAID_MET, SAID_NOT_MET, SAID_NOTHING
from p2k2lms.plugins.identity import service as identity

DRAW = "fieldwork.draw_verifications"
VERIFIED = "fieldwork.verification"  # the mark of a month of which something was drawn or found out
NO_EXPOSURE = "tanpa"
WITH_PEOPLE = ("supervisor", "koordinator", "evaluator", "admin")
READERS = (*WITH_PEOPLE, "dinsos")
MOST_CHECKERS, MOST_DRAWS, LONGEST_NAME = 400, 60, 40


def draw_month() -> None:
    """The job of the night: once reports of a month are no longer on time, its sample is drawn in each kabupaten.

    A kabupaten in which it fails keeps no other waiting.
    """
    month = months.earlier(months.month_of(clock.today()))
    if clock.today() < month.after + timedelta(days=LATE_DAYS):
        return
    paths = sorted(read.kabupaten_paths(places.KABUPATEN) - read.drawn_paths(month.first))
    turns.each("no sample could be drawn", [(path, partial(draw_kabupaten, path, month)) for path in paths])


def draw_kabupaten(path: str, month: Month, seed: str = "") -> None:
    """Freeze the list, then make the seed in a transaction of its own, then draw; demo data bring their seed."""
    with unit_of_work("fieldwork.freeze_list", subject=f"{path}:{month.first:%Y-%m}") as uow:
        row = read.draw_row(path, month.first)
        if row is None:
            rows = listed(path, month)
            if not rows:
                return
            kept = {"listed": [asdict(one) for one in rows], "list_hash": drawing.list_hash(rows)}
            uow.add(Draw(unit_path=path, month=month.first, frozen_at=clock.now(), **kept))
    with unit_of_work(DRAW, subject=f"{path}:{month.first:%Y-%m}") as uow:
        row = read.draw_row(path, month.first)
        if row is None or row.drawn_at is not None:
            return
        row.seed, row.drawn_at = seed or secrets.token_hex(16), clock.now()
        frozen = [Listed(**one) for one in row.listed]
        able, own = _checkers(path), _supervisors(frozen)
        drawn = drawing.draw(frozen, row.seed)
        for unit in read.units_of([one.group for one in drawn]):
            uow.touch(unit, month.first, VERIFIED)
        for one in drawn:
            who = drawing.checker(one, able, own, row.seed)
            about = {"stratum": one.stratum, "reported": one.reported, "checker_id": who}
            uow.add(Verification(draw_id=row.id, group_id=one.group, **about))
            if who is not None:
                uow.notify(who, "fieldwork.drawn", "/lapangan/periksa", month=f"{month.first:%Y-%m}")


def listed(path: str, month: Month) -> list[Listed]:
    """Every due group-month, those without a report too, with the exposure of who answered for it."""
    rows = read.due(path, month.first)
    arms: dict[int, str] = {}
    for spell in enrolment.finished_spells({person for _g, person, *_said in rows}):
        if spell.valid_to is None or spell.valid_to <= month.first:
            arms[spell.person_id] = spell.kind
    found = []
    for group_id, person, met, said in rows:
        told = SAID_MET if met else SAID_NOT_MET if said else SAID_NOTHING
        found.append(Listed(group_id, arms.get(person, NO_EXPOSURE), told, person))
    return found


def drawn(month: Month) -> set[str]:
    """The kabupaten that have a finished draw of this month."""
    return read.drawn_paths(month.first)


def _checkers(path: str) -> list[int]:
    return identity.ids_of_units([path], ["supervisor", "koordinator"], clock.today(), limit=MOST_CHECKERS)


def _supervisors(rows: list[Listed]) -> dict[int, int]:
    people = {row.responsible for row in rows}
    pairs = ((person, identity.supervisor_of(person, clock.today())) for person in sorted(people))
    return {person: who for person, who in pairs if who is not None}


@dataclass(frozen=True)
class Task:
    """One group to check; the contact is there only while the task is open and the actor is its checker."""

    id: int
    month: date
    name: str
    place: str
    desa: str
    contact_name: str = ""
    contact_phone: str = ""


def my_tasks(actor: Actor) -> list[Task]:
    """What the actor has still to find out."""
    require(actor, READ_CONTACT)
    rows = read.open_tasks(actor.id or 0)
    desa = identity.units({row[3] for row in rows}) if rows else {}
    return [Task(row[0].id, row[1], row[2], row[4], desa[row[3]].name if row[3] in desa else "") for row in rows]


def task(actor: Actor, task_id: int) -> Task:
    """One open task of the actor's, with the contact; anything else does not exist."""
    require(actor, READ_CONTACT)
    found = read.task(task_id)
    if found is None:
        raise NotFound("task")
    require(actor, READ_CONTACT, found[0])
    kept = read.contact(found[0].group_id)
    where = identity.unit(found[3]).name
    told = (kept.name, kept.phone) if kept else ("", "")
    return Task(task_id, found[1], found[2], found[4], where, *told)


def verify(actor: Actor, sent: Sent, payload: VerificationPayload) -> list[str]:
    """Apply `fieldwork.verification`: said once, by the drawn checker; not reached stays missing."""
    with unit_of_work("fieldwork.verify_group", actor, f"verification:{payload.task}") as uow:
        row = read.task_row(payload.task)
        if row is None or row.checker_id != actor.id:
            raise Invalid(_("Ini bukan tugas Anda."), "payload.task")
        if row.result is not None:
            raise Conflict(_("Hasilnya sudah tercatat."))
        row.method, row.result, row.at = payload.method, payload.result, sent.received_at
        if draw := read.draw_by_id(row.draw_id):
            for unit in read.units_of([row.group_id]):
                uow.touch(unit, draw.month, VERIFIED)
        return []


VERIFICATION = SubmissionKind(
    "fieldwork.verification", {1: VerificationPayload}, verify, title=lazy("Pemeriksaan laporan")
)


@dataclass(frozen=True)
class DrawCard:
    """A draw as it is published, with what came of it."""

    id: int
    month: date
    place: str
    list_hash: str
    seed: str
    due: int
    counts: Mapping[str, int]
    opens: bool


def draws(actor: Actor) -> list[DrawCard]:
    """The draws of the actor's units, the newest first."""
    require(actor, LIST_DRAWS)
    rows = read.draws(actor.paths(*READERS), MOST_DRAWS)
    tasks = read.tasks_of_draws([row.id for row in rows])
    paths = sorted({row.unit_path for row in rows})
    named = {unit.path: unit.name for unit in identity.units_below(paths, "kabupaten", MOST_DRAWS)} if paths else {}
    return [
        DrawCard(
            id=row.id,
            month=row.month,
            place=named.get(row.unit_path, row.unit_path),
            list_hash=row.list_hash,
            seed=row.seed,
            due=len(row.listed),
            counts=read.found([one for one in tasks if one.draw_id == row.id]),
            opens=_opens(actor, row.unit_path, READERS),
        )
        for row in rows
    ]


def _opens(actor: Actor, path: str, roles: Sequence[str]) -> bool:
    """Whether the actor reads the groups of a draw there: who looks at the whole country from above does not."""
    near = [top for role in roles for top in actor.paths(role) if role == "admin" or not places.is_country(top)]
    return path.startswith(tuple(near))


def draw_file(actor: Actor, draw_id: int) -> dict[str, Any]:
    """Everything needed to repeat a draw; group and person are numbers, and Dinas Sosial reads of no person."""
    require(actor, LIST_DRAWS)
    row = read.draw_by_id(draw_id)
    if row is None or not row.drawn_at or not _opens(actor, row.unit_path, READERS):
        raise NotFound("draw")
    drawn_groups = [one.group_id for one in read.tasks_of_draws([row.id])]
    people = _opens(actor, row.unit_path, WITH_PEOPLE)
    return drawing.file_of([Listed(**one) for one in row.listed], row.seed, drawn_groups, people)


def contact_since(actor: Actor, group_id: int) -> date | None:
    """Since when the group has a contact; its words are not shown to whoever holds the group."""
    group(actor, group_id)
    return read.has_contact(group_id)


def keep_contact(actor: Actor, group_id: int, name: str, phone: str, consent: bool) -> None:
    """The ketua kelompok agreed aloud to be called; kept sealed."""
    card = group(actor, group_id)
    if card.holder_id != actor.id:
        raise NotFound("group")
    first, number = " ".join(name.replace("\x00", "").split()), "".join(c for c in phone if c.isdigit() or c == "+")
    if not consent:
        raise Invalid(_("Tanyakan dulu, lalu centang persetujuannya."), "consent")
    if not 2 <= len(first) <= LONGEST_NAME:
        raise Invalid(_("Tulis nama panggilan ketua kelompok."), "name")
    if not 8 <= len(number.lstrip("+")) <= 15:
        raise Invalid(_("Tulis nomor HP, misalnya 081234567890."), "phone")
    with unit_of_work("fieldwork.keep_contact", actor, f"group:{group_id}") as uow:
        kept, day = read.contact(group_id), clock.today()
        if kept is None:
            about = {"name": first, "phone": number, "consent_on": day, "person_id": actor.id}
            uow.add(GroupContact(group_id=group_id, **about))
        else:
            kept.name, kept.phone, kept.consent_on, kept.person_id = first, number, day, actor.id or 0


def forget_contact(actor: Actor, group_id: int) -> None:
    """Consent was taken back: nothing is kept."""
    card = group(actor, group_id)
    if card.holder_id != actor.id:
        raise NotFound("group")
    with unit_of_work("fieldwork.forget_contact", actor, f"group:{group_id}"):
        kept = read.contact(group_id)
        if kept is not None:
            read.remove(kept)
