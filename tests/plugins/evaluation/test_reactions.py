"""What a class said at its end stands on its page and in its report: from five on, no words, its own members alone."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.settings import choose
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.models import Angkatan
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.identity import service as identity
from tests.conftest import an_actor
from tests.factories.enrolment import an_angkatan, some_members
from tests.factories.evaluation import a_wave, passed, reply
from tests.factories.identity import a_posting, as_actor, someone, the_units

SAID = {"R1": "sangat", "R2": "sering", "R3": "8", "R4": "4", "R6": "Kurangi ceramah"}
MOST_QUERIES = 6


def a_class_that_ended(app, members: int, answered: int):
    """A class with its trainer; all members are asked for their reactions, some have answered."""
    the_units()
    trainer, evaluator = as_actor(someone("widyaiswara", "R4")), as_actor(someone("evaluator", "R4"))
    today = clock.today()
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=today - timedelta(days=9), ends=today)
    cards = some_members(here, members)
    for card in cards:
        passed(card.person_id, today, f"angkatan:{here.id}")
    assert service.class_reactions(here) is None
    days = {"anchor": today, "until": today, "opens": today - timedelta(days=1)}
    wave = a_wave(evaluator, "reaksi", code="W0+", title="W0+", **days)
    for one in read.frame(wave.id)[:answered]:
        if identity.person(one.respondent_id):
            assert reply(as_actor(one.respondent_id), one.id, SAID).status == "accepted"
    return trainer, here


def test_a_class_shows_how_it_was_found_from_five_answers_on(app, sign_in):
    trainer, here = a_class_that_ended(app, 7, 6)
    found = service.class_reactions(here)
    assert (found.asked, found.answered) == (7, 6)
    assert [(i.code, i.n, i.top, i.mean) for i in found.items if i.code in ("R1", "R3")] == [
        ("R1", 6, 6, 5.0),
        ("R3", 6, None, 8.0),
    ]
    page = sign_in(trainer).get(f"/angkatan/{here.id}/tutup/laporan").text
    assert "6 dari 7 orang menjawab." in page
    assert "100 persen menjawab dua pilihan terbaik" in page
    assert "rata-rata 8,0 pada skala 0 sampai 10" in page
    assert "Kurangi ceramah" not in page


def test_four_answers_and_another_class_say_nothing(app, sign_in):
    trainer, here = a_class_that_ended(app, 6, 4)
    page = sign_in(trainer).get(f"/angkatan/{here.id}/tutup/laporan").text
    assert "4 dari 6 orang menjawab." in page
    assert "pilihan terbaik" not in page
    assert service.class_reactions(enrolment.angkatan(an_angkatan().id)) is None


def test_a_member_who_need_not_answer_was_not_asked(both):
    _trainer, here = a_class_that_ended(both, 7, 6)
    evaluator = as_actor(someone("evaluator", "R4"))
    silent = next(one for wave in service.class_reactions(here).waves for one in read.silent(wave, ["/ID/"]))
    service.excuse(evaluator, silent.wave_id, silent.id, "sakit lama")
    found = service.class_reactions(here)
    assert (found.asked, found.answered) == (6, 6)


def test_a_class_of_which_nobody_need_answer_has_asked_nobody(both):
    _trainer, here = a_class_that_ended(both, 1, 0)
    evaluator = as_actor(someone("evaluator", "R4"))
    (only,) = (one for wave in service.class_reactions(here).waves for one in read.frame(wave))
    service.excuse(evaluator, only.wave_id, only.id, "sakit lama")
    assert service.class_reactions(here) is None


def test_a_class_has_a_page_of_what_was_said_for_who_works_in_it(app, sign_in, count_queries):
    trainer, here = a_class_that_ended(app, 7, 6)
    browser = sign_in(trainer)
    assert f'href="/angkatan/{here.id}/tanggapan"' in browser.get(f"/angkatan/{here.id}").text
    with count_queries() as seen:
        page = browser.get(f"/angkatan/{here.id}/tanggapan")
    assert len(seen) <= MOST_QUERIES, seen
    assert "6 dari 7 orang menjawab." in page.text
    assert "100 persen menjawab dua pilihan terbaik" in page.text
    assert "rata-rata 8,0 pada skala 0 sampai 10" in page.text
    assert "terbuka sampai" in page.text
    assert "Kurangi ceramah" not in page.text
    assert "/evaluasi/gelombang/" not in page.text


def test_the_page_of_four_answers_hides_them_and_leads_an_evaluator_to_the_wave(app, sign_in):
    trainer, here = a_class_that_ended(app, 6, 4)
    a_posting(trainer.id, "evaluator", "R4")
    page = sign_in(as_actor(trainer.id)).get(f"/angkatan/{here.id}/tanggapan").text
    assert "4 dari 6 orang menjawab." in page
    assert "Ringkasan tampil bila paling sedikit lima orang menjawab." in page
    assert "pilihan terbaik" not in page
    assert "/evaluasi/gelombang/" in page


@pytest.mark.parametrize(
    ("choice", "said"), [("ya", "Peserta ditanya pada malam"), ("tidak", "Evaluator balai membuka")]
)
def test_a_class_of_which_nobody_was_asked_says_who_will_ask_and_when(app, sign_in, count_queries, choice, said):
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    choose(an_actor(1, "admin"), here.centre_unit_id, service.AUTOMATIC, choice)
    browser = sign_in(trainer)
    with count_queries() as seen:
        page = browser.get(f"/angkatan/{here.id}/tanggapan").text
    assert len(seen) <= MOST_QUERIES, seen
    assert "Belum ada yang ditanya" in page
    assert said in page


def test_a_class_that_was_closed_without_a_survey_promises_none(app, sign_in):
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    with unit_of_work("test.closed"):
        db.session.get(Angkatan, here.id).closed_at = clock.now() - timedelta(days=2)
    page = sign_in(trainer).get(f"/angkatan/{here.id}/tanggapan").text
    assert "Tidak ada angket yang dibuka untuk angkatan ini sampai ditutup." in page
    assert "pada malam" not in page
