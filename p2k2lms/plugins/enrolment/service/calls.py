"""Calling people to a class: the letter of each, a text ready to send, and the calendar under a secret link."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from p2k2lms.core import address, clock, settings
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.letters import day_in_words
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import pdf
from p2k2lms.plugins.enrolment.permissions import READ_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import calendar, letters
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.classes import open_class
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard, SessionCard
from p2k2lms.plugins.identity import service as identity

MOST_LETTERS = 200
CHOSEN = ("issuer", "place", "signer_title", "signer_name", "signer_nip")


@dataclass(frozen=True)
class ReadyText:
    """A text for one person, with a link that opens it in WhatsApp where the phone number is known."""

    person_id: int
    enrolment_id: int
    name: str
    text: str
    link: str


def set_letter(actor: Actor, angkatan_id: int, number: str, on: date | None) -> None:
    """Say under which number and of which day the letters of a class go out."""
    with unit_of_work("enrolment.set_letter", actor, f"angkatan:{angkatan_id}"):
        row = open_class(actor, angkatan_id)[0]
        if len(number) > 80:
            raise Invalid(_("Nomor surat paling panjang 80 huruf."), "number")
        row.letter_number, row.letter_on = " ".join(number.split()), on


def ready_texts(actor: Actor, angkatan_id: int) -> tuple[AngkatanCard, list[ReadyText]]:
    """What to send to each member; for the staff of the class."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    members = {m.person_id: m.id for m in reading.members(angkatan_id) if m.state != STOPPED}
    title = catalogue.version(card.version_id).title
    found = []
    for person in sorted(identity.people(list(members)).values(), key=lambda p: p.name):
        text = letters.text_for(person.name, title, card, letters.days(card.starts, card.ends))
        link = f"https://wa.me/{person.phone.lstrip('+')}?text={quote(text)}" if person.phone else ""
        found.append(ReadyText(person.id, members[person.id], person.name, text, link))
    return card, found


def letters_pdf(actor: Actor, angkatan_id: int, enrolment_id: int | None = None) -> bytes:
    """The letters of a class, one page each, or one of them; for its staff."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    members = [m for m in reading.members(angkatan_id) if m.state != STOPPED and enrolment_id in (None, m.id)]
    return _letters(card, [m.person_id for m in members])


def own_letter(actor: Actor, angkatan_id: int) -> bytes:
    """One's own letter."""
    mine = [e for e in reading.enrolments_of(actor.id or 0) if e.angkatan_id == angkatan_id and e.state != STOPPED]
    if not mine:
        raise NotFound("angkatan")
    return _letters(reading.angkatan(angkatan_id), [mine[0].person_id])


def _letters(card: AngkatanCard, person_ids: list[int]) -> bytes:
    if not person_ids:
        raise NotFound("enrolment")
    if len(person_ids) > MOST_LETTERS:
        raise Conflict(_("Paling banyak %(n)s surat sekaligus.", n=MOST_LETTERS))
    centre, version = identity.unit(card.centre_unit_id), catalogue.version(card.version_id)
    chosen = settings.values([f"enrolment.letter_{key}" for key in CHOSEN], centre.lineage)
    homes = identity.home_names(person_ids, clock.today())
    people = sorted(identity.people(person_ids).values(), key=lambda p: p.name)
    sheet = letters.LetterSheet(
        angkatan=card.name,
        course=version.title,
        jp=version.jp,
        mode=letters.mode_in_words(card),
        days=letters.days(card.starts, card.ends),
        place=card.place,
        number=card.letter_number,
        dated=day_in_words(card.letter_on or clock.today(centre.zone)),
        issuer=chosen["enrolment.letter_issuer"] or centre.name,
        town=chosen["enrolment.letter_place"],
        signer=tuple(chosen[f"enrolment.letter_{key}"] for key in CHOSEN[2:]),
        first=_first_meeting(read.of_angkatan(card.id)),
        people=tuple((p.name, p.pkh_id or "", homes.get(p.id, "")) for p in people),
    )
    return pdf.letters(sheet)


def _first_meeting(meetings: list[SessionCard]) -> str:
    if not meetings:
        return ""
    first = meetings[0]
    return f"{day_in_words(first.on_day)}, {first.time}, {first.title}"


def attendance_sheet(actor: Actor, angkatan_id: int, session_id: int) -> bytes:
    """The list of one meeting on paper, in the order of the screen; for the staff of the class."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    meeting = read.card(session_id)
    if meeting is None or meeting.angkatan_id != angkatan_id:
        raise NotFound("session")
    ids = [m.person_id for m in reading.members(angkatan_id) if m.state != STOPPED]
    names, homes = identity.names(ids), identity.home_names(ids, clock.today())
    rows = sorted((names.get(p, ""), p) for p in ids)
    when = f"{day_in_words(meeting.on_day)}, {meeting.time}"
    return pdf.attendance(card.name, meeting.title, when, [(name, homes.get(p, "")) for name, p in rows])


def share_calendar(actor: Actor, angkatan_id: int) -> None:
    """Give the calendar of a class a new secret link; an old one no longer opens anything."""
    with unit_of_work("enrolment.share_calendar", actor, f"angkatan:{angkatan_id}"):
        open_class(actor, angkatan_id)[0].calendar_key = secrets.token_urlsafe(32)


def calendar_feed(key: str) -> str:
    """The timetable under a secret link, for everybody who has it; NotFound for all other keys."""
    angkatan_id = read.by_calendar_key(key)
    if angkatan_id is None:
        raise NotFound("calendar")
    card = reading.angkatan(angkatan_id)
    zone = ZoneInfo(identity.unit(card.centre_unit_id).zone)
    return calendar.feed(card.name, list(_entries(card, zone)), clock.now())


def _entries(card: AngkatanCard, zone: ZoneInfo) -> Iterable[calendar.Entry]:
    page = _page(card.id)
    for meeting in read.of_angkatan(card.id):
        starts = datetime.combine(meeting.on_day, time(), zone) + timedelta(minutes=meeting.starts)
        ends = starts + timedelta(minutes=meeting.minutes)
        place = _("Ruang daring") if meeting.live_url else card.place
        uid = f"temu-{meeting.id}@p2k2lms"
        note = _("%(n)s JP", n=meeting.jp) if meeting.jp else ""
        yield calendar.Entry(uid, starts.astimezone(UTC), ends.astimezone(UTC), meeting.title, place, note, page)


def _page(angkatan_id: int) -> str:
    """Where a member sees the class; nothing while the installation has no address of its own."""
    try:
        return f"{address.public_url()}/angkatan/{angkatan_id}/saya"
    except Conflict:
        return ""
