"""Calling people: the calendar as RFC 5545 has it, the letters, the texts, and who may have them."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.rules import calendar
from p2k2lms.plugins.enrolment.values import SessionPlan
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import as_actor, someone, the_units

DAY = date(2026, 12, 7)
AT = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)


@given(st.text(max_size=300))
def test_a_folded_line_is_short_and_unfolds_to_what_it_was(text):
    line = f"SUMMARY:{calendar.escaped(text)}"
    folded = calendar.fold(line)
    assert folded.endswith("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in folded.removesuffix("\r\n").split("\r\n"))
    assert folded.removesuffix("\r\n").replace("\r\n ", "") == line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a,b;c", "a\\,b\\;c"),
        ("a\\b", "a\\\\b"),
        ("a\nb", "a\\nb"),
        ("a\r\nEND:VEVENT", "a\\nEND:VEVENT"),
        ("a\x07", "a"),
    ],
)
def test_no_text_ends_a_line_or_separates(text, escaped):
    assert calendar.escaped(text) == escaped


def test_a_feed_has_its_meetings_in_universal_time():
    entry = calendar.Entry("temu-1@p2k2lms", AT, AT.replace(hour=2), "Materi, dan; lain", "Banjarbaru")
    lines = calendar.feed("Angkatan 1", [entry], AT).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART:20261207T000000Z", "DTEND:20261207T020000Z", "SUMMARY:Materi\\, dan\\; lain"} <= set(lines)


@pytest.fixture
def class_(app):
    """A class with one meeting and two members, its trainer."""
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=DAY, name="Angkatan 12", place="Banjarbaru")
    service.add_session(trainer, here.id, SessionPlan(DAY, 480, 90, "Pembukaan", 0))
    members = [
        a_member(here, someone("pendamping", BANJAR, name=f"Peserta {n}", phone=f"+62812000000{n}")) for n in "12"
    ]
    return trainer, here, members


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def test_each_member_has_a_letter_of_one_page_and_a_text_for_whatsapp(class_, sign_in):
    trainer, here, members = class_
    page = sign_in(trainer)
    assert (
        page.post(f"/angkatan/{here.id}/surat", data={"number": "001/P2K2/2026", "on": "2026-11-30"}).status_code == 303
    )
    letters = pages(page.get(f"/angkatan/{here.id}/surat.pdf").data)
    assert len(letters) == 2
    assert all(
        word in letters[0] for word in ("001/P2K2/2026", "Peserta 1", "7 Desember 2026", "Banjarbaru", "Pembukaan")
    )
    assert len(pages(page.get(f"/angkatan/{here.id}/surat/{members[1].id}.pdf").data)) == 1
    shown = page.get(f"/angkatan/{here.id}/surat").text
    assert "https://wa.me/628120000001?text=Yth.%20Peserta%201" in shown
    assert page.post(f"/angkatan/{here.id}/surat", data={"on": "kemarin"}).status_code == 422
    own = sign_in(as_actor(members[0].person_id)).get(f"/angkatan/{here.id}/saya/surat.pdf")
    assert "Peserta 1" in pages(own.data)[0]
    assert page.get(f"/angkatan/{here.id}/surat/999.pdf").status_code == 404


def test_the_paper_list_has_everybody_in_order(class_, sign_in):
    trainer, here, _members = class_
    meeting = service.timetable(trainer, here.id).days[0][1][0]
    (text,) = pages(sign_in(trainer).get(f"/angkatan/{here.id}/hadir/{meeting.id}/daftar.pdf").data)
    assert text.index("Peserta 1") < text.index("Peserta 2")


def test_a_calendar_opens_by_its_secret_alone_and_a_new_one_shuts_the_old(class_, browser):
    trainer, here, _members = class_
    with pytest.raises(NotFound):
        service.calendar_feed("")
    service.share_calendar(trainer, here.id)
    old = service.angkatan(here.id).calendar_key
    answer = browser.get(f"/angkatan/kalender/{old}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "DTSTART:20261207T000000Z" in answer.text
    service.share_calendar(trainer, here.id)
    assert browser.get(f"/angkatan/kalender/{old}.ics").status_code == 404
