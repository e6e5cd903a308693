"""Where a test was begun: in the room of the class or alone, decided once, and told beside the gain."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from p2k2lms.core import clock, intake, sheets
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service, values
from p2k2lms.plugins.assessment.models import Attempt
from p2k2lms.plugins.assessment.rules import quality
from p2k2lms.plugins.assessment.rules.quality import Sat
from p2k2lms.plugins.assessment.values import ALONE, IN_CLASS, UNKNOWN, Places
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import SessionPlan
from p2k2lms.plugins.progress import service as progress
from tests.factories.assessment import a_trainer, envelope
from tests.factories.delivery import a_learner
from tests.factories.enrolment import a_member, an_angkatan, some_members
from tests.factories.identity import as_actor
from tests.factories.progress import a_score
from tests.plugins.assessment.test_quality import PEOPLE, a_class, the_page

DAY = date(2026, 12, 7)
EIGHT = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)  # 08.00 at the centre of the class
HALF_PAST = EIGHT + timedelta(minutes=30)


def place_of(attempt_id: int) -> str:
    return db.session.scalar(select(Attempt.place).where(Attempt.id == attempt_id))


def a_meeting(mode: str = "luring", **traits):
    """A class that meets from eight to half past nine, with its trainer and one member."""
    trainer = as_actor(a_trainer())
    here = an_angkatan(trainer=trainer.id, mode=mode, starts=DAY, ends=DAY + timedelta(days=4))
    meeting = enrolment.add_session(trainer, here.id, SessionPlan(DAY, 480, 90, "Materi", 2, **traits))
    card = a_member(here)
    return trainer, meeting, as_actor(card.person_id), card


def begins(actor, card, at: datetime) -> str:
    with clock.stopped(at):
        return place_of(service.start(actor, card.id, "pre"))


def is_marked(trainer, meeting: int, card, status: str, at: datetime) -> None:
    payload = {"session": meeting, "people": [card.person_id], "statuses": [status]}
    with clock.stopped(at):
        sent = envelope(trainer, "enrolment.attendance", payload)
        assert intake.receive(trainer, [sent])[0].status == "accepted"


@pytest.mark.parametrize(
    ("mode", "room", "at", "place"),
    [
        ("luring", "", HALF_PAST, IN_CLASS),
        ("campuran", "", HALF_PAST, IN_CLASS),
        ("campuran", "https://rapat.example/a", HALF_PAST, ALONE),
        ("daring", "", HALF_PAST, ALONE),
        ("luring", "", EIGHT - timedelta(minutes=1), ALONE),
        ("luring", "", EIGHT + timedelta(minutes=90), ALONE),
        ("luring", "", HALF_PAST - timedelta(days=1), ALONE),
    ],
)
def test_a_test_begun_while_the_class_meets_in_a_room_is_sat_there(both, mode, room, at, place):
    _trainer, _meeting, actor, card = a_meeting(mode, live_url=room)
    assert begins(actor, card, at) == place


@pytest.mark.parametrize(
    ("status", "at", "place"),
    [
        ("izin", HALF_PAST, ALONE),
        ("hadir", HALF_PAST, IN_CLASS),
        ("hadir", EIGHT + timedelta(minutes=100), IN_CLASS),
        ("hadir", EIGHT + timedelta(hours=9), ALONE),
    ],
)
def test_the_list_of_the_trainer_knows_better_than_the_timetable(both, status, at, place):
    trainer, meeting, actor, card = a_meeting()
    is_marked(trainer, meeting, card, status, EIGHT)
    assert begins(actor, card, at) == place


def test_the_place_is_decided_once_when_the_test_begins(both):
    trainer, meeting, actor, card = a_meeting()
    assert begins(actor, card, HALF_PAST) == IN_CLASS
    is_marked(trainer, meeting, card, "alpa", HALF_PAST + timedelta(minutes=1))
    assert begins(actor, card, HALF_PAST + timedelta(minutes=2)) == IN_CLASS


def test_a_pre_test_that_was_skipped_has_no_place(both):
    _trainer, _meeting, actor, card = a_meeting()
    with clock.stopped(HALF_PAST):
        service.skip_pre(actor, card.id, "Tidak sempat")
    assert list(db.session.scalars(select(Attempt.place))) == [UNKNOWN]


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        (IN_CLASS, IN_CLASS, False),
        (ALONE, ALONE, False),
        (ALONE, IN_CLASS, True),
        (IN_CLASS, ALONE, True),
        (UNKNOWN, IN_CLASS, False),
        (ALONE, UNKNOWN, False),
        (UNKNOWN, UNKNOWN, False),
    ],
)
def test_two_tests_are_apart_where_both_places_are_known_and_differ(before, after, apart):
    assert values.are_apart(before, after) is apart
    assert values.places_of([(before, after)]).apart == apart


def test_places_are_counted_by_the_test_after_and_of_pairs_alone():
    sat = [
        Sat(50.0, 80.0, pre_place=ALONE, post_place=IN_CLASS),
        Sat(50.0, 80.0, pre_place=ALONE, post_place=ALONE),
        Sat(50.0, 80.0),
        Sat(None, 80.0, post_place=IN_CLASS),
        Sat(50.0, None, pre_place=ALONE),
    ]
    assert quality.class_gain(sat, 70, 80, None).places == Places(1, 1, 1, 1)


def put(place: str, purpose: str, most: int = PEOPLE) -> None:
    """The first so many attempts of this purpose were begun at this place."""
    with unit_of_work("test.put"):
        first = select(Attempt.id).where(Attempt.purpose == purpose).order_by(Attempt.id).limit(most)
        ids = list(db.session.scalars(first))
        db.session.execute(update(Attempt).where(Attempt.id.in_(ids)).values(place=place))


def test_the_page_of_the_tests_tells_the_places_beside_the_gain(app, sign_in):
    trainer, angkatan = a_class()
    assert "Tempat post-test: 12 tidak diketahui." in the_page(sign_in, trainer, angkatan)
    put(ALONE, "pre")
    put(ALONE, "post")
    put(IN_CLASS, "post", 9)
    page = the_page(sign_in, trainer, angkatan)
    assert "Tempat post-test: 9 di kelas, 3 sendiri. 9 orang beda tempat pada pre-test" in page
    assert page.index("Rata-rata naik") < page.index("Tempat post-test") < page.index("SMCR")
    browser = sign_in(trainer)
    browser.set_cookie("bahasa", "en")
    shown = browser.get(f"/tes/kelas/{angkatan.id}/mutu").text
    assert "Post-tests by place: 9 in class, 3 alone. 9 people sat the pre-test in another kind of place" in shown


def two():
    """A class of two with a gain: one sat at home before and in class after, the other both at home."""
    trainer = as_actor(a_trainer())
    here = an_angkatan(trainer=trainer.id)
    for card in some_members(here, 2):
        a_score(card, 8, "pre")
        a_score(card, 15)
    put(ALONE, "pre")
    put(ALONE, "post")
    put(IN_CLASS, "post", 1)
    return trainer, here


def test_grid_report_and_person_know_a_gain_between_two_kinds_of_place(both):
    trainer, here = two()
    rows = {row.person_id: row for row in progress.marks(trainer, here.id).rows}
    people = sorted(rows)
    assert [(rows[p].pre_place, rows[p].post_place, rows[p].apart) for p in people] == [
        (ALONE, IN_CLASS, True),
        (ALONE, ALONE, False),
    ]
    assert progress.class_report(trainer, here.id).gain.places == Places(1, 1, 0, 1)
    assert [service.person_scores(trainer, person)[0].apart for person in people] == [True, False]


def test_the_grid_and_its_file_mark_the_gain_of_who_sat_in_two_kinds_of_place(app, sign_in):
    trainer, here = two()
    browser = sign_in(trainer)
    page = browser.get(f"/angkatan/{here.id}/nilai").text
    assert page.count('<span class="tag warn">beda tempat</span>') == 1
    assert "Tempat post-test: 1 di kelas, 1 sendiri. 1 orang beda tempat" in page
    rows = [row.split(",")[-3:] for row in browser.get(f"/angkatan/{here.id}/nilai.csv").text.splitlines()]
    assert rows[0] == ["Tempat pre-test", "Tempat post-test", "Catatan kenaikan"]
    assert sorted(rows[1:]) == [["sendiri", "di kelas", "beda tempat"], ["sendiri", "sendiri", ""]]


def test_the_report_tells_the_places_on_its_page_and_in_its_files(app, sign_in):
    trainer, here = two()
    browser, url = sign_in(trainer), f"/angkatan/{here.id}/tutup/laporan"
    assert "Tempat post-test: 1 di kelas, 1 sendiri." in browser.get(url).text
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(browser.get(f"{url}.pdf").data)).pages)
    assert text.count("beda tempat") == 2  # in the sentence, and beside the gain of one person
    summary = dict(row[:2] for row in sheets.read(browser.get(f"{url}.xlsx").data))
    told = ("Post-test di kelas", "Post-test sendiri", "Post-test, tempat tidak diketahui", "Beda tempat (orang)")
    assert [summary[name] for name in told] == ["1", "1", "0", "1"]


def test_the_page_of_a_person_marks_a_gain_between_two_kinds_of_place(app, sign_in):
    trainer, here = two()
    people = sorted(member.person_id for member in enrolment.members(here.id))
    assert ["beda tempat" in sign_in(trainer).get(f"/orang/{person}").text for person in people] == [True, False]


def test_who_learns_in_a_class_without_meetings_sits_alone(both):
    actor, card = a_learner()
    assert place_of(service.start(actor, card.id, "pre")) == ALONE


def test_the_places_are_told_also_where_too_few_sat_both_tests_for_a_gain(app, sign_in):
    trainer, here = two()
    page = the_page(sign_in, trainer, here)
    assert "Tempat post-test: 1 di kelas, 1 sendiri." in page
    assert "SMCR" not in page
