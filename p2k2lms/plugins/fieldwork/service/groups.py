"""Groups: one's own, one that is added, one that is handed over, and families that come and go."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Fault, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.questions import Ahead
from p2k2lms.core.submissions import Answer, Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody, Group, RosterChange
from p2k2lms.plugins.fieldwork.permissions import CHANGE_ROSTER, CREATE_GROUP, READ_GROUP
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.rules import members
from p2k2lms.plugins.fieldwork.service.facts import mark_months
from p2k2lms.plugins.fieldwork.values import Change, GroupCard, GroupPlace, Held, RosterPayload
from p2k2lms.plugins.fieldwork.values.payloads import FIRST_DAY
from p2k2lms.plugins.fieldwork.values.words import (
    BELOW_ZERO,
    CHANGES,
    FLAGS,
    HANDED_OVER,
    JOINED,
    NOT_HOLDER,
    TOO_EARLY,
)
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

MOST_ENTRIES, MOST_OFFERED = 30, 400


@dataclass(frozen=True)
class GroupData:
    """What a pendamping writes about a group of his."""

    unit_id: int
    name: str
    place: str
    members: int
    since: date


@dataclass(frozen=True)
class FormSent:
    """What a form without script says about its sending: the id made when the page was drawn, and the browser."""

    id: str
    device: str


def place_of(card: GroupCard, custody: Sequence[Held], day: date) -> GroupPlace:
    """The group as a permission sees it on a day."""
    own = [held for held in custody if held.group_id == card.id]
    return GroupPlace(card.unit_path, members.holder_on(own, day), members.holders_of(own))


def group(actor: Actor, group_id: int) -> GroupCard:
    """One group that the actor may see; others do not exist. One that has ended is seen by who held it last."""
    require(actor, READ_GROUP)
    card = read.card(group_id)
    if card is None:
        raise NotFound("group")
    holder = _last_holder(card)
    known = frozenset() if holder is None else frozenset({holder})
    require(actor, READ_GROUP, GroupPlace(card.unit_path, holder, known))
    return card


def _last_holder(card: GroupCard) -> int | None:
    if card.holder_id is not None or card.valid_to is None:
        return card.holder_id
    return next((held.person_id for held in read.holders_of(card.id) if held.valid_to == card.valid_to), None)


def ahead(group_id: int) -> list[Ahead]:
    """What `group` asks beside the group itself, if it has ended."""
    return [read.holders_of.ahead(group_id)]


def own_groups(actor: Actor) -> list[GroupCard]:
    """The groups that the actor holds today."""
    return read.held_by([actor.id]) if actor.id is not None else []


def held_by(person_ids: Collection[int]) -> list[GroupCard]:
    """The groups that these people hold today, by holder and name: for the plugins above."""
    return read.held_by(person_ids)


def named_groups(group_ids: Collection[int]) -> dict[int, str]:
    """What these groups are called."""
    return {card.id: card.name for card in read.cards(group_ids).values()}


def places_for(actor: Actor) -> list[UnitCard]:
    """Where the actor may have a group: the desa of the own units; where none is known, the own units themselves."""
    paths = actor.paths("pendamping")
    found = identity.units_below(paths, "desa", MOST_OFFERED) if paths else []
    ids = {posting.unit_id for posting in actor.postings if posting.role == "pendamping"}
    return found or sorted(identity.units(ids).values(), key=lambda unit: unit.name)


def add_group(actor: Actor, data: GroupData) -> int:
    """A new group in the actor's own hands, with the families that it has. Returns its id."""
    require(actor, CREATE_GROUP)
    with unit_of_work("fieldwork.add_group", actor, f"unit:{data.unit_id}") as uow:
        unit = next((u for u in places_for(actor) if u.id == data.unit_id), None)
        _must_be_sound(data, unit)
        assert unit is not None
        require(actor, CREATE_GROUP, unit.path)
        row = uow.add(
            Group(
                unit_id=unit.id,
                unit_path=unit.path,
                zone=unit.zone,
                name=data.name,
                place=data.place,
                valid_from=data.since,
            )
        )
        uow.add(Custody(group_id=row.id, pendamping_id=actor.id, valid_from=data.since))
        entry = {"group_id": row.id, "on_day": data.since, "delta": data.members, "reason": JOINED}
        uow.add(RosterChange(id=uuid.uuid4(), person_id=actor.id, **entry))
        mark_months(uow, unit.id, data.since)
        return row.id


def _must_be_sound(data: GroupData, unit: UnitCard | None) -> None:
    faults = faults_of_data(data, unit)
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)


def faults_of_data(data: GroupData, unit: UnitCard | None) -> list[Fault]:
    """What is wrong with a group as it was written."""
    faults = []
    if unit is None:
        faults.append(Fault("unit_id", _("Pilih desa di wilayah tugas Anda.")))
    if len(data.name) < 2:
        faults.append(Fault("name", _("Tulis nama kelompok, misalnya Melati.")))
    elif unit is not None and read.named(unit.id, data.name) is not None:
        faults.append(Fault("name", _("Di desa ini sudah ada kelompok dengan nama itu.")))
    if not 1 <= data.members <= 500:
        faults.append(Fault("members", _("Isi 1 sampai 500 keluarga.")))
    if not FIRST_DAY <= data.since <= (clock.today(unit.zone) if unit else clock.today()):
        faults.append(Fault("since", _("Isi tanggal yang sudah lewat, atau hari ini.")))
    return faults


def ledger(group_id: int) -> list[Change]:
    """The newest entries of the ledger of members."""
    return read.ledger(group_id, MOST_ENTRIES)


def change_roster(actor: Actor, sent: Sent, payload: RosterPayload) -> list[str]:
    """Apply `fieldwork.roster`: families came or went; what is odd is kept with a flag."""
    with unit_of_work("fieldwork.change_roster", actor, f"group:{payload.group}") as uow:
        card = read.card(payload.group, payload.on_day)
        custody = read.custody_of([payload.group])
        if card is None or not allowed(actor, CHANGE_ROSTER, place_of(card, custody, payload.on_day)):
            raise Invalid(_("Kelompok ini bukan kelompok Anda."), "payload.group")
        if clock.is_ahead(payload.on_day, clock.on_day(sent.received_at, card.zone)):
            raise Invalid(_("Tanggal ini belum tiba."), "payload.on_day")
        kind = CHANGES[payload.change]
        delta = kind.sign * payload.count * (-1 if payload.back else 1)
        entry = {"delta": delta, "reason": kind.reason, "numbers": payload.numbers, "on_day": payload.on_day}
        uow.add(RosterChange(id=sent.id, group_id=card.id, person_id=actor.id, **entry))
        mark_months(uow, card.unit_id, payload.on_day)
        odd = {
            BELOW_ZERO: delta < 0 and members.balance_on(read.changes_of([card.id]), payload.on_day) < 0,
            HANDED_OVER: card.holder_id not in (actor.id, None) and actor.id in members.holders_of(custody),
            NOT_HOLDER: actor.id not in members.holders_of(custody) or card.holder_id is None,
            TOO_EARLY: payload.on_day < card.valid_from,
        }
        return [flag for flag, so in odd.items() if so]


ROSTER = SubmissionKind(
    "fieldwork.roster", {1: RosterPayload}, change_roster, title=lazy("Perubahan anggota kelompok"), words=FLAGS
)


def send(actor: Actor, kind: str, payload: dict[str, object], sent: FormSent) -> Answer:
    """A form without script, through the same door."""
    return intake.receive_one(actor, kind, payload, sent_id=sent.id, device=sent.device)
