"""What staff see of a class that is being prepared: its clashes, how far it is, and whether it has begun."""

import re
from datetime import date, timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.values import SessionPlan
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import as_actor, someone, the_units

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 12)


@pytest.fixture
def trainer(app):
    the_units()
    return as_actor(someone("widyaiswara", "R4", name="Bu Rahma"))


@pytest.fixture
def here(trainer):
    return an_angkatan(trainer=trainer.id, mode="luring", starts=FIRST, ends=LAST, seats=2)


def test_many_clashes_of_one_trainer_are_one_note_that_opens(trainer, here, sign_in):
    modul = next(iter(service.subject_titles(here.version_id)))
    other = an_angkatan(trainer=trainer.id, mode="luring", starts=FIRST, ends=LAST)
    for card in (here, other):
        service.name_trainers(trainer, card.id, {(modul, False): trainer.id})
        for start in (480, 600):
            service.add_session(trainer, card.id, SessionPlan(FIRST, start, 90, "Materi", 2, modul))
    page = sign_in(trainer).get(f"/angkatan/{here.id}/jadwal").text
    assert page.count("Bu Rahma mengajar di dua tempat") == 1
    assert "2 pertemuan bertabrakan dengan angkatan lain" in page


def test_a_class_is_prepared_when_each_subject_has_its_trainer_and_not_with_the_first(trainer, here, sign_in):
    first, *others = service.subject_titles(here.version_id)
    assert others
    service.name_trainers(trainer, here.id, {(first, False): trainer.id})
    rail = _rail(sign_in(trainer).get(f"/angkatan/{here.id}").text)
    assert f"1 dari {1 + len(others)} mata diklat" in rail["Pelatih mata diklat"]
    assert "selesai" not in rail["Pelatih mata diklat"]
    service.name_trainers(trainer, here.id, {(modul, False): trainer.id for modul in (first, *others)})
    assert "selesai" in _rail(sign_in(trainer).get(f"/angkatan/{here.id}").text)["Pelatih mata diklat"]


def _rail(page: str) -> dict[str, str]:
    """Each rung of the preparation by its name."""
    rungs = page.partition('<ol class="rail">')[2].partition("</ol>")[0].split("<li")[1:]
    return {re.search(r"<b>(.*?)</b>", rung)[1]: rung for rung in rungs}


@pytest.mark.parametrize(
    ("days", "said"),
    [((5, 9), "0 peserta, mulai"), ((-9, -2), "0 peserta, selesai"), ((-1, 3), "0 peserta, sedang berjalan")],
)
def test_the_home_page_says_whether_a_class_is_to_come_runs_or_waits_to_be_closed(trainer, sign_in, days, said):
    starts, ends = (clock.today() + timedelta(days=n) for n in days)
    an_angkatan(trainer=trainer.id, mode="luring", starts=starts, ends=ends)
    assert said in sign_in(trainer).get("/").text
