"""A plan is frozen first, its cube counted in the database, and the report says what may be said."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import update

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import is_open, unit_of_work
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person, Unit
from p2k2lms.plugins.outcomes import link_words, service
from p2k2lms.plugins.outcomes.models import AnalysisRun
from p2k2lms.plugins.outcomes.queries import cubes, plans
from p2k2lms.plugins.outcomes.rules import analysis, cube
from p2k2lms.plugins.outcomes.rules import verdict as said
from p2k2lms.stats import study
from p2k2lms.stats.world import World, cube_of, make
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.worlds import SMALL, a_field, a_plan, cube_columns, this_month

MOST_QUERIES = 6


@pytest.fixture
def evaluator(app):
    the_unit(KAPUAS)
    return as_actor(someone("evaluator", "R4"))


def registered(actor, plan=None):
    return service.register(actor, plan or a_plan(), identity.unit_by_code("R4").id)


def columns(plan_id):
    return cube.read(cube.spelled(cubes.cells(plan_id)))


def without_class_month(made):
    """What is expected of the world: nobody is counted in the month of the class."""
    kept = (made.since != -1).reshape(-1)
    people, months = made.said.shape
    parts = (np.repeat(made.trained, months), np.tile(made.month, people), made.said.reshape(-1))
    return [part[kept] for part in parts]


def test_nobody_holds_the_pen_while_a_cube_is_counted(evaluator, monkeypatch):
    a_field()
    plan_id, usual, writing = registered(evaluator), cubes.counted, []

    def counted(window):
        writing.append(is_open())
        return usual(window)

    monkeypatch.setattr(cubes, "counted", counted)
    service.run(plan_id)
    assert writing == [False]
    assert columns(plan_id).first.sum() == SMALL.people


def test_the_cube_in_the_database_is_that_of_the_people(both):
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    made = a_field()
    plan_id = registered(actor)
    service.run(plan_id)
    found = columns(plan_id)
    shift = this_month() - 1 - SMALL.months
    trained, month, met = without_class_month(made)
    for cohort in np.unique(made.trained):
        for at in (1, 6, 13):
            here = (found.cohort == (cohort + shift if cohort else 0)) & (found.month == at + shift)
            rows = (trained == cohort) & (month == at)
            assert found.n_met[here].sum() == rows.sum()
            assert found.sum_met[here].sum() == pytest.approx(20.0 * met[rows].sum())
    assert found.first.sum() == found.there.sum() == found.stayed.sum() == SMALL.people
    assert np.unique(found.kabupaten).size == SMALL.kabupaten
    counted = made.since != -1
    assert found.checked.sum() == ((made.checks[0] > 0) & counted).sum()
    assert found.said.sum() == ((made.checks[1] > 0) & counted).sum()
    assert found.truly.sum() == ((made.checks[2] > 0) & counted).sum()
    run = plans.latest([plan_id])[plan_id]
    whole = study.overall(cube.outcome(found, "met"), a_plan().design)
    assert run.result["effect"]["est"] == pytest.approx(whole.att)
    assert run.result["effect"]["est"] == pytest.approx(study.overall(cube_of(made, 5), a_plan().design).att, abs=2)
    assert run.cube_sha == cube.sha_of(cube.spelled(cubes.cells(plan_id)))


def test_the_same_cube_is_computed_once_and_a_new_fact_makes_a_new_run(evaluator):
    a_field()
    plan_id = registered(evaluator)
    service.run(plan_id)
    service.nightly()
    assert db.session.query(AnalysisRun).count() == 1
    with unit_of_work("test.a_late_report"):
        one = db.session.query(LeaderMonth).first()
        one.met = 5 - one.met
    service.nightly()
    assert db.session.query(AnalysisRun).count() == 2


def test_a_plan_that_cannot_be_run_keeps_no_other_from_its_night(evaluator, monkeypatch):
    a_field()
    torn, whole = registered(evaluator), registered(evaluator, replace(a_plan(), title="Yang utuh"))
    kept = cubes.replace

    def replaced(plan_id, counted):
        if plan_id == torn:
            raise RuntimeError("padam")
        kept(plan_id, counted)

    monkeypatch.setattr(cubes, "replace", replaced)
    with pytest.raises(ExceptionGroup, match="could not be run"):
        service.nightly()
    assert set(plans.latest([torn, whole])) == {whole}


def test_who_moved_was_trained_twice_or_left_and_a_kabupaten_that_split(evaluator):
    made = a_field()
    last = max(row[0] for row in db.session.query(LeaderMonth.month).distinct())
    ids = sorted({row[0] for row in db.session.query(LeaderMonth.person_id).distinct()})
    trained = [ids[n] for n in np.flatnonzero(made.trained)]
    units = identity.units_of_levels(identity.unit_by_code("R4").path, ("kabupaten",))
    with unit_of_work("test.life"):
        moved = update(LeaderMonth).where(LeaderMonth.person_id == ids[0], LeaderMonth.month == last)
        db.session.execute(moved.values(unit_id=units[-1].id))
        second = db.session.query(ExposureSpell).filter_by(person_id=trained[0]).one()
        later = {"valid_from": last.replace(day=2), "valid_to": last.replace(day=9), "status": "lulus"}
        about = {"kind": "kelas", "mode": "luring", "object_ref": "angkatan:2", "call_rule": "", "source": "uji"}
        db.session.add(ExposureSpell(person_id=trained[0], **about, **later))
        gone = db.session.query(LeaderMonth).filter(LeaderMonth.person_id == ids[5], LeaderMonth.month == last)
        gone.delete()
        split = db.session.query(Unit).filter_by(id=units[1].id).one()
        split.predecessor_id, split.valid_from = units[0].id, last
    first = second.valid_to
    plan_id = registered(evaluator)
    service.run(plan_id)
    found = columns(plan_id)
    codes = set(found.kabupaten)
    assert units[-1].kemendagri_code not in codes
    assert units[1].kemendagri_code not in codes
    assert len(codes) == SMALL.kabupaten - 1
    assert found.there.sum() - found.stayed.sum() == 1
    assert found.n_met.sum() == made.said.size - (made.since == -1).sum() - 1
    assert (first.month, found.cohort[found.first > 0].max() > 0) == (second.valid_to.month, True)


@pytest.mark.parametrize(
    ("traits", "field"),
    [
        ({"title": " "}, "title"),
        ({"first": 0}, "first"),
        ({"last": 12 * 9999}, "last"),
        ({"anticipation": 0}, "anticipation"),
        ({"reach": 30}, "reach"),
        ({"sesoi": 0.1}, "sesoi"),
        ({"why": "begitu"}, "why"),
        ({"kind": "ramalan"}, "kind"),
        ({"outcome": "L9-99"}, "outcome"),
        ({"strata": "usia"}, "strata"),
    ],
)
def test_a_plan_that_could_say_nothing_is_refused_beside_its_field(evaluator, traits, field):
    with pytest.raises(Invalid) as refused:
        registered(evaluator, a_plan(**traits))
    assert refused.value.field == field


def test_the_same_plan_twice_is_refused_and_a_changed_one_is_not_run(evaluator):
    plan_id = registered(evaluator)
    with pytest.raises(Conflict):
        registered(evaluator)
    with unit_of_work("test.tamper"):
        row = plans.plan(plan_id)
        row.body = {**row.body, "sesoi": 0.5}
    with pytest.raises(RuntimeError, match="not what was registered"):
        service.run(plan_id)


def test_only_an_evaluator_of_the_unit_registers_and_others_read_near_them(evaluator):
    plan_id = service.register(evaluator, a_plan(), identity.unit_by_code("63").id)
    koordinator = as_actor(someone("koordinator", "63.03"))
    assert [card.id for card in service.plans(koordinator)] == [plan_id]
    assert service.plan(koordinator, plan_id).may_run is False
    with pytest.raises(NotAllowed):
        registered(koordinator)
    elsewhere = as_actor(someone("evaluator", "62"))
    assert service.plans(elsewhere) == []
    with pytest.raises(NotFound):
        service.plan(elsewhere, plan_id)
    with pytest.raises(NotFound):
        registered(elsewhere)


WORLDS = {
    "only reporting, not checked": (
        World(**vars(SMALL) | {"effect": "none", "filed": (0.88, 0.97), "checked": 0.0}),
        said.WITHHELD,
    ),
    "nine kabupaten": (World(**vars(SMALL) | {"kabupaten": 9}), said.FEW),
    "everybody at once": (World(**vars(SMALL) | {"rounds": 1, "trained": 1.0}), said.NOBODY),
}


@pytest.mark.parametrize("name", list(WORLDS))
def test_what_cannot_be_said_is_not_said_but_explained(name):
    one, word = WORLDS[name]
    told = analysis.result(a_plan(one), cube_columns(make(one, 3)))
    assert told["verdict"] == word
    assert len(link_words.because(a_plan(one), told)) > 40
    assert link_words.would_change(told)


def test_fewer_than_ten_kabupaten_are_described_without_any_effect():
    one, _word = WORLDS["nine kabupaten"]
    told = analysis.result(a_plan(one), cube_columns(make(one, 3)))
    assert not {"effect", "line", "corrected", "seconds", "drift", "misleading"} & set(told)
    assert [part["arm"] for part in told["described"]] == ["belum", "sebelum", "sesudah"]
    assert all(0 < part["mean"] < 100 for part in told["described"])


def test_several_outcomes_are_raised_by_holm_and_few_kabupaten_are_exchanged():
    told = analysis.result(a_plan(), cube_columns(make(SMALL, 3)))
    came, _seen, _does, left = told["seconds"]
    assert (came["outcome"], left["outcome"]) == ("L4-01", "L4-07")
    assert came["holm"] == pytest.approx(came["p"])  # the other cannot be asked: nobody was trained a year ago
    assert left["est"] is None
    assert left["holm"] is None
    assert told["exchanged"]["kind"] in ("tanda", "bulan")
    assert 0 < told["exchanged"]["p"] < 0.05
    assert link_words.exchanged(told["exchanged"]).startswith("0,0")
    none = World(**vars(SMALL) | {"effect": "none"})
    assert analysis.result(a_plan(none), cube_columns(make(none, 4)))["exchanged"]["p"] > 0.05


@pytest.mark.parametrize(
    ("value", "told"), [(None, "–"), (0.0004, "< 0,001"), (0.0, "< 0,001"), (0.001, "0,001"), (0.0312, "0,031")]
)
def test_a_very_small_chance_is_not_said_to_be_none(value, told):
    assert link_words.chance(value) == told


def test_what_rounds_to_nothing_has_no_sign():
    assert link_words.span({"est": -0.02, "low": -0.06, "high": 0.04}) == "0,0 (-0,1 sampai 0,0)"


def test_strata_compare_people_of_the_same_third(both):
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    a_field()
    with unit_of_work("test.variety"):
        db.session.execute(update(LeaderMonth).values(caseload_end=LeaderMonth.person_id % 7))
        db.session.execute(update(Person).where(Person.id % 2 == 0).values(started_on=date(2015, 1, 1)))
    plan_id = registered(actor, a_plan(strata="both"))
    service.run(plan_id)
    found = columns(plan_id)
    assert set(found.stratum) == {f"/{a}{b}" for a in "123" for b in "12"}  # equals stay together
    parts, whole = cube.parts(found, "met"), cube.outcome(found, "met")
    assert sum(part.people for part in parts) == pytest.approx(whole.people)
    run = plans.latest([plan_id])[plan_id]
    assert run.result["unadjusted"]["est"] == pytest.approx(study.overall(whole, a_plan().design).att)
    adjusted = study.interval(study.within(parts, a_plan().design))
    assert run.result["effect"]["est"] == pytest.approx(adjusted.est)
    assert run.result["sizes"]["by_lot"] == 0


def test_zero_variance_and_months_without_data_are_no_error():
    found = cube_columns(make(SMALL, 3))
    flat = found._replace(sum_met=80.0 * found.n_met, sq_met=6400.0 * found.n_met)
    told = analysis.result(a_plan(), flat)
    assert told["verdict"] == said.NOTHING
    assert told["effect"]["est"] == pytest.approx(0, abs=1e-9)
    kept = found.month != found.month.min() + 5
    gap = analysis.result(a_plan(), type(found)(*(part[kept] for part in found)))
    assert gap["effect"]["est"] is not None
    assert analysis.result(a_plan(), type(found)(*(part[:0] for part in found)))["verdict"] == said.FEW


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.fixture
def reported(evaluator):
    """A plan with a run on a world in which training works and reports were checked."""
    plan_id = registered(evaluator)
    told = analysis.result(a_plan(), cube_columns(make(SMALL, 3)))
    with unit_of_work("test.a_run") as uow:
        uow.add(AnalysisRun(plan_id=plan_id, cube_sha="0" * 64, code_version="1", result=told))
    return plan_id, told


def test_the_report_says_the_verdict_first_and_its_doubts_before_its_figures(
    reported, evaluator, sign_in, count_queries
):
    plan_id, told = reported
    page = sign_in(evaluator)
    with count_queries() as seen:
        answer = page.get(f"/dampak/rencana/{plan_id}")
    assert answer.status_code == 200
    assert len(seen) <= MOST_QUERIES, seen
    text = words_of(answer)
    order = [
        "Apakah laporannya benar",
        "Bagaimana orang dipanggil",
        "serupa sejak awal",
        "Angkanya",
        "Mengapa bukan angka ini",
    ]
    places = [text.index(link_words.verdict(a_plan(), told)), *(text.index(part) for part in order)]
    assert places == sorted(places)
    assert link_words.span(told["corrected"]) in text
    assert answer.text.count('class="doubt2"') == 2 + 2 * 4
    listed = words_of(page.get("/dampak/rencana"))
    assert link_words.verdict(a_plan(), told) in listed


def test_who_reads_along_has_pages_of_their_own_and_no_way_to_lay_down_a_plan(reported, evaluator, sign_in):
    plan_id, told = reported
    reader, author = sign_in(as_actor(someone("koordinator", KAPUAS))), sign_in(evaluator)
    assert 'href="/dampak/hubungan"' in reader.get(f"/dampak/wilayah/{KAPUAS}").text
    assert 'href="/dampak/rencana"' in author.get("/dampak/wilayah/R4").text
    listed = reader.get("/dampak/hubungan").text
    assert f'href="/dampak/hubungan/{plan_id}"' in listed
    assert "/dampak/rencana" not in listed
    report = reader.get(f"/dampak/hubungan/{plan_id}")
    assert link_words.verdict(a_plan(), told) in words_of(report)
    assert "/dampak/rencana" not in report.text
    assert reader.get(f"/dampak/rencana/{plan_id}").status_code == 403


def test_a_plan_is_laid_down_on_the_page_and_what_is_wrong_stays_with_its_field(evaluator, sign_in):
    page = sign_in(evaluator)
    sent = {"title": "Kelas 2026", "unit": identity.unit_by_code("R4").id, "kind": "kelas", "outcome": "L3-01"}
    sent |= {
        "first": "2025-06",
        "last": "besok",
        "anticipation": 2,
        "reach": 12,
        "sesoi": 3,
        "strata": "",
        "why": "Kelas melatih memimpin pertemuan.",
    }
    refused = page.post("/dampak/rencana/baru", data=sent)
    assert refused.status_code == 422
    assert "Bulan terakhir harus sudah selesai." in refused.text
    assert "Kelas 2026" in refused.text
    made = page.post("/dampak/rencana/baru", data=sent | {"last": ""})
    assert made.status_code == 303
    assert "Belum dihitung" in page.get(made.location).text
    assert page.post(f"{made.location}/hitung").status_code == 303
