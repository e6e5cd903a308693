"""What a class said at its end stands in its report: counted from five on, without words, of its own members alone."""

from datetime import timedelta

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.identity import service as identity
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.evaluation import a_wave, passed, reply
from tests.factories.identity import as_actor, someone, the_units

SAID = {"R1": "sangat", "R2": "sering", "R3": "8", "R4": "4", "R6": "Kurangi ceramah"}


def a_class_that_ended(app, members: int, answered: int):
    """A class with its trainer; all members are asked for their reactions, some have answered."""
    the_units()
    trainer, evaluator = as_actor(someone("widyaiswara", "R4")), as_actor(someone("evaluator", "R4"))
    today = clock.today()
    here = an_angkatan(trainer=trainer.id, mode="luring", starts=today - timedelta(days=9), ends=today)
    cards = [a_member(here, someone("pendamping", BANJAR)) for _n in range(members)]
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
