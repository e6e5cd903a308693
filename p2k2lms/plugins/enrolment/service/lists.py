"""What is shown of attendance: the lists of a class, one list, the code on the wall, one's own class, and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.models import Joining
from p2k2lms.plugins.enrolment.permissions import CHANGE_ATTENDANCE, READ_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.queries.attending import meetings_until
from p2k2lms.plugins.enrolment.rules import attending, codes
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.timetable import session_in_class
from p2k2lms.plugins.enrolment.values import (
    PRESENT,
    STOPPED,
    AngkatanCard,
    AttendanceShare,
    EnrolmentCard,
    MarkCard,
    SessionCard,
)
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class ListLine:
    """One member on a list: the mark, whether the phone marked somebody else too, when the live room was entered."""

    person_id: int
    name: str
    mark: MarkCard | None
    one_phone: bool
    joined: Joining | None


@dataclass(frozen=True)
class SessionList:
    """The list of one meeting."""

    angkatan: AngkatanCard
    session: SessionCard
    lines: tuple[ListLine, ...]

    @property
    def present(self) -> int:
        return sum(line.mark is not None and line.mark.status == PRESENT for line in self.lines)

    @property
    def unmarked(self) -> int:
        return sum(line.mark is None for line in self.lines)


@dataclass(frozen=True)
class WallCode:
    """What is shown on the wall: the path of the code, how long it is shown, and how many have used it."""

    session: SessionCard
    code: str
    seconds: int
    present: int
    members: int
    over: bool


@dataclass(frozen=True)
class Scan:
    """What a phone that opened a code may do: the meeting, a ticket if it was in time, the mark if there is one.

    `over`: the code is good, but the meeting had ended when it was opened.
    """

    session: SessionCard | None
    ticket: str
    mark: MarkCard | None
    over: bool = False


@dataclass(frozen=True)
class OwnSessions:
    """One's own class: its meetings with one's marks, and what they add up to."""

    angkatan: AngkatanCard
    enrolment: EnrolmentCard
    sessions: tuple[tuple[SessionCard, MarkCard | None, bool], ...]
    share: AttendanceShare | None


def lists(actor: Actor, angkatan_id: int) -> tuple[AngkatanCard, list[tuple[SessionCard, int, int]]]:
    """The meetings of a class with how many are present and how many have no mark yet; for its staff."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    meetings = read.of_angkatan(angkatan_id)
    present, marked = dict[int, int](), dict[int, int]()
    for mark in read.marks_of([m.id for m in meetings]):
        marked[mark.session_id] = marked.get(mark.session_id, 0) + 1
        present[mark.session_id] = present.get(mark.session_id, 0) + (mark.status == PRESENT)
    return card, [(m, present.get(m.id, 0), max(card.taken - marked.get(m.id, 0), 0)) for m in meetings]


def session_list(actor: Actor, angkatan_id: int, session_id: int) -> SessionList:
    """One list, by name, for the staff of the class."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    meeting = session_in_class(card, session_id)
    marks = {m.person_id: m for m in read.marks_of([session_id])}
    twins = attending.shared_phones(marks.values())
    joined = {j.person_id: j for j in read.joinings(session_id)} if meeting.live_url else {}
    here = [m.person_id for m in reading.members(angkatan_id) if m.state != STOPPED or m.person_id in marks]
    names = identity.names(here)
    lines = [ListLine(p, names.get(p, ""), marks.get(p), p in twins, joined.get(p)) for p in here]
    return SessionList(card, meeting, tuple(sorted(lines, key=lambda line: (line.name, line.person_id))))


def wall_code(actor: Actor, angkatan_id: int, session_id: int) -> WallCode:
    """The code that is shown now, for who may take attendance."""
    card = reading.angkatan(angkatan_id)
    require(actor, CHANGE_ATTENDANCE, card)
    meeting = session_in_class(card, session_id)
    second = int(clock.now().timestamp())
    code = codes.code_at(read.secret(session_id) or "", session_id, second)
    present = sum(m.status == PRESENT for m in read.marks_of([session_id]))
    return WallCode(meeting, code, codes.seconds_left(second), present, card.taken, _over(meeting, card, second))


def _over(meeting: SessionCard, card: AngkatanCard, second: int) -> bool:
    zone = identity.unit(card.centre_unit_id).zone
    minute = attending.minute_of(datetime.fromtimestamp(second, UTC), meeting.on_day, zone)
    return attending.is_over(meeting.starts, meeting.minutes, minute)


def scan(code: str, browser: str, known_ticket: str, person_id: int | None) -> Scan:
    """A phone has opened a code: a ticket if it is good now, or the one that the same browser had before signing in."""
    session_id = codes.session_of(code)
    meeting = read.card(session_id) if session_id is not None else None
    if session_id is None or meeting is None:
        return Scan(None, "", None)
    secret, second = read.secret(session_id) or "", int(clock.now().timestamp())
    mark = read.mark_row(session_id, person_id) if person_id is not None else None
    ticket = ""
    if codes.ticket_holds(secret, (code, browser, known_ticket), second):
        ticket = known_ticket
    elif codes.is_good(secret, code, second):
        ticket = codes.ticket(secret, code, browser, second)
    shown = (
        MarkCard(session_id, mark.person_id, mark.status, mark.late, mark.minutes, mark.how, "", ()) if mark else None
    )
    opened = int(ticket.partition(".")[0]) if ticket else second
    over = bool(ticket) and _over(meeting, reading.angkatan(meeting.angkatan_id), opened)
    return Scan(meeting if ticket or mark else None, ticket, shown, over)


def session_in(code: str) -> int:
    """Which meeting a code names; 0, which none has, for what is no code."""
    return codes.session_of(code) or 0


def own_sessions(actor: Actor, angkatan_id: int) -> OwnSessions:
    """The meetings of a class in which the actor learns; NotFound for all others."""
    questions.ask(
        [
            queries.of_person.ahead(actor.id or 0),
            queries.angkatan.ahead(angkatan_id),
            meetings_until.ahead((angkatan_id,), clock.today()),
        ]
    )
    mine = next((e for e in reading.enrolments_of(actor.id or 0) if e.angkatan_id == angkatan_id), None)
    if mine is None or mine.state == STOPPED:
        raise NotFound("angkatan")
    meetings = read.of_angkatan(angkatan_id)
    marks = {m.session_id: m for m in read.marks_of([m.id for m in meetings]) if m.person_id == actor.id}
    live = [m.id for m in meetings if m.live_url]
    joined = read.joined_by(mine.person_id, live) if live else set()
    rows = tuple((m, marks.get(m.id), m.id in joined) for m in meetings)
    return OwnSessions(reading.angkatan(angkatan_id), mine, rows, attendance_shares([mine]).get(mine.id))


def attendance_shares(enrolments: Iterable[EnrolmentCard]) -> Mapping[int, AttendanceShare]:
    """How much of the meetings up to today each enrolment was at; without an entry where none has been held."""
    wanted = [(e.id, e.angkatan_id, e.person_id) for e in enrolments if e.angkatan_id is not None]
    classes = tuple(sorted({angkatan_id for _id, angkatan_id, _p in wanted}))
    if not classes:
        return {}
    found = meetings_until(classes, clock.today())
    shares = ((key, found.share(angkatan_id, person_id)) for key, angkatan_id, person_id in wanted)
    return {key: share for key, share in shares if share is not None}
