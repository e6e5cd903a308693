"""Meetings as they are told: accepted with flags, told anew, called off, or said not to have been."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock, free_text
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.fieldwork.models import Meeting, MeetingGroup, NoMeeting
from p2k2lms.plugins.fieldwork.permissions import CREATE_MEETING
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.rules import meetings, members, months
from p2k2lms.plugins.fieldwork.service import obstacles, remarks
from p2k2lms.plugins.fieldwork.service.course import outline_of
from p2k2lms.plugins.fieldwork.service.facts import mark_meeting, mark_without
from p2k2lms.plugins.fieldwork.service.groups import place_of
from p2k2lms.plugins.fieldwork.values import (
    CancelPayload,
    CorrectionPayload,
    GroupCard,
    GroupPlace,
    MeetingPayload,
    NoMeetingPayload,
    Present,
    roster,
)
from p2k2lms.plugins.fieldwork.values.words import CANCELLED, FLAGS, MET, VALID


@dataclass(frozen=True)
class Scene:
    """The groups of a report, and how each stood on its day."""

    cards: Mapping[int, GroupCard]
    places: Mapping[int, GroupPlace]
    today: date


def accept(actor: Actor, sent: Sent, payload: MeetingPayload) -> list[str]:
    """Apply `fieldwork.meeting`."""
    with unit_of_work("fieldwork.accept_meeting", actor, f"meeting:{sent.id}"):
        return _write(actor, sent, payload, {"leader_id": actor.id})


def correct(actor: Actor, sent: Sent, payload: CorrectionPayload) -> list[str]:
    """Apply `fieldwork.correction`: the newest version gives way to this one."""
    with unit_of_work("fieldwork.correct_meeting", actor, f"meeting:{payload.corrects}") as uow:
        row = own_meeting(actor, read_meetings.meeting_row(payload.corrects), "payload.corrects")
        root = row.corrects or row.id
        newest = own_meeting(actor, read_meetings.newest_of(root), "payload.corrects")
        if newest.status != VALID:
            raise Conflict(_("Pertemuan ini sudah dibatalkan. Kirim sebagai laporan baru."))
        newest.replaced = True
        mark_meeting(uow, newest.id)
        _count_again(uow, newest)
        again = {"leader_id": newest.leader_id, "corrects": root, "version": newest.version + 1}
        remarks.settle(uow, actor, root, sent.id, payload.on_day)
        return _write(actor, sent, payload, again)


def cancel(actor: Actor, sent: Sent, payload: CancelPayload) -> list[str]:
    """Apply `fieldwork.cancel`: the meeting stays in the book and does not count."""
    with unit_of_work("fieldwork.cancel_meeting", actor, f"meeting:{payload.meeting}") as uow:
        row = own_meeting(actor, read_meetings.meeting_row(payload.meeting), "payload.meeting")
        newest = own_meeting(actor, read_meetings.newest_of(row.corrects or row.id), "payload.meeting")
        newest.status, newest.cancel_reason = CANCELLED, free_text.without_numbers(payload.reason)
        mark_meeting(uow, newest.id)
        _count_again(uow, newest)
        return free_text.flags(payload.reason)


def _count_again(uow: UnitOfWork, row: Meeting) -> None:
    """What a meeting said of an obstacle counts no more."""
    if obstacles.matters(row.obstacle):
        ids = read_meetings.groups_of(row.id)
        obstacles.ask_for_count(uow, read.cards(ids, row.on_day).values(), [row.on_day])


def say_not_met(actor: Actor, sent: Sent, payload: NoMeetingPayload) -> list[str]:
    """Apply `fieldwork.no_meeting`: said once for a group and a month."""
    with unit_of_work("fieldwork.say_not_met", actor, f"group:{payload.group}") as uow:
        month = months.month_of(date.fromisoformat(f"{payload.month}-01"))
        scene = _scene(actor, [payload.group], month.last, sent, "payload.group")
        if month.first > scene.today:
            raise Invalid(_("Bulan ini belum tiba."), "payload.month")
        if read_meetings.not_met([payload.group], month.first):
            raise Conflict(_("Bulan ini sudah tercatat tidak bertemu."))
        kept = {"month": month.first, "reason": payload.reason, "note": free_text.without_numbers(payload.note)}
        uow.add(NoMeeting(id=sent.id, group_id=payload.group, person_id=actor.id, **kept))
        mark_without(uow, scene.cards[payload.group].unit_id, month)
        met = read_meetings.standing([payload.group], month.first, month.after)
        return [*([MET] if met else []), *free_text.flags(payload.note)]


def own_meeting(actor: Actor, row: Meeting | None, field: str) -> Meeting:
    """The row, if it is the actor's own report; Invalid otherwise."""
    if row is None or row.leader_id != actor.id:
        raise Invalid(_("Laporan ini bukan laporan Anda."), field)
    return row


def _scene(actor: Actor, group_ids: list[int], day: date, sent: Sent, field: str) -> Scene:
    """The groups as they stood on the day; a group out of the actor's reach looks like none at all."""
    cards, custody = read.cards(group_ids, day), read.custody_of(group_ids)
    places = {card.id: place_of(card, custody, day) for card in cards.values()}
    for group_id in group_ids:
        if group_id not in places or not allowed(actor, CREATE_MEETING, places[group_id]):
            raise Invalid(_("Kelompok ini bukan kelompok Anda."), field)
    return Scene(cards, places, clock.on_day(sent.received_at, cards[group_ids[0]].zone))


def _write(actor: Actor, sent: Sent, payload: MeetingPayload, about: Mapping[str, Any]) -> list[str]:
    """Keep the meeting with everything odd about it; `about` says who led it and which version it is."""
    scene = _scene(actor, payload.groups, payload.on_day, sent, "payload.groups")
    if clock.is_ahead(payload.on_day, scene.today):
        raise Invalid(_("Tanggal pertemuan belum tiba. Periksa tanggal di HP."), "payload.on_day")
    outline = outline_of(payload.version_id, payload.sesi)
    if len(payload.steps) != len(outline.sesi[payload.sesi].steps):
        raise Invalid(_("Jumlah langkah tidak cocok dengan sesi ini."), "payload.steps")
    told = meetings.Told(
        leader_id=about["leader_id"],
        on_day=payload.on_day,
        received_on=scene.today,
        sesi=payload.sesi,
        note=f"{payload.note} {payload.place}",
        present=_present(payload),
        places=scene.places,
        born={card.id: card.valid_from for card in scene.cards.values()},
        ended=[card.valid_to for card in scene.cards.values() if card.valid_to is not None],
    )
    flags = meetings.flags(told, outline, read_meetings.history(payload.groups).every)
    _keep(sent, payload, told.present, {**about, "flags": flags})
    if obstacles.matters(payload.obstacle):
        with unit_of_work("fieldwork.count_obstacles", actor) as uow:
            obstacles.ask_for_count(uow, scene.cards.values(), [payload.on_day])
    return flags


def _keep(sent: Sent, payload: MeetingPayload, present: tuple[Present, ...], about: Mapping[str, Any]) -> None:
    plain = ("on_day", "start", "minutes", "version_id", "sesi", "steps", "handraise", "obstacle")
    kept = {name: getattr(payload, name) for name in plain}
    texts = {name: free_text.without_numbers(getattr(payload, name)) for name in ("note", "place")}
    with unit_of_work("fieldwork.keep_meeting", subject=f"meeting:{sent.id}") as uow:
        times = {"occurred_at": sent.occurred_at, "received_at": sent.received_at}
        uow.add(Meeting(id=sent.id, **kept, **texts, **times, **about))
        for one in present:
            names = ("due", "women", "men", "children", "homework_back", "numbers")
            counts = {name: getattr(one, name) for name in names}
            uow.add(MeetingGroup(meeting_id=sent.id, group_id=one.group_id, on_day=payload.on_day, **counts))
        mark_meeting(uow, sent.id)


def _present(payload: MeetingPayload) -> tuple[Present, ...]:
    """Who came, beside the members of that day, frozen from the ledger."""
    changes = read.changes_of(payload.groups)
    rows = zip(payload.groups, payload.women, payload.men, payload.children, payload.homework, strict=True)
    found = []
    for counts, ticked in zip(rows, payload.numbers, strict=True):
        due = members.size_on([c for c in changes if c.group_id == counts[0]], payload.on_day)
        found.append(Present(counts[0], due, *counts[1:], roster.packed(ticked)))
    return tuple(found)


MEETING = SubmissionKind("fieldwork.meeting", {1: MeetingPayload}, accept, title=lazy("Laporan P2K2"), words=FLAGS)
CORRECTION = SubmissionKind(
    "fieldwork.correction", {1: CorrectionPayload}, correct, title=lazy("Perbaikan laporan"), words=FLAGS
)
CANCEL = SubmissionKind("fieldwork.cancel", {1: CancelPayload}, cancel, title=lazy("Laporan dibatalkan"), words=FLAGS)
NO_MEETING = SubmissionKind(
    "fieldwork.no_meeting", {1: NoMeetingPayload}, say_not_met, title=lazy("Tidak bertemu bulan ini"), words=FLAGS
)
