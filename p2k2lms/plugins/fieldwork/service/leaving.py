"""A pendamping leaves: the groups are given up on that day, and who looks after them is told and finds them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from p2k2lms.core import clock, turns
from p2k2lms.core.access import Actor
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import handing as read_handed
from p2k2lms.plugins.fieldwork.rules import members, places
from p2k2lms.plugins.fieldwork.service.facts import mark_months
from p2k2lms.plugins.fieldwork.values import GroupCard, Held, Unheld
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

PENDAMPING = "pendamping"
LEAVE_LATE = "fieldwork.leave_late"
MOST_SHOWN, MOST_TOLD, AT_ONCE = 25, 20, 1_000
ONE_DAY = timedelta(days=1)


def leave_groups(person_id: int, unit_id: int, day: date) -> None:
    """A duty as pendamping ended: from this day on nobody holds what was held for it; reports of before stay.

    What is held for a duty that begins later stays, and so does what is to be held from that duty on.
    """
    with unit_of_work("fieldwork.leave_groups", subject=f"person:{person_id}") as uow:
        unit = identity.unit(unit_id)
        duties = [p for p in identity.postings_of(person_id) if p.role == PENDAMPING and p.lasts_to(day)]
        comes = min((duty.valid_from for duty in duties if duty.valid_from > day), default=date.max)
        others = [duty.unit.path for duty in duties]
        held = [both for both in read_handed.open_custody(person_id, day) if both[0].valid_from < comes]
        left = [(row, group) for row, group in held if members.is_left(group.unit_path, unit.path, others)]
        for row, group in left:
            _close(row, day)
            mark_months(uow, group.unit_id, day)
        if left:
            _tell(uow, person_id, day, [group.unit_path for _row, group in left])


def leave_late() -> None:
    """The job of the night: groups held although the duty for them ended before custody did are given up today."""
    today = clock.today()
    found = read_handed.holders_off_duty(today, AT_ONCE)
    pieces = [(f"person:{one}", partial(leave_groups, one, unit_id, today)) for one, unit_id in found]
    turns.each("groups could not be given up", pieces)


def _close(row: Custody, day: date) -> None:
    """End a custody; one that was still to begin falls. Who made a group has held it for a day at least."""
    if row.valid_from < day:
        row.valid_to = day
    elif read_handed.has_holder_before(row):
        read_handed.remove_custody(row)
    else:
        row.valid_to = row.valid_from + ONE_DAY


def _tell(uow: UnitOfWork, person_id: int, day: date, paths: Collection[str]) -> None:
    """The supervisor of until then and the koordinator there."""
    kabupaten = sorted({places.kabupaten_of(path) for path in paths})
    told = set(identity.ids_of_units(kabupaten, ["koordinator"], clock.today(), limit=MOST_TOLD))
    supervisor = identity.supervisor_of(person_id, day - ONE_DAY)
    about = {"name": identity.names([person_id])[person_id], "day": day.isoformat(), "number": len(paths)}
    for one in sorted(told | {supervisor} if supervisor else told):
        uow.notify(one, "fieldwork.left", "/lapangan", **about)


@dataclass(frozen=True)
class WithoutHolder:
    """The groups that wait for a pendamping, with their desa; `more` when there are others."""

    groups: tuple[Unheld, ...] = ()
    units: dict[int, UnitCard] | None = None
    more: bool = False


def without_holder(actor: Actor) -> WithoutHolder:
    """The groups in the actor's units that nobody holds, for who may hand them over."""
    paths = actor.paths("koordinator", "admin")
    found = read_handed.unheld(paths, MOST_SHOWN + 1) if paths else []
    if not found:
        return WithoutHolder()
    shown = tuple(found[:MOST_SHOWN])
    return WithoutHolder(shown, identity.units({group.unit_id for group in shown}), len(found) > MOST_SHOWN)


def left_by(card: GroupCard) -> Held | None:
    """Who held the group last, if nobody holds it today."""
    return members.left_by(read.custody_of([card.id]), clock.today(card.zone)) if card.holder_id is None else None
