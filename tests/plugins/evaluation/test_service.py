"""Instruments, waves and replies as use-cases, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from p2k2lms.core import clock, jobs, notices
from p2k2lms.core.access import allowed
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import EXPORT_REPLIES
from p2k2lms.plugins.evaluation.queries import replies as read_replies
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.identity import service as identity
from tests.factories.evaluation import ENDED, a_wave, passed, reply, some_answers, the_instruments
from tests.factories.identity import as_actor, someone, supervised, the_units

KAPUAS, BANJAR = "62.03", "63.03"


@pytest.fixture
def evaluator(both):
    the_units()
    return as_actor(someone("evaluator", "R4"))


def test_an_instrument_is_drafted_tried_and_published(evaluator):
    the_instruments()
    service.ship({})
    draft = service.draft(evaluator, "reaksi")
    assert (draft.number, draft.state, service.draft(evaluator, "reaksi").id) == (2, "draf", draft.id)
    with pytest.raises(Invalid, match="sama dengan versi sebelumnya"):
        service.try_out(evaluator, "reaksi")
    service.change_question(evaluator, "reaksi", "R1", {"ask": "Apakah pelatihan ini berguna?"})
    page = service.instrument_page(evaluator, "reaksi")
    assert [(c.code, c.change_class) for c in page.changes] == [("R1", "K1")]
    assert service.publish(evaluator, "reaksi", "Lebih pendek.").change_class == "K1"
    page = service.instrument_page(evaluator, "reaksi")
    assert [v.state for v in page.versions] == ["terbit", "pensiun"]
    assert page.in_use.number == 2


def test_what_measures_something_new_needs_five_answers_of_a_try_out(evaluator):
    the_instruments()
    service.draft(evaluator, "reaksi")
    new = {
        "kind": "one",
        "code": "R7",
        "ask": "Cukupkah waktunya?",
        "choices": [{"code": "ya", "label": "Ya"}, {"code": "tidak", "label": "Tidak"}],
    }
    service.add_question(evaluator, "reaksi", new)
    with pytest.raises(Invalid, match="perlu 5 jawaban"):
        service.publish(evaluator, "reaksi", "Tambah satu butir.")
    tried = service.try_out(evaluator, "reaksi")
    with pytest.raises(Conflict, match="tidak berubah lagi"):
        service.change_question(evaluator, "reaksi", "R7", {"ask": "Lain"})
    people = [someone("pendamping", BANJAR, pkh_id=f"coba{n}") for n in range(5)]
    today = clock.today()
    plan = service.WavePlan(
        code="UJI",
        title="Uji coba",
        version_id=tried.id,
        unit_id=the_units()["R4"],
        anchor=today,
        until=today,
        opens=today,
        closes=today + timedelta(days=7),
    )
    with pytest.raises(Invalid, match="Tidak dikenal: entah"):
        service.make_wave(evaluator, plan, ["coba1", "entah"])
    service.make_wave(evaluator, plan, [f"coba{n}" for n in range(5)])
    for person in people:
        actor = as_actor(person)
        said = {"R1": "sangat", "R2": "sering", "R3": "8", "R4": "5", "R7": "ya"}
        assert reply(actor, service.tasks(actor)[0].assignment.id, said).status == "accepted"
    with pytest.raises(Invalid, match="memberi peringatan"):
        service.publish(evaluator, "reaksi", "Tambah satu butir.")
    assert service.publish(evaluator, "reaksi", "Tambah satu butir.", warned=True).change_class == "K4"


def test_a_fault_in_a_question_stands_beside_its_field_and_changes_nothing(evaluator):
    the_instruments()
    service.draft(evaluator, "reaksi")
    with pytest.raises(Invalid) as refusal:
        service.change_question(evaluator, "reaksi", "R1", {"choices": [{"code": "ya", "label": "Ya"}]})
    assert refusal.value.faults[0].field == "choices"
    assert len(service.instrument_page(evaluator, "reaksi").newest.instrument.question("R1").choices) == 5


def test_only_an_evaluator_changes_and_only_in_own_units_waves_are_made(evaluator):
    the_instruments()
    trainer, elsewhere = as_actor(someone("widyaiswara", "R4")), as_actor(someone("evaluator", "62"))
    assert service.instruments(trainer)
    with pytest.raises(NotAllowed):
        service.draft(trainer, "reaksi")
    with pytest.raises(NotFound):
        a_wave(elsewhere)
    wave = a_wave(evaluator)
    with pytest.raises(NotFound):
        service.wave_page(elsewhere, wave.id)


def test_a_wave_asks_the_trained_and_as_many_untrained_of_the_same_kabupaten(evaluator):
    trained = [someone("pendamping", BANJAR) for _ in range(2)]
    waiting = [someone("pendamping", BANJAR) for _ in range(5)]
    others = [someone("pendamping", KAPUAS) for _ in range(3)]
    for person in trained:
        passed(person)
    passed(others[0], ENDED - timedelta(days=200), "angkatan:9")
    wave = a_wave(evaluator)
    rows = read.frame(wave.id)
    assert {r.subject_id for r in rows if r.arm == "dilatih"} == set(trained)
    untrained = [r.subject_id for r in rows if r.arm == "belum"]
    assert (len(untrained), set(untrained) <= set(waiting)) == (2, True)
    with pytest.raises(Conflict, match="sudah ada"):
        a_wave(evaluator)


def test_supervisors_are_asked_about_each_of_their_people(evaluator):
    boss = someone("supervisor", BANJAR)
    people = [someone("pendamping", BANJAR) for _ in range(3)]
    for person in people:
        passed(person)
    supervised(boss, people[0]), supervised(boss, people[1])
    wave = a_wave(evaluator, "em-atasan", untrained=False)
    asked = service.tasks(as_actor(boss))
    assert {task.assignment.subject_id for task in asked} == set(people[:2])
    assert all(task.subject for task in asked)
    assert service.remind(evaluator, wave.id) == 1
    rung = [line.url for line in notices.of_person(boss) if "menunggu jawaban" in line.text]
    assert rung == ["/evaluasi"]
    page = service.unasked_page(evaluator, wave.id)
    assert [(one.subject_id, one.reason) for one in page.people] == [(people[2], "atasan")]


@pytest.fixture
def asked(evaluator):
    """One alumnus in an open wave: the actor and the assignment."""
    person = someone("pendamping", BANJAR)
    passed(person)
    wave = a_wave(evaluator, untrained=False)
    actor = as_actor(person)
    return actor, service.tasks(actor)[0].assignment.id, wave


def test_a_reply_is_kept_once_and_an_amendment_points_to_it(asked):
    actor, assignment, wave = asked
    first = reply(actor, assignment, some_answers(), sent_id="7b0b8a70-0000-4000-8000-000000000001")
    assert (first.status, first.flags) == ("accepted", ())
    again = reply(actor, assignment, some_answers(), sent_id="7b0b8a70-0000-4000-8000-000000000001")
    assert (again.status, again.receipt) == ("duplicate", first.receipt)
    assert service.tasks(actor)[0].answered
    second = reply(actor, assignment, some_answers(A1="541", G1="20"))
    assert (second.status, second.flags) == ("accepted", ("angka_tidak_lazim",))
    kept = read_replies.replies(wave.id)
    assert [(r.number, str(r.amends)) for r in kept] == [(2, first.id)]
    assert service.sheet(actor, assignment).said["A1"] == ["541"]
    assert read.rates([wave.id])[wave.id].answered == 1


def test_a_wrong_reply_is_rejected_with_each_fault_and_nothing_counts(asked):
    actor, assignment, wave = asked
    answer = reply(actor, assignment, some_answers(A1="-1", G1=None))
    assert answer.status == "rejected"
    assert [fault.field for fault in answer.faults] == ["A1", "G1"]
    assert read_replies.replies(wave.id) == []


def test_nobody_answers_for_somebody_else_or_in_a_wave_that_is_over(asked, evaluator):
    actor, assignment, wave = asked
    stranger = as_actor(someone("pendamping", BANJAR))
    assert reply(stranger, assignment, some_answers()).status == "rejected"
    with pytest.raises(NotFound):
        service.sheet(stranger, assignment)
    service.close(evaluator, wave.id)
    answer = reply(actor, assignment, some_answers())
    assert (answer.status, "sudah ditutup" in answer.faults[0].message) == ("rejected", True)


def test_the_silent_are_reminded_three_times_and_a_part_of_them_drawn_once(asked, evaluator):
    actor, assignment, wave = asked
    assert [service.remind(evaluator, wave.id) for _ in range(4)] == [1, 1, 1, 0]
    assert service.draw_phones(evaluator, wave.id) == 1
    with pytest.raises(Conflict, match="sudah diundi"):
        service.draw_phones(evaluator, wave.id)
    page = service.wave_page(evaluator, wave.id)
    assert [(a.id, a.drawn, a.reminders) for a in page.silent] == [(assignment, True, 3)]
    service.excuse(evaluator, wave.id, assignment, "Cuti melahirkan")
    assert (service.wave_page(evaluator, wave.id).rate.asked, service.tasks(actor)) == (0, [])


def test_the_silent_of_one_kabupaten_are_listed_by_themselves(evaluator):
    here, there = someone("pendamping", BANJAR), someone("pendamping", KAPUAS)
    for person in (here, there):
        passed(person)
    wave, banjar = a_wave(evaluator, untrained=False), identity.unit_by_code(BANJAR).id
    page = service.wave_page(evaluator, wave.id, banjar)
    assert ([one.respondent_id for one in page.silent], page.silent_all, page.rate.asked) == ([here], 1, 2)
    assert len(service.wave_page(evaluator, wave.id, 10**9).silent) == 2


def test_the_ministry_sees_the_rate_of_kabupaten_and_no_person(asked):
    _actor, _assignment, wave = asked
    ministry = as_actor(someone("evaluator", "ID"))
    page = service.wave_page(ministry, wave.id)
    assert (page.rate.asked, page.silent, page.names) == (1, [], {})
    with pytest.raises(NotAllowed):
        service.unasked_page(ministry, wave.id)
    with pytest.raises(NotAllowed):
        service.remind(ministry, wave.id)


@pytest.mark.parametrize(("role", "unit"), [("evaluator", KAPUAS), ("widyaiswara", "R4")])
def test_a_second_post_opens_no_person_of_a_wave_that_reaches_beyond_it(asked, role, unit):
    _actor, _assignment, wave = asked
    ministry, beside = as_actor(someone("evaluator", "ID")), as_actor(someone(role, unit))
    both = replace(ministry, postings=ministry.postings + beside.postings)
    page = service.wave_page(both, wave.id)
    assert (page.rate.asked, page.silent, page.sees_persons) == (1, [], False)
    assert not allowed(both, EXPORT_REPLIES, wave.unit_path)
    with pytest.raises(NotAllowed):
        service.remind(both, wave.id)


def test_the_frame_is_frozen_by_a_job(asked):
    _actor, _assignment, wave = asked
    jobs.run_due()
    assert [(r.log_band, r.age_band) for r in read.frame(wave.id)] == [("0", "")]


def test_who_declines_surveys_is_asked_no_more_and_released_from_what_waits(evaluator):
    the_instruments()
    willing, unwilling, later = (someone("pendamping", KAPUAS) for _one in range(3))
    for person in (willing, unwilling, later):
        passed(person)
    identity.say(as_actor(unwilling), identity.SURVEYS, 1, False)
    card = a_wave(evaluator)
    assert {one.respondent_id for one in read.everybody(card.id)} == {willing, later}
    assert service.wave_page(evaluator, card.id).lacks == {"menolak": 1}
    identity.say(as_actor(later), identity.SURVEYS, 1, False)
    states = {one.respondent_id: one.state for one in read.everybody(card.id)}
    assert states == {willing: "menunggu", later: "dilepas"}


def test_an_instrument_that_is_edited_while_a_wave_is_open_changes_nothing_of_the_wave(asked, evaluator):
    actor, assignment, wave = asked
    before = service.sheet(actor, assignment).task.version
    service.draft(evaluator, wave.instrument_code)
    service.change_question(evaluator, wave.instrument_code, "A1", {"ask": "Berapa KPM yang Anda dampingi kini?"})
    service.publish(evaluator, wave.instrument_code, "Lebih jelas.")
    during = service.sheet(actor, assignment).task.version
    assert (during.id, during.number, during.instrument) == (wave.version_id, 1, before.instrument)
    assert "kini" not in str(during.instrument)
    assert reply(actor, assignment, some_answers()).status == "accepted"
    assert service.instrument_page(evaluator, wave.instrument_code).in_use.number == 2
