"""The Buku Langkah and the report that follows from it: what is taught, to whom, and what is known already."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from p2k2lms.core import free_text, journal, questions
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Card, OutlineSesi, SesiSheet
from p2k2lms.plugins.fieldwork.permissions import READ_GROUP
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.queries import monthly as read_monthly
from p2k2lms.plugins.fieldwork.service import groups, remarks
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.values import Given, GroupCard, GroupPlace, MeetingCard


@dataclass(frozen=True)
class Lesson:
    """One sesi for one group: its langkah as cards to teach; without cards while it is being written."""

    group: GroupCard
    course: FieldCourse
    sesi: OutlineSesi
    sheet: SesiSheet | None
    cards: tuple[Card, ...]


def lesson(actor: Actor, group_id: int, sesi_id: str) -> Lesson:
    """What the actor teaches this group; NotFound without the group or the sesi."""
    questions.ask([*catalogue.ahead(), *groups.ahead(group_id)])
    card, course = groups.group(actor, group_id), field_course()
    if course is None or sesi_id not in course.outline.sesi:
        raise NotFound("sesi")
    sesi = course.outline.sesi[sesi_id]
    sheet = catalogue.sesi(course.version_id, sesi_id) if sesi.steps else None
    return Lesson(card, course, sesi, sheet, tuple(catalogue.card(course.version_id, s.id) for s in sesi.steps))


def groups_to_teach(actor: Actor, course: str, sesi_id: str) -> list[GroupCard]:
    """The actor's groups, where this sesi of this course is one for families; else none."""
    own = groups.own_groups(actor)
    taught = field_course() if own else None
    fits = taught is not None and taught.course == course and any(one.id == sesi_id for one in taught.sesi)
    return own if fits else []


@dataclass(frozen=True)
class Desk:
    """What the report form knows before anything is written: the last meeting, and other groups to join."""

    lesson: Lesson
    last: Given | None
    others: tuple[GroupCard, ...]


def report_desk(actor: Actor, group_id: int, sesi_id: str) -> Desk:
    """The report of one group and sesi, before it is written."""
    about = lesson(actor, group_id, sesi_id)
    before = read_meetings.standing([group_id])
    others = tuple(card for card in groups.own_groups(actor) if card.id != group_id)
    return Desk(about, before[-1] if before else None, others)


def warnings(payload: Mapping[str, Any]) -> list[str]:
    """What the free texts of a report should not carry; the sender is asked before it goes."""
    return free_text.doubts(f"{payload.get('note', '')} {payload.get('place', '')} {payload.get('reason', '')}")


@dataclass(frozen=True)
class MeetingPage:
    """One meeting as its page shows it; the receipt is for its sender."""

    card: MeetingCard
    sesi: OutlineSesi | None
    leader: str
    receipt: str
    own: bool
    newer: uuid.UUID | None
    may_remark: bool
    remarks: Mapping[str, Sequence[remarks.Remark]]


def meeting(actor: Actor, meeting_id: uuid.UUID) -> MeetingPage:
    """One meeting, for who led it and for who may see one of its groups."""
    require(actor, READ_GROUP)
    card, leader = read_meetings.led(meeting_id)
    if card is None:
        raise NotFound("meeting")
    own, may_remark = card.leader_id == actor.id, remarks.may_remark(actor, card.leader_id)
    if not (own or may_remark or _sees(actor, card)):
        raise NotFound("meeting")
    kept = journal.first(card.id) if own else None
    said = read_monthly.named_remarks_of(card.corrects or card.id)
    return MeetingPage(
        card=card,
        sesi=catalogue.outline(card.version_id).sesi.get(card.sesi),
        leader="" if own else leader,
        receipt=journal.receipt(kept.key) if kept else "",
        own=own,
        newer=read_meetings.newest_id(card.id) if card.replaced else None,
        may_remark=may_remark,
        remarks=remarks.beside_fields(said),
    )


def own_meeting(actor: Actor, meeting_id: uuid.UUID) -> MeetingCard:
    """A meeting that the actor led and that stands, to be told anew; NotFound for all others."""
    require(actor, READ_GROUP)
    card, _leader = read_meetings.led(meeting_id)
    if card is None or card.leader_id != actor.id or not card.stands:
        raise NotFound("meeting")
    if card.sesi not in catalogue.outline(card.version_id).sesi:
        raise NotFound("sesi")
    return card


def _sees(actor: Actor, card: MeetingCard) -> bool:
    """True for who looks after the group, or holds it today: its story goes with it."""
    found = read.cards([p.group_id for p in card.present]).values()
    return any(allowed(actor, READ_GROUP, GroupPlace(c.unit_path, c.holder_id, frozenset())) for c in found)
