"""Who was at a meeting: marked by the code on the wall, by staff, and closed by a count of heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.events import AttendanceRecorded
from p2k2lms.plugins.enrolment.models import Attendance, ClassSession, Joining
from p2k2lms.plugins.enrolment.permissions import CHANGE_ATTENDANCE, CREATE_ATTENDANCE
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import attending, codes
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.timetable import session_in_class
from p2k2lms.plugins.enrolment.values import (
    AFTER_CLOSING,
    BY_OFFICER,
    BY_QR,
    ONLINE_OPEN,
    PRESENT,
    RUNNING,
    STOPPED,
    AngkatanCard,
    AttendancePayload,
    EnrolmentCard,
)
from p2k2lms.plugins.identity import service as identity

LONGEST_NOTE = 300


@dataclass(frozen=True)
class _List:
    """The list that is being written: by whom, from which sending, of which meeting."""

    uow: UnitOfWork
    actor: Actor
    sent: Sent
    row: ClassSession
    card: AngkatanCard

    @cached_property
    def members(self) -> dict[int, EnrolmentCard]:
        """Everybody who sits, or sat, in the class."""
        return {m.person_id: m for m in reading.members(self.card.id)}

    def online_open(self, member: EnrolmentCard) -> bool:
        """True for who has to pass the online phase of a mixed class first."""
        return self.card.mode == "campuran" and self.card.online_until is not None and member.online_passed_at is None

    def write(self, person_id: int, status: str, late: int, **how: Any) -> None:
        """Write one line down, and tell."""
        mark = read.mark_row(self.row.id, person_id) or Attendance(session_id=self.row.id, person_id=person_id)
        mark.status, mark.late = status, late
        mark.minutes = attending.earned_minutes(status, late, self.row.minutes)
        mark.marked_by = self.actor.id or 0
        mark.occurred_at, mark.received_at = self.sent.occurred_at, self.sent.received_at
        for name, value in how.items():
            setattr(mark, name, value)
        self.uow.add(mark)
        self.uow.publish(
            AttendanceRecorded(session_id=self.row.id, person_id=person_id, angkatan_id=self.row.angkatan_id)
        )


def record(actor: Actor, sent: Sent, payload: AttendancePayload) -> Sequence[str]:
    """Apply a list, or one's own mark by the code on the wall; returns what is odd about it."""
    require(actor, CREATE_ATTENDANCE)
    with unit_of_work("enrolment.record_attendance", actor, f"session:{payload.session}") as uow:
        row = read.row(payload.session)
        if row is None:
            raise Invalid(_unknown(), "session")
        here = _List(uow, actor, sent, row, reading.angkatan(row.angkatan_id))
        if payload.code:
            _by_code(here, payload)
            return ()
        if not allowed(actor, CHANGE_ATTENDANCE, here.card):
            raise Invalid(_unknown(), "session")
        return _by_staff(here, payload)


def _unknown() -> str:
    return _("Pertemuan ini tidak ada, atau bukan angkatan Anda.")


def _by_code(here: _List, payload: AttendancePayload) -> None:
    if [m[:2] for m in payload.marks] != [(here.actor.id, PRESENT)]:
        raise Invalid(_("Dengan kode, tiap orang hanya mencatat dirinya sendiri."), "people")
    came = _scanned_at(payload, here.row, here.sent.received_at)
    if came is None:
        raise Invalid(_("Kode sudah berganti. Pindai lagi kode di layar."), "code")
    if here.row.closed_at is not None:
        raise Conflict(_("Daftar hadir pertemuan ini sudah ditutup. Temui pelatih."))
    member = here.members.get(here.actor.id or 0)
    if member is None or member.state != RUNNING:
        raise Invalid(_("Anda bukan peserta angkatan ini."), "people")
    if here.online_open(member):
        raise Conflict(_("Tahap daring belum selesai. Selesaikan kartunya, atau temui pelatih."))
    if read.mark_row(here.row.id, member.person_id) is None:
        minute = attending.minute_of(came, here.row.on_day, identity.unit(here.card.centre_unit_id).zone)
        if attending.is_over(here.row.starts, here.row.minutes, minute):
            raise Conflict(_("Pertemuan ini sudah selesai. Kalau Anda hadir, minta pelatih mencatat Anda di daftar."))
        late = attending.minutes_late(here.row.starts, minute)
        here.write(member.person_id, PRESENT, late, how=BY_QR, browser=payload.browser, flags=[])


def _scanned_at(payload: AttendancePayload, row: ClassSession, now: datetime) -> datetime | None:
    """When the code was opened in time: now, or as the ticket says; None if it was not."""
    if codes.session_of(payload.code) != row.id:
        return None
    second = int(now.timestamp())
    if codes.ticket_holds(row.secret, (payload.code, payload.browser, payload.ticket), second):
        return datetime.fromtimestamp(int(payload.ticket.partition(".")[0]), UTC)
    return now if codes.is_good(row.secret, payload.code, second) else None


def _by_staff(here: _List, payload: AttendancePayload) -> Sequence[str]:
    if any(person not in here.members for person, _s, _l in payload.marks):
        raise Invalid(_("Ada orang yang bukan peserta angkatan ini."), "people")
    flags: set[str] = set()
    for person, status, late in payload.marks:
        known = read.mark_row(here.row.id, person)
        if known is not None and _stands(known, here.sent, status, late):
            continue
        odd = [AFTER_CLOSING] if here.row.closed_at is not None else []
        if status == PRESENT and here.online_open(here.members[person]):
            odd.append(ONLINE_OPEN)
        flags.update(odd)
        here.write(person, status, late, how=BY_OFFICER, browser=known.browser if known else "", flags=odd)
    return sorted(flags)


def _stands(known: Attendance, sent: Sent, status: str, late: int) -> bool:
    """True for a mark that says the same already, or that was made later than what is sent now."""
    return known.occurred_at > sent.occurred_at or (known.status, known.late) == (status, late)


ATTENDANCE = SubmissionKind("enrolment.attendance", {1: AttendancePayload}, record, title=lazy("Daftar hadir"))


def close_list(actor: Actor, angkatan_id: int, session_id: int, head_count: int | None, note: str) -> None:
    """Close a list by counting heads; a count that differs from the list needs a word about it."""
    with unit_of_work("enrolment.close_list", actor, f"session:{session_id}"):
        row = _list_row(actor, angkatan_id, session_id)
        if head_count is None or not 0 <= head_count <= 10_000:
            raise Invalid(_("Tulis berapa orang yang ada di ruang."), "head_count")
        marks = read.marks_of([session_id])
        if (more := attending.count_differs(head_count, marks)) and not note.strip():
            say = _("Di daftar %(more)s orang lebih banyak daripada di ruang. Periksa, atau tulis sebabnya.", more=more)
            if more < 0:
                say = _(
                    "Di ruang %(more)s orang lebih banyak daripada di daftar. Periksa, atau tulis sebabnya.", more=-more
                )
            raise Invalid(say, "note")
        row.closed_at, row.head_count, row.count_note = clock.now(), head_count, note.strip()[:LONGEST_NOTE]


def reopen_list(actor: Actor, angkatan_id: int, session_id: int) -> None:
    """Open a closed list again."""
    with unit_of_work("enrolment.reopen_list", actor, f"session:{session_id}"):
        row = _list_row(actor, angkatan_id, session_id)
        row.closed_at, row.head_count, row.count_note = None, None, ""


def _list_row(actor: Actor, angkatan_id: int, session_id: int) -> ClassSession:
    card = reading.angkatan(angkatan_id)
    require(actor, CHANGE_ATTENDANCE, card)
    if card.closed_at is not None:
        raise Conflict(_("Angkatan ini sudah ditutup dan tidak berubah lagi."))
    row = read.row(session_in_class(card, session_id).id)
    assert row is not None
    return row


def join_live(actor: Actor, angkatan_id: int, session_id: int) -> None:
    """Write down that a member goes into the room of a live meeting."""
    with unit_of_work("enrolment.join_live", actor, f"session:{session_id}") as uow:
        member = next((m for m in reading.enrolments_of(actor.id or 0) if m.angkatan_id == angkatan_id), None)
        card = read.card(session_id)
        if member is None or member.state == STOPPED or card is None or card.angkatan_id != angkatan_id:
            raise NotFound("session")
        if not card.live_url:
            raise Conflict(_("Pertemuan ini tidak punya ruang daring."))
        known = read.joining(session_id, member.person_id)
        if known is None:
            uow.add(Joining(session_id=session_id, person_id=member.person_id))
        else:
            known.last_at, known.times = clock.now(), known.times + 1


def pass_online(enrolment_id: int) -> None:
    """The online phase of a mixed class is passed (decided by progress): the meetings are open to this person."""
    with unit_of_work("enrolment.pass_online", subject=f"enrolment:{enrolment_id}"):
        for row in queries.rows_with_ids([enrolment_id]):
            row.online_passed_at = row.online_passed_at or clock.now()
