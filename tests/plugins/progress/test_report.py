"""The closing report of a class, and a word to some of its people."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from p2k2lms.core import clock, intake, sheets
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.models import Notice
from p2k2lms.plugins.assessment.values import PRE
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import SessionPlan
from p2k2lms.plugins.progress import service
from p2k2lms.stats import effect_sizes, prepost
from tests.conftest import WHO_ACTS
from tests.factories.assessment import envelope
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, some_members
from tests.factories.identity import as_actor, someone, the_units
from tests.factories.progress import a_score

PRES, POSTS = (8, 10, 6, 12, 9, 7), (14, 15, 12, 16, 15, 11)


@pytest.fixture
def class_(app):
    """A class of seven: six sat both tests of twenty marks, one none."""
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, name="Angkatan 12")
    cards = [a_member(here, someone("pendamping", BANJAR, name=f"=Peserta {n}")) for n in range(7)]
    for card, pre, post in zip(cards, PRES, POSTS, strict=False):
        a_score(card, pre, PRE)
        a_score(card, post)
    return trainer, here, cards


def test_the_gain_is_that_of_the_statistics_with_its_interval(class_):
    import numpy as np

    trainer, here, _cards = class_
    report = service.class_report(trainer, here.id)
    expected = prepost.paired_gain(np.array(PRES) * 5.0, np.array(POSTS) * 5.0)
    gain = report.gain
    assert (gain.pairs, gain.gain, gain.interval) == (6, expected.gain, (expected.low, expected.high))
    size = effect_sizes.smcr(expected.gain, expected.sd_before, expected.r, 6)
    assert gain.smcr == (size.est, size.lo, size.hi)
    assert (gain.standard_before, round(gain.standard_after)) == (0.0, 67)
    assert (report.without_pair, report.attendance, report.decided("")) == (1, None, 7)
    assert len(report.advice) == 2


def test_a_class_without_tests_and_one_with_few_say_so(class_):
    trainer, _here, _cards = class_
    empty = an_angkatan(trainer=trainer.id)
    assert service.class_report(trainer, empty.id).gain is None
    few = an_angkatan(trainer=trainer.id)
    card = a_member(few)
    a_score(card, 8, PRE)
    a_score(card, 8)
    gain = service.class_report(trainer, few.id).gain
    assert (gain.pairs, gain.interval, gain.smcr) == (1, None, None)


def test_the_report_is_a_page_a_pdf_and_a_workbook(class_, sign_in):
    trainer, here, _cards = class_
    page, url = sign_in(trainer), f"/angkatan/{here.id}/tutup/laporan"
    shown = page.get(url)
    assert all(word in shown.text for word in ("25,8 poin", "95% antara", "Mencapai standar"))
    assert shown.text.index('class="sure"') < shown.text.index('class="up"')  # the doubt is drawn first
    page.set_cookie("bahasa", "en")
    assert "25.8 points" in page.get(url).text
    page.set_cookie("bahasa", "id")
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.get(f"{url}.pdf").data)).pages)
    assert "Angkatan 12" in text
    assert "25,8 poin" in text
    summary = dict(row[:2] for row in sheets.read(page.get(f"{url}.xlsx").data))
    assert summary["Kenaikan (poin)"] == "25.8"
    stranger = sign_in(as_actor(someone("widyaiswara", "R4")))
    assert {stranger.get(f"{url}{end}").status_code for end in ("", ".pdf", ".xlsx")} == {404}


def test_the_report_asks_six_questions_however_much_happened_in_the_class(app, sign_in, count_queries):
    the_units()
    trainer, today = as_actor(someone("widyaiswara", "R4")), clock.today()
    days = {"starts": today - timedelta(days=2), "ends": today}
    here = an_angkatan(trainer=trainer.id, mode="luring", **days)
    cards = some_members(here, 4)
    for day in range(2):
        plan = SessionPlan(days["starts"] + timedelta(days=day), 480, 90, "Materi", 2)
        meeting = enrolment.add_session(trainer, here.id, plan)
        marked = {"people": [c.person_id for c in cards], "statuses": ["hadir", "hadir", "izin", "hadir"]}
        payload = {"session": meeting, "lates": [0, 30 * day, 0, 0]} | marked
        assert intake.receive(trainer, [envelope(trainer, "enrolment.attendance", payload)])[0].status == "accepted"
    enrolment.set_state(cards[3].id, "berhenti")
    for card in cards[:3]:
        a_score(card, 8, PRE)
        a_score(card, 15)
    with count_queries() as seen:
        shown = sign_in(trainer).get(f"/angkatan/{here.id}/tutup/laporan")
    assert len(seen) + WHO_ACTS <= 6, seen
    found = service.class_report(trainer, here.id)
    assert (found.attendance.meetings, found.attendance.mean_percent, found.attendance.below) == (2, 61, 2)
    assert (found.people, found.stopped) == (3, 1)
    assert "Rata-rata 61 persen dari 2 pertemuan." in shown.text
    people = service.class_report(trainer, here.id, by_name=True).rows
    assert sorted(share.percent for _row, share in people) == [0, 83, 100]


def test_a_word_goes_to_the_chosen_of_the_class_alone(class_, sign_in):
    trainer, here, cards = class_
    page, url = sign_in(trainer), f"/angkatan/{here.id}/nilai/kabar"
    assert page.get(url).text.count("checked") == 7
    sent = page.post(url, data={"people": [cards[0].person_id, cards[1].person_id], "text": "Lengkapi   kartunya."})
    assert sent.status_code == 303
    told = [n for n in db.session.query(Notice) if n.key == "progress.told"]
    assert {n.person_id for n in told} == {cards[0].person_id, cards[1].person_id}
    assert told[0].params["text"] == "Lengkapi kartunya."
    for people, text in (([], "Halo semua"), ([trainer.id], "Halo semua"), ([cards[0].person_id], " ")):
        with pytest.raises(Invalid):
            service.tell(trainer, here.id, people, text)
    with pytest.raises(NotFound):
        service.tell(as_actor(someone("widyaiswara", "R4")), here.id, [cards[0].person_id], "Halo")
