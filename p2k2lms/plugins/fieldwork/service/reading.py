"""What the pages of groups show: the desk of a pendamping or of who looks after some, and one group."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, has_role, require
from p2k2lms.plugins.fieldwork.permissions import (
    CHANGE_CUSTODY,
    CREATE_GROUP,
    LIST_GROUPS,
    LIST_REPORTS,
)
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.service import care, groups
from p2k2lms.plugins.fieldwork.values import Change, GroupCard, GroupPlace
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard


@dataclass(frozen=True)
class Person:
    """Somebody in care, with the groups held today."""

    id: int
    name: str
    groups: tuple[GroupCard, ...]

    @property
    def members(self) -> int:
        """All families of these groups."""
        return sum(card.members for card in self.groups)


@dataclass(frozen=True)
class Desk:
    """The first page of the field: own groups with their desa, or people in care; `after` begins the next page."""

    own: tuple[GroupCard, ...]
    units: Mapping[int, UnitCard]
    people: tuple[Person, ...]
    after: int | None
    may_add: bool
    looks_after: bool


def desk(actor: Actor, after_id: int = 0) -> Desk:
    """My groups, and whom I look after."""
    require(actor, LIST_GROUPS)
    own = groups.own_groups(actor) if has_role(actor, CREATE_GROUP) else []
    units = identity.units({card.unit_id for card in own}) if own else {}
    looks_after = has_role(actor, LIST_REPORTS)
    found = care.people_in_care(actor, after_id) if looks_after else care.InCare((), None)
    names, held = identity.names(found.ids), read.held_by(found.ids, clock.today())
    people = tuple(Person(i, names.get(i, ""), tuple(c for c in held if c.holder_id == i)) for i in found.ids)
    return Desk(tuple(own), units, people, found.after, has_role(actor, CREATE_GROUP), looks_after)


@dataclass(frozen=True)
class GroupPage:
    """One group with its desa, its holder and the newest entries of its ledger."""

    card: GroupCard
    unit: UnitCard
    holder: str
    ledger: tuple[Change, ...]
    own: bool
    may_hand_over: bool


def group_page(actor: Actor, group_id: int) -> GroupPage:
    """All that one page shows of a group."""
    card = groups.group(actor, group_id)
    known = frozenset() if card.holder_id is None else frozenset({card.holder_id})
    place = GroupPlace(card.unit_path, card.holder_id, known)
    return GroupPage(
        card=card,
        unit=identity.unit(card.unit_id),
        holder=identity.names(known).get(card.holder_id or 0, ""),
        ledger=tuple(groups.ledger(group_id)),
        own=card.holder_id == actor.id,
        may_hand_over=has_role(actor, CHANGE_CUSTODY) and allowed(actor, CHANGE_CUSTODY, place),
    )
