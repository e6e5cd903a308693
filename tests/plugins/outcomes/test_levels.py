"""Four levels of a class or a centre: each figure with what stands behind it, and a weak rung shown as weak."""

import re
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.queries import centres as read
from p2k2lms.plugins.outcomes.rules import rungs
from p2k2lms.plugins.outcomes.rules.rungs import Part
from p2k2lms.plugins.outcomes.service import centres
from tests.factories.enrolment import BANJAR, an_angkatan, on_a_course, some_members
from tests.factories.evaluation import passed, the_instruments
from tests.factories.identity import as_actor, someone
from tests.factories.worlds import AT, MORE, SUMS

PEOPLE, MOST_QUERIES, MOST_KEPT = 12, 14, 3
OF_PEOPLE = ("fieldwork_", "assessment_", "evaluation_", "enrolment_")
STARTS, LAST_DAY = date(2026, 6, 5), date(2026, 6, 14)


def test_a_rung_bears_weight_only_with_enough_people_and_enough_of_those_asked():
    strong = rungs.said(1, "useful", 20, 18, 15)
    assert (strong.weak, strong.percent, strong.value) == ("", 90, pytest.approx(83.3, abs=0.1))
    assert strong.low < strong.value < strong.high
    assert rungs.said(1, "useful", 40, 18, 15).weak == rungs.SILENT
    assert rungs.said(1, "useful", 9, 9, 9).weak == rungs.FEW
    assert rungs.said(1, "useful", 9, 0, 0).weak == rungs.NONE
    hidden = rungs.said(1, "useful", 9, 4, 3)
    assert (hidden.weak, hidden.value) == (rungs.HIDDEN, None)


def test_what_four_people_said_or_did_is_not_told():
    four, five = ([Part(0, 0, 1, 2)] * n for n in (4, 5))
    for key in ("apply", "met"):
        assert (rungs.shared(4, key, 30, four).weak, rungs.shared(4, key, 30, four).value) == (rungs.HIDDEN, None)
        assert rungs.shared(4, key, 30, five).value == pytest.approx(50)


def test_who_sees_no_persons_is_told_nothing_of_fewer_than_ten():
    nine, ten = (rungs.shared(3, "met", 20, [Part(0, 0, 1, 2)] * n) for n in (9, 10))
    assert (rungs.covered(nine).weak, rungs.covered(nine).value) == (rungs.HIDDEN, None)
    assert rungs.covered(ten) == ten
    assert rungs.covered(rungs.shared(3, "met", 7, [])).weak == rungs.NONE


def test_a_gain_is_of_pairs_and_four_pairs_are_too_few():
    rung = rungs.learned(12, [(50.0 + n, 60.0 + 2 * n) for n in range(11)])
    assert (rung.value, rung.before, rung.weak) == (pytest.approx(15), pytest.approx(55), "")
    four = rungs.learned(12, [(50.0, 60.0)] * 4)
    assert (four.value, four.before, four.weak, four.count) == (None, None, rungs.HIDDEN, 4)
    assert rungs.learned(12, []).weak == rungs.NONE
    assert rungs.learned(12, [(50.0, 60.0)] * 11).value == pytest.approx(10)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=5, max_size=20))
def test_a_share_is_the_sum_over_the_sum_and_lies_in_its_range(found):
    rung = rungs.shared(3, "met", 20, [Part(0, 0, min(met, due), due) for met, due in found])
    assert rung.value == pytest.approx(100 * sum(min(m, d) for m, d in found) / sum(d for _m, d in found))
    assert rung.low <= rung.value + 1e-9
    assert rung.value <= rung.high + 1e-9
    assert 0 <= rung.low <= rung.high <= 100
    assert rung.before is None
    assert (rung.above, rung.below) == (sum(min(m, d) for m, d in found), sum(d for _m, d in found))


def test_nobody_in_the_field_makes_an_empty_rung():
    assert rungs.shared(3, "met", 7, []).weak == rungs.NONE
    assert rungs.shared(3, "met", 7, [Part(1, 2, 0, 0)]).weak == rungs.NONE


@pytest.fixture
def a_class(app):
    """The class of `twelve_people`, in the embedded database."""
    return twelve_people()


def twelve_people():
    """Twelve people who met 2 of 5 groups in the months before their class and 4 of 5 after; ten said it was useful."""
    return enrolment.angkatan(on_a_course("twelve people", _built))


def _built() -> int:
    card = an_angkatan(starts=STARTS, ends=LAST_DAY)
    people = [member.person_id for member in some_members(card, PEOPLE)]
    for person in people:
        passed(person, LAST_DAY)
    home = identity.unit_by_code(BANJAR).id
    zeros = dict.fromkeys((*SUMS, *MORE), 0) | {"duty_days": 30, "on_duty_end": 1, "caseload_end": 200}
    rows = [
        {**zeros, "person_id": person, "unit_id": home, "month": date(2026, month, 1), "due": 5, "as_of": AT}
        | {"met": 4 if month > 6 else 2, "present": 80 if month > 6 else 60, "invited": 100}
        for person in people
        for month in (3, 4, 5, 6, 7, 8, 9)
    ]
    with unit_of_work("test.field") as uow:
        db.session.execute(insert(LeaderMonth), rows)
        _reactions(uow, people, card)
    return card.id


def _reactions(uow, people, card):
    version = the_instruments()["reaksi"]
    about = {"instrument_code": "reaksi", "version_id": version.id, "unit_id": card.centre_unit_id, "title": "R"}
    when = {"anchor": LAST_DAY, "opens": LAST_DAY, "closes": LAST_DAY + timedelta(days=14)}
    wave = uow.add(Wave(code="W0+", unit_path=card.centre_path, **about, **when))
    for n, person in enumerate(people):
        asked = uow.add(Assignment(wave_id=wave.id, respondent_id=person, subject_id=person, unit_path="/"))
        if n < 10:
            sheet = {"wave_id": wave.id, "assignment_id": asked.id, "version_id": version.id, "mode": "daring"}
            key = uow.add(Reply(id=uuid.uuid4(), **sheet, consent_sha="", occurred_at=clock.now())).id
            choice = "berguna" if n < 9 else "kurang"
            uow.add(AnswerValue(reply_id=key, code="R1", choice=choice))


def test_a_class_stands_on_four_levels_before_and_after(a_class):
    found = service.class_levels(as_actor(someone("evaluator", "R4")), a_class.id)
    by_key = {rung.key: rung for rung in found.rungs}
    assert (by_key["useful"].asked, by_key["useful"].count, by_key["useful"].value) == (12, 10, 90)
    assert by_key["gain"].weak == rungs.NONE
    assert (by_key["met"].value, by_key["met"].before, by_key["met"].count) == (80, 40, PEOPLE)
    assert (by_key["came"].value, by_key["came"].before) == (80, 60)
    assert by_key["apply"].weak == rungs.NONE
    centre = service.centre_levels(as_actor(someone("evaluator", "R4")), "R4")
    assert (centre.classes, centre.people, centre.rungs[2].value) == (1, PEOPLE, 80)


def test_the_page_and_the_sheet_say_the_same_with_few_questions(a_class, sign_in, count_queries):
    page = sign_in(as_actor(someone("evaluator", "R4")))
    with count_queries() as seen:
        answer = page.get(f"/dampak/angkatan/{a_class.id}")
    assert len(seen) <= MOST_QUERIES, seen
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
    for part in (
        "80,0%",
        "enam bulan sebelumnya 40,0%",
        "Belum ada datanya.",
        "9 dari 10 jawaban · 10 dari 12 yang ditanya menjawab (83%)",
        "144 dari 180 jadwal kelompok sesudah pelatihan, paling lama 12 bulan · 12 dari 12 peserta",
        "2.880 dari 3.600 undangan keluarga",
        "kelas 5 Juni 2026 sampai 14 Juni 2026",
        "80,0%, 95 persen antara",
    ):
        assert part in text
    assert answer.text.count("rung weak") == 2
    assert answer.text.count('<svg class="chart range') == 3
    for address in (f"/dampak/angkatan/{a_class.id}.pdf", "/dampak/balai/R4.pdf"):
        assert page.get(address).data.startswith(b"%PDF")
    assert "1 angkatan dalam setahun terakhir" in page.get("/dampak/balai/R4").text


def test_who_works_elsewhere_sees_neither_class_nor_centre(a_class, sign_in):
    page = sign_in(as_actor(someone("evaluator", "62")))
    assert page.get(f"/dampak/angkatan/{a_class.id}").status_code == 404
    assert page.get("/dampak/balai/R4").status_code == 404
    trainer = sign_in(as_actor(someone("widyaiswara", "62")))
    assert trainer.get(f"/dampak/angkatan/{a_class.id}").status_code == 404


def test_the_night_keeps_what_the_page_of_a_centre_would_count(both):
    twelve_people()
    reader = as_actor(someone("evaluator", "ID"))
    counted = {code: service.centre_levels(reader, code) for code in ("R4", "ID")}
    assert (counted["R4"].classes, counted["R4"].people, counted["R4"].rungs[2].value) == (1, PEOPLE, 80)
    assert counted["ID"].rungs == counted["R4"].rungs
    with clock.stopped(clock.now() + timedelta(hours=1)):
        for _night in range(2):
            service.count_centres()
        at = clock.now()
    for code, before in counted.items():
        kept = service.centre_levels(reader, code)
        assert (kept.counted_at, replace(kept, counted_at=before.counted_at)) == (at, before)


def test_a_centre_that_cannot_be_counted_keeps_no_other_waiting(both, monkeypatch):
    twelve_people()
    reader, broken = as_actor(someone("evaluator", "ID")), identity.unit_by_code("R4").id
    usual = centres.levels_of_centre

    def breaks(unit):
        if unit.id == broken:
            raise RuntimeError("padam")
        return usual(unit)

    monkeypatch.setattr(centres, "levels_of_centre", breaks)
    with pytest.raises(ExceptionGroup, match="centre could not be counted") as seen:
        service.count_centres()
    assert (len(seen.value.exceptions), read.report(broken)) == (1, None)
    assert read.report(identity.unit_by_code("ID").id) is not None
    assert service.centre_levels(reader, "ID").people == PEOPLE


def test_a_kept_centre_is_one_row_whoever_was_in_its_classes(a_class, sign_in, count_queries):
    service.count_centres()
    browser = sign_in(as_actor(someone("evaluator", "R4")))
    with count_queries() as seen:
        page = browser.get("/dampak/balai/R4")
    assert "144 dari 180 jadwal kelompok" in page.text
    assert len(seen) <= MOST_KEPT, seen
    assert [asked for asked in seen if any(name in asked for name in OF_PEOPLE)] == []


def test_a_centre_whose_classes_are_long_over_is_kept_no_longer(a_class):
    reader = as_actor(someone("evaluator", "R4"))
    service.count_centres()
    with clock.stopped(clock.now() + timedelta(days=400)):
        assert service.centre_levels(reader, "R4").people == PEOPLE
        service.count_centres()
        assert service.centre_levels(reader, "R4").people == 0


def test_the_nation_reads_a_centre_and_no_class(a_class, sign_in):
    page = sign_in(as_actor(someone("evaluator", "ID")))
    assert page.get(f"/dampak/angkatan/{a_class.id}").status_code == 404
    assert page.get(f"/dampak/angkatan/{a_class.id}.pdf").status_code == 404
    assert "80,0%" in page.get("/dampak/balai/R4").text
    assert sign_in(as_actor(someone("admin", "ID"))).get(f"/dampak/angkatan/{a_class.id}").status_code == 200
