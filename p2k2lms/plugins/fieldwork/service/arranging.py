"""Groups that are put together, and a group that becomes two; the ledger of members says where the families went."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody, Group, GroupOrigin, Plan, RosterChange
from p2k2lms.plugins.fieldwork.permissions import CHANGE_GROUP
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import plans as read_plans
from p2k2lms.plugins.fieldwork.rules import arranging, members, places
from p2k2lms.plugins.fieldwork.rules import meetings as rules
from p2k2lms.plugins.fieldwork.service.facts import mark_months
from p2k2lms.plugins.fieldwork.service.groups import group
from p2k2lms.plugins.fieldwork.values import GroupCard, GroupPlace, Held
from p2k2lms.plugins.fieldwork.values.words import OTHER_GROUP
from p2k2lms.plugins.identity import service as identity

MOST_NEAR = 200
NO_MOVE = {
    "day": lazy("Isi hari ini, atau tanggal sesudah kelompok mulai, paling lama 60 hari lalu."),
    "ended": lazy("Kelompok ini sudah berakhir."),
    "ledger": lazy("Ada catatan anggota sesudah tanggal itu. Pilih tanggal sesudahnya."),
}


@dataclass(frozen=True)
class Part:
    """The part of a group that becomes a group of its own."""

    name: str
    members: int
    from_day: date


def changeable(actor: Actor, group_id: int) -> GroupCard:
    """A group that the actor may put together with another, or divide."""
    require(actor, CHANGE_GROUP)
    card = group(actor, group_id)
    known = frozenset() if card.holder_id is None else frozenset({card.holder_id})
    require(actor, CHANGE_GROUP, GroupPlace(card.unit_path, card.holder_id, known))
    return card


def neighbours(actor: Actor, card: GroupCard) -> list[GroupCard]:
    """The other groups of the kecamatan that the actor may put this one into."""
    near = read.near(places.kecamatan_of(card.unit_path), MOST_NEAR)
    paths = actor.paths("koordinator", "admin")
    hands = set(identity.supervised_by(actor.id or 0, clock.today())) if "supervisor" in actor.roles else set()
    hands |= {actor.id or 0}
    return [c for c in near if c.id != card.id and (c.holder_id in hands or c.unit_path.startswith(paths))]


def desa_of(cards: Sequence[GroupCard]) -> dict[int, str]:
    """The desa of each group: within one no name comes twice, in a kecamatan it does."""
    units = identity.units({card.unit_id for card in cards})
    return {card.id: units[card.unit_id].name for card in cards}


def merge(actor: Actor, group_id: int, into_id: int, from_day: date) -> None:
    """The families of a group go to another from a day on; the group ends, what it did stays its own."""
    require(actor, CHANGE_GROUP)
    with unit_of_work("fieldwork.merge_group", actor, f"group:{group_id}") as uow:
        card = changeable(actor, group_id)
        into = next((c for c in neighbours(actor, card) if c.id == into_id), None)
        if into is None:
            raise Invalid(_("Pilih kelompok dari daftar."), "into")
        size = _size_for(card, from_day, into.valid_from)
        rows = read.custody_rows(group_id)
        if not arranging.may_end_on(from_day, [row.valid_from for row in rows]):
            raise Invalid(_("Sudah ada serah terima sesudah tanggal itu."), "from_day")
        for row in rows:
            row.valid_to = from_day if row.valid_to is None or row.valid_to > from_day else row.valid_to
        kept = read.group_row(group_id)
        kept.valid_to, kept.merged_into = from_day, into.id
        _move(uow, actor, (card.id, into.id), size, from_day)
        for unit_id in {card.unit_id, into.unit_id}:
            mark_months(uow, unit_id, from_day)
        urls = {card.holder_id: f"/lapangan/{card.id}", into.holder_id: f"/lapangan/{into.id}"}
        for person_id in urls.keys() - {None, actor.id}:
            names = {"group": card.name, "into": into.name}
            uow.notify(person_id or 0, "fieldwork.merged", urls[person_id], **names)


def split(actor: Actor, group_id: int, part: Part) -> int:
    """Some families become a group of their own, in the same desa and the same hands. Returns its id.

    It goes on where the group stood: its map shows what these families have had, its plans are those that still wait.
    """
    require(actor, CHANGE_GROUP)
    with unit_of_work("fieldwork.split_group", actor, f"group:{group_id}") as uow:
        card = changeable(actor, group_id)
        size = _size_for(card, part.from_day, card.valid_from)
        _must_be_sound(card, part, size)
        where = {"unit_id": card.unit_id, "unit_path": card.unit_path, "zone": card.zone, "place": card.place}
        made = uow.add(Group(name=part.name, valid_from=part.from_day, **where)).id
        custody = read.custody_of([group_id])
        for held in custody:
            if held.valid_to is None or held.valid_to > part.from_day:
                uow.add(_from_then(held, made, part.from_day))
        _go_on(uow, (card.id, made), part.from_day)
        _move(uow, actor, (card.id, made), part.members, part.from_day)
        mark_months(uow, card.unit_id, part.from_day)
        if card.holder_id not in (None, actor.id):
            uow.notify(card.holder_id or 0, "fieldwork.divided", f"/lapangan/{made}", group=card.name, made=part.name)
        return made


def _go_on(uow: UnitOfWork, from_to: tuple[int, int], day: date) -> None:
    old, made = from_to
    uow.add(GroupOrigin(group_id=made, origin_id=old, before=day))
    for one in read.origins_of(old):
        uow.add(GroupOrigin(group_id=made, origin_id=one.origin_id, before=one.before))
    had = rules.taught(read_meetings.history([old]).every, old, day - timedelta(days=1))
    for plan in read_plans.plans_of([old]):
        if plan.sesi not in had:
            uow.add(Plan(group_id=made, month=plan.month, sesi=plan.sesi, person_id=plan.person_id))


def _from_then(held: Held, group_id: int, day: date) -> Custody:
    since = max(held.valid_from, day)
    return Custody(group_id=group_id, pendamping_id=held.person_id, valid_from=since, valid_to=held.valid_to)


def _size_for(card: GroupCard, from_day: date, no_earlier: date) -> int:
    """The families that can move on this day, which must lie after all that the ledger says."""
    changes = read.changes_of([card.id])
    why = arranging.why_not_from(from_day, card, no_earlier, clock.today(card.zone), changes)
    if why:
        raise Invalid(str(NO_MOVE[why]), "from_day")
    return members.size_on(changes, from_day)


def _must_be_sound(card: GroupCard, part: Part, size: int) -> None:
    faults = []
    if len(part.name) < 2:
        faults.append(Fault("name", _("Tulis nama kelompok, misalnya Melati.")))
    elif read.named(card.unit_id, part.name) is not None:
        faults.append(Fault("name", _("Di desa ini sudah ada kelompok dengan nama itu.")))
    if not arranging.is_part(part.members, size):
        faults.append(Fault("members", _("Isi jumlah yang lebih kecil daripada anggota kelompok: %(n)s.", n=size)))
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)


def _move(uow: UnitOfWork, actor: Actor, from_to: tuple[int, int], number: int, day: date) -> None:
    for group_id, delta in zip(from_to, (-number, number), strict=True):
        if delta:
            entry = {"group_id": group_id, "on_day": day, "delta": delta, "reason": OTHER_GROUP}
            uow.add(RosterChange(id=uuid.uuid4(), person_id=actor.id, **entry))
