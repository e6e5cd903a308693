"""What the pages of groups show: the desk of a pendamping or of who looks after some, and one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, has_role, require
from p2k2lms.plugins.catalogue.values import OutlineModul
from p2k2lms.plugins.fieldwork.permissions import (
    CHANGE_CUSTODY,
    CHANGE_GROUP,
    CREATE_GROUP,
    LIST_REPORTS,
    LIST_SIGNED,
    READ_CONTACT,
    READ_DESK,
)
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.rules import coverage, months
from p2k2lms.plugins.fieldwork.service import care, groups
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.service.coverage import Line, lines
from p2k2lms.plugins.fieldwork.service.leaving import WithoutHolder, without_holder
from p2k2lms.plugins.fieldwork.values import Asked, Given, GroupCard, GroupPlace
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

MOST_MEETINGS = 12


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

    own: tuple[Line, ...]
    asked: Asked
    units: Mapping[int, UnitCard]
    people: tuple[Person, ...]
    after: int | None
    may_add: bool
    looks_after: bool
    receives: bool
    checks: bool
    me: int | None
    left: WithoutHolder
    modul: tuple[OutlineModul, ...] = ()

    @property
    def reported(self) -> int:
        """How many of the own groups have a report this month."""
        return sum(line.report.told for line in self.own)

    @property
    def owing(self) -> int:
        """How many of them are to have one."""
        return sum(line.report.state != coverage.FREE for line in self.own)

    @property
    def turn(self) -> Line | None:
        """The group whose turn it is: without a report this month, the one that met longest ago."""
        waiting = [line for line in self.own if line.report.state == coverage.SILENT and line.next is not None]
        return max(waiting, key=lambda line: line.silent_days or SINCE_EVER, default=None)


SINCE_EVER = 10_000
NOTHING_ASKED = Asked()


def desk(actor: Actor, after_id: int = 0) -> Desk:
    """My groups, and whom I look after."""
    require(actor, READ_DESK)
    own, asked = _own(actor) if has_role(actor, CREATE_GROUP) else ((), NOTHING_ASKED)
    units = identity.units({line.card.unit_id for line in own}) if own else {}
    looks_after = has_role(actor, LIST_REPORTS)
    found = care.people_in_care(actor, after_id) if looks_after else care.InCare((), None)
    names, held = (identity.names(found.ids), read.held_by(found.ids)) if found.ids else ({}, [])
    people = tuple(Person(i, names.get(i, ""), tuple(c for c in held if c.holder_id == i)) for i in found.ids)
    course = field_course() if own else None
    modul = tuple(m for m, _ in course.modul) if course else ()
    receives = has_role(actor, LIST_SIGNED)
    return Desk(
        own=tuple(own),
        asked=asked,
        units=units,
        people=people,
        after=found.after,
        may_add=has_role(actor, CREATE_GROUP),
        looks_after=looks_after,
        receives=receives,
        checks=has_role(actor, READ_CONTACT),
        me=actor.id,
        left=without_holder(actor),
        modul=modul,
    )


def own_lines(actor: Actor) -> Sequence[Line]:
    """The actor's groups with what each had and how this month stands."""
    return _own(actor)[0]


def _own(actor: Actor) -> tuple[Sequence[Line], Asked]:
    """The same, and what the actor was asked about own reports."""
    own = groups.own_groups(actor)
    month = months.month_of(clock.today()).first
    said, asked = read_meetings.without_or_asked([card.id for card in own], month, actor.id or 0)
    return lines(own, field_course(), said) if own else [], asked


@dataclass(frozen=True)
class GroupPage:
    """One group: what it had, what comes next, its meetings, the newest first; desa and this month for its holder.

    `goes_on`: it was divided off, and its map shows what its families had before. `into`: id and name of the group
    into which it went; `joined`: the name of the one that just came into it.
    """

    line: Line
    course: FieldCourse | None
    meetings: tuple[Given, ...]
    goes_on: bool
    desa: str
    holder: str
    own: bool
    may_hand_over: bool
    may_arrange: bool
    into: tuple[int, str] | None
    joined: str

    @property
    def card(self) -> GroupCard:
        """The group itself."""
        return self.line.card


def group_page(actor: Actor, group_id: int, joined_id: int = 0) -> GroupPage:
    """All that one page shows of a group, perhaps of one into which another just went."""
    card, course = groups.group(actor, group_id), field_course()
    own = card.holder_id == actor.id
    month = months.month_of(clock.today()).first
    desa, said = read_meetings.desa_and_not_met(group_id, month) if own else ("", [])
    had = read_meetings.history([group_id])
    known = frozenset() if card.holder_id is None else frozenset({card.holder_id})
    place = GroupPlace(card.unit_path, card.holder_id, known)
    holder = None if own or card.holder_id is None else identity.head(card.holder_id, clock.today())[0]
    stands = card.valid_to is None or card.valid_to > clock.today(card.zone)
    return GroupPage(
        line=lines([card], course, said, had)[0],
        course=course,
        goes_on=bool(had.before),
        meetings=tuple(reversed(had.own[-MOST_MEETINGS:])),
        desa=desa,
        holder="" if own or holder is None else holder.name,
        own=own,
        may_hand_over=stands and has_role(actor, CHANGE_CUSTODY) and allowed(actor, CHANGE_CUSTODY, place),
        may_arrange=stands and allowed(actor, CHANGE_GROUP, place),
        into=None if stands else read.merger_of(group_id),
        joined=_joined(joined_id, group_id) if joined_id else "",
    )


def _joined(from_id: int, group_id: int) -> str:
    """The name of a group that went into this one."""
    into, card = read.merger_of(from_id), read.card(from_id)
    return card.name if card and into and into[0] == group_id else ""
