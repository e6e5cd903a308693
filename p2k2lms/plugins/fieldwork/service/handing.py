"""Into other hands: from a day on, with what the server has and what the phone of the old holder still keeps."""

from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody, HandOver
from p2k2lms.plugins.fieldwork.permissions import CHANGE_CUSTODY, READ_HAND_OVER
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import handing as read_handed
from p2k2lms.plugins.fieldwork.rules import members, places
from p2k2lms.plugins.fieldwork.service.facts import mark_months
from p2k2lms.plugins.fieldwork.service.groups import MOST_OFFERED, group, place_of
from p2k2lms.plugins.fieldwork.values import GroupCard, GroupPlace, Held
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard

FURTHEST_HAND_OVER = timedelta(days=60)
MOST_ON_A_PHONE = 999
NO_HAND_OVER = {
    "same": lazy("Pada hari itu kelompok ini sudah dipegang orang itu."),
    "before": lazy("Pada hari itu baru ada serah terima. Pilih hari sesudahnya."),
    "later": lazy("Sudah ada serah terima sesudah tanggal itu."),
}


def takers(actor: Actor, card: GroupCard) -> list[PersonCard]:
    """To whom the actor may give a group: the pendamping supervised, or those of the own units near the group."""
    today = clock.today()
    ids = (
        set(identity.supervised_by(actor.id, today)) if actor.id is not None and "supervisor" in actor.roles else set()
    )
    paths = [path for path in actor.paths("koordinator", "admin") if card.unit_path.startswith(path)]
    kabupaten = places.kabupaten_of(card.unit_path)
    if paths:
        near = kabupaten if kabupaten.startswith(tuple(paths)) else card.unit_path
        ids |= set(identity.ids_of_units([near], ["pendamping"], today, limit=MOST_OFFERED))
    return sorted(identity.people(ids - {card.holder_id or 0}).values(), key=lambda person: person.name)


def hand_over(actor: Actor, group_id: int, to: int, from_day: date) -> int:
    """Give a group into other hands from a day on; what was reported of it before stays with who held it then."""
    require(actor, CHANGE_CUSTODY)
    with unit_of_work("fieldwork.hand_over", actor, f"group:{group_id}") as uow:
        card = group(actor, group_id)
        rows = read.custody_rows(group_id)
        custody = [Held(row.group_id, row.pendamping_id, row.valid_from, row.valid_to) for row in rows]
        require(actor, CHANGE_CUSTODY, place_of(card, custody, clock.today(card.zone)))
        if to not in {person.id for person in takers(actor, card)}:
            raise Invalid(_("Pilih pendamping dari daftar."), "to")
        if not card.valid_from < from_day <= clock.today(card.zone) + FURTHEST_HAND_OVER:
            raise Invalid(_("Isi tanggal sesudah kelompok mulai, paling jauh 60 hari ke depan."), "from_day")
        why = members.may_hand_over(custody, to, from_day)
        if why:
            raise Invalid(str(NO_HAND_OVER[why]), "from_day")
        old = members.holder_on(custody, from_day)
        for row in rows:
            if row.valid_to is None or row.valid_to > from_day:
                row.valid_to = from_day
        uow.add(Custody(group_id=group_id, pendamping_id=to, valid_from=from_day))
        mark_months(uow, card.unit_id, from_day)
        both = {"old_id": old, "new_id": to, "by_id": actor.id}
        made = uow.add(HandOver(group_id=group_id, from_day=from_day, at=clock.now(), **both)).id
        url = f"/lapangan/serah/{made}"
        uow.notify(to, "fieldwork.taken_over", url, group=card.name, day=from_day.isoformat())
        if old is not None:
            uow.notify(old, "fieldwork.handed_over", url, group=card.name)
        return made


@dataclass(frozen=True)
class Handed:
    """One hand-over as both sides see it: the reports of the old holder that are here, and those still on a phone."""

    id: int
    card: GroupCard
    old: str
    new: str
    from_day: date
    received: int
    late: int
    on_phone: int | None
    told_at: date | None
    own: bool

    @property
    def agrees(self) -> bool:
        """True when the phone of the old holder keeps nothing more of this group."""
        return self.on_phone == 0


def handed(actor: Actor, hand_over_id: int) -> Handed:
    """One hand-over, for its two sides and for who looks after the group."""
    require(actor, READ_HAND_OVER)
    row = read_handed.row(hand_over_id)
    card = read.card(row.group_id) if row else None
    if row is None or card is None:
        raise NotFound("hand_over")
    sides = frozenset(side for side in (row.old_id, row.new_id, row.by_id) if side is not None)
    require(actor, READ_HAND_OVER, GroupPlace(card.unit_path, card.holder_id, sides))
    names = identity.names(sides)
    received, late = read_handed.counts(row.group_id, row.old_id or 0, row.from_day, row.at)
    return Handed(
        id=row.id,
        card=card,
        old=names.get(row.old_id or 0, ""),
        new=names.get(row.new_id, ""),
        from_day=row.from_day,
        received=received,
        late=late,
        on_phone=row.on_phone,
        told_at=clock.on_day(row.told_at, card.zone) if row.told_at else None,
        own=row.old_id == actor.id,
    )


def tell_phone(actor: Actor, hand_over_id: int, on_phone: int) -> None:
    """The old holder says how many reports of the group the phone still keeps."""
    require(actor, READ_HAND_OVER)
    if not 0 <= on_phone <= MOST_ON_A_PHONE:
        raise Invalid(_("Isi 0 sampai 999 laporan."), "on_phone")
    with unit_of_work("fieldwork.tell_phone", actor, f"hand_over:{hand_over_id}"):
        row = read_handed.row(hand_over_id)
        if row is None or row.old_id != actor.id:
            raise NotFound("hand_over")
        row.on_phone, row.told_at = on_phone, clock.now()
