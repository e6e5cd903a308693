"""Sitting a test: begun once, answered one by one, ended once, marked, and told to the others; on both engines."""

from collections import Counter
from datetime import timedelta
from statistics import mean

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import audit, clock, jobs
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.models import Submission
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import demo, service
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.assessment.models import Attempt, Form, FormDraw, FormItem, Score
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.catalogue import service as catalogue
from tests.factories.assessment import a_trainer, hand_in, keys_of, send, sit
from tests.factories.catalogue import a_course, course_texts
from tests.factories.delivery import a_learner
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, some_members
from tests.factories.identity import as_actor, someone


def test_two_forms_are_made_once_and_share_their_anchors(both):
    actor, card = a_learner()
    service.start(actor, card.id, "pre")
    service.start(actor, card.id, "pre")
    forms = {form.name: form for form in db.session.scalars(select(Form))}
    assert set(forms) == {"A", "B"}
    placed = {
        name: set(db.session.scalars(select(FormItem.item_version_id).where(FormItem.form_id == form.id)))
        for name, form in forms.items()
    }
    shared = placed["A"] & placed["B"]
    assert len(placed["A"]) == len(placed["B"]) == catalogue.blueprint(card.version_id).size
    assert len(shared) >= 0.2 * len(placed["A"])


def test_whoever_comes_into_a_class_has_drawn_an_order_and_the_orders_balance(both):
    angkatan = an_angkatan()
    for _ in range(8):
        a_member(angkatan)
    drawn = db.session.scalars(select(FormDraw).order_by(FormDraw.position)).all()
    assert [row.position for row in drawn] == list(range(8))
    for block in (drawn[:4], drawn[4:]):
        assert Counter(row.form_order for row in block) == {"AB": 2, "BA": 2}
        assert len({row.block for row in block}) == 1


def test_one_form_comes_before_and_the_other_after(both):
    actor, card = a_learner()
    before = sit(actor, card.id, "pre")
    service.open_post_test(card.id, card.person_id)
    after = sit(actor, card.id, "post")
    names = {
        attempt: db.session.get(Form, db.session.get(Attempt, attempt).form_id).name for attempt in (before, after)
    }
    order = db.session.scalar(select(FormDraw.form_order))
    assert names[before] + names[after] == order


def test_beginning_twice_goes_on_with_the_same_attempt(both):
    actor, card = a_learner()
    assert service.start(actor, card.id, "pre") == service.start(actor, card.id, "pre")
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_the_post_test_opens_when_the_cards_are_read_and_opening_twice_is_harmless(both):
    actor, card = a_learner()
    with pytest.raises(Conflict, match="terbuka setelah"):
        service.start(actor, card.id, "post")
    service.open_post_test(card.id, card.person_id)
    service.open_post_test(card.id, card.person_id)
    assert service.start(actor, card.id, "post")


def test_a_whole_sitting_is_marked_and_told_once(both, told):
    actor, card = a_learner()
    attempt = sit(actor, card.id, "pre")
    assert [(e.attempt_id, e.person_id, e.enrolment_id, e.purpose, e.passed) for e in told] == [
        (attempt, card.person_id, card.id, "pre", True)
    ]
    best = service.scores_of([card.id])[card.id]["pre"]
    assert (best.percent, best.passed) == (100, True)
    assert best.points == best.max == told[0].points


def test_scores_of_many_are_the_best_of_each(both):
    actor, card = a_learner()
    _other, theirs = a_learner()
    service.open_post_test(card.id, card.person_id)
    sit(actor, card.id, "post", right=0)
    sit(actor, card.id, "post")
    found = service.scores_of([card.id, theirs.id])
    assert found[card.id]["post"].percent == 100
    assert "pre" not in found[card.id]
    assert theirs.id not in found


def test_attempts_are_numbered_and_end_when_they_are_used_up(both):
    actor, card = a_learner()
    service.open_post_test(card.id, card.person_id)
    most = catalogue.blueprint(card.version_id).attempts_post
    for _ in range(most):
        sit(actor, card.id, "post", right=0)
    assert db.session.scalars(select(Attempt.number).order_by(Attempt.number)).all() == list(range(1, most + 1))
    with pytest.raises(Conflict, match="habis"):
        service.start(actor, card.id, "post")


def test_the_database_refuses_a_second_attempt_of_one_number(both):
    actor, card = a_learner()
    row = db.session.get(Attempt, sit(actor, card.id, "pre"))
    said = {column.name: getattr(row, column.name) for column in Attempt.__table__.columns if column.name != "id"}
    with pytest.raises(IntegrityError, match=r"number|enrolment_id"), unit_of_work("test.same_number") as uow:
        uow.add(Attempt(**said))
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_who_has_passed_does_not_sit_again_and_the_pre_test_is_over_by_then(both):
    actor, card = a_learner()
    service.open_post_test(card.id, card.person_id)
    sit(actor, card.id, "post")
    for purpose, word in (("post", "lulus"), ("pre", "sekali")):
        with pytest.raises(Conflict, match=word):
            service.start(actor, card.id, purpose)


def test_the_pre_test_is_skipped_with_a_reason_once(both):
    actor, card = a_learner()
    with pytest.raises(Invalid) as refusal:
        service.skip_pre(actor, card.id, " a ")
    assert refusal.value.field == "reason"
    assert service.skip_pre(actor, card.id, "Sinyal  lemah") == card.course
    service.skip_pre(actor, card.id, "lagi pula")
    row = db.session.scalars(select(Attempt)).one()
    assert (row.skipped, row.skip_reason) == (True, "Sinyal lemah")
    with pytest.raises(Conflict):
        service.start(actor, card.id, "pre")
    assert service.scores_of([card.id]) == {}


def test_a_test_that_was_begun_cannot_be_skipped(both):
    actor, card = a_learner()
    service.start(actor, card.id, "pre")
    with pytest.raises(Conflict):
        service.skip_pre(actor, card.id, "Waktu sempit")


@pytest.mark.parametrize(
    ("purpose", "sesi"), [("ujian", ""), ("pre", "m1-s01"), ("ping", "m1-s01"), ("cek", ""), ("", "")]
)
def test_a_purpose_that_does_not_exist_is_not_found(both, purpose, sesi):
    actor, card = a_learner()
    with pytest.raises(NotFound):
        service.start(actor, card.id, purpose, sesi)


def test_nobody_begins_for_another(both):
    _, card = a_learner()
    stranger, _ = a_learner()
    with pytest.raises(NotFound):
        service.start(stranger, card.id, "pre")
    with pytest.raises(NotAllowed):
        service.start(Actor(), card.id, "pre")


def test_of_one_phone_the_highest_seq_stands_and_all_are_kept(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "latihan")
    item = "q-m1-s01-09"
    first, second, _ = (choice for choice, _ in paper_of(actor, attempt, item))
    assert send(actor, attempt, item, first, seq=5).flags == ()
    late = send(actor, attempt, item, second, seq=3)
    assert (late.status, late.flags) == ("accepted", ("jawaban_lebih_lama",))
    assert answer_of(actor, attempt, item) == first
    send(actor, attempt, item, second, seq=6)
    assert answer_of(actor, attempt, item) == second
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 3


def paper_of(actor: Actor, attempt: int, item: str):
    return next(q.paper.choices for q in service.whole(actor, attempt).asked if q.place.item == item)


def answer_of(actor: Actor, attempt: int, item: str):
    return next(q.answer for q in service.whole(actor, attempt).asked if q.place.item == item)


def test_another_phone_goes_on_whatever_the_counter_of_the_first(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "latihan")
    item = "q-m1-s01-09"
    first, second, _ = (choice for choice, _ in paper_of(actor, attempt, item))
    send(actor, attempt, item, first, seq=500, device="hp-lama")
    assert send(actor, attempt, item, second, seq=1, device="hp-baru").flags == ()
    assert answer_of(actor, attempt, item) == second


def test_the_same_answer_twice_counts_once_with_the_same_receipt(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    same = "0b0e7a52-4c1f-4f0e-9d6c-2d0c3a1a9f01"
    first, again = (send(actor, attempt, item, key, id=same) for _ in range(2))
    assert (first.status, again.status) == ("accepted", "duplicate")
    assert first.receipt == again.receipt


def test_an_answer_is_taken_back_and_marked_doubtful(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    send(actor, attempt, item, key, seq=1)
    send(actor, attempt, item, None, seq=2, doubtful=True)
    sheet = service.overview(actor, attempt)
    assert sheet.unanswered == tuple(range(1, sheet.attempt.size + 1))
    assert sheet.doubtful == (1,)


def test_the_clock_of_the_phone_does_not_matter(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    for hours in (-5, 1):
        at = (clock.now() + timedelta(hours=hours)).isoformat()
        assert send(actor, attempt, item, key, seq=hours + 9, occurred_at=at).status == "accepted"


def test_the_server_holds_the_deadline_with_its_grace(both):
    actor, card = a_learner()
    blueprint = catalogue.blueprint(card.version_id)
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    end = db.session.get(Attempt, attempt).deadline + timedelta(seconds=blueprint.grace_seconds)
    with clock.stopped(end):
        assert send(actor, attempt, item, key).status == "accepted"
    with clock.stopped(end + timedelta(seconds=1)):
        late = send(actor, attempt, item, None, seq=2)
        assert (late.status, late.flags) == ("accepted", ("waktu_tidak_terverifikasi",))
    assert service.scores_of([card.id])[card.id]["pre"].points == 1


def test_a_job_closes_what_nobody_handed_in_and_what_was_sent_counts(both, told):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    send(actor, attempt, item, key)
    jobs.run_due()
    assert told == []
    deadline = db.session.get(Attempt, attempt).deadline
    with clock.stopped(deadline + timedelta(hours=1)):
        jobs.run_due()
        jobs.run_due()
    row = db.session.get(Attempt, attempt)
    db.session.refresh(row)
    assert row.finished_at == deadline
    assert len(told) == 1
    assert told[0].points > 0


def test_beginning_after_the_time_was_over_closes_the_old_attempt_first(both):
    actor, card = a_learner()
    service.open_post_test(card.id, card.person_id)
    first = service.start(actor, card.id, "post")
    with clock.stopped(clock.now() + timedelta(days=1)):
        second = service.start(actor, card.id, "post")
    assert second != first
    db.session.expire_all()
    assert db.session.get(Attempt, first).finished_at is not None


def test_extra_time_stretches_the_running_test_and_the_next(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt = service.start(actor, card.id, "pre")
    before = db.session.get(Attempt, attempt).deadline
    service.set_extra_time(as_actor(trainer), card.id, 30)
    service.set_extra_time(as_actor(trainer), card.id, 20)
    row = db.session.get(Attempt, attempt)
    db.session.refresh(row)
    assert row.deadline - before == timedelta(minutes=20)
    with clock.stopped(before + timedelta(minutes=19)):
        assert service.close_job(attempt) is None
        item, key = next(iter(keys_of(attempt).items()))
        assert send(actor, attempt, item, key).status == "accepted"


def test_extra_time_is_given_by_the_widyaiswara_of_the_class_alone(both):
    trainer, other = a_trainer(), a_trainer()
    actor, card = a_learner(trainer=trainer)
    with pytest.raises(NotFound):
        service.set_extra_time(as_actor(other), card.id, 30)
    with pytest.raises(NotAllowed):
        service.set_extra_time(actor, card.id, 30)
    with pytest.raises(Invalid):
        service.set_extra_time(as_actor(trainer), card.id, 241)


def test_ending_twice_is_harmless_and_no_answer_comes_after(both, told):
    actor, card = a_learner()
    attempt = sit(actor, card.id, "pre", right=1)
    again = hand_in(actor, attempt)
    assert (again.status, again.flags) == ("accepted", ("sudah_dikumpulkan",))
    item, key = list(keys_of(attempt).items())[-1]
    late = send(actor, attempt, item, key)
    assert late.status == "rejected"
    assert "sudah dikumpulkan" in late.faults[0].message
    assert len(told) == 1
    assert db.session.scalar(select(func.count()).select_from(Score)) == 1


def test_another_persons_attempt_does_not_exist(both):
    actor, card = a_learner()
    stranger, _ = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    for answer in (send(stranger, attempt, item, key), hand_in(stranger, attempt), send(stranger, 987654, item, key)):
        assert answer.status == "rejected"
        assert answer.faults[0].message == "Tes ini tidak ada di akun Anda."
    for read in (service.overview, service.whole, service.result):
        with pytest.raises(NotFound):
            read(stranger, attempt)


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("q-tidak-ada", "a"),
        ("x" * 200, "a"),
        (None, {"a": {"b": []}}),
        (None, "x" * 5000),
        (None, [1, 2]),
        (None, True),
    ],
)
def test_hostile_answers_are_refused_and_change_nothing(both, item, answer):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    known = next(iter(keys_of(attempt)))
    assert send(actor, attempt, item or known, answer).status == "rejected"
    assert service.overview(actor, attempt).places[0].saved_at is None


def test_a_result_waits_for_the_end(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    with pytest.raises(Conflict, match="belum dikumpulkan"):
        service.result(actor, attempt)


def test_the_result_says_the_own_change(both):
    actor, card = a_learner()
    sit(actor, card.id, "pre", right=2)
    service.open_post_test(card.id, card.person_id)
    found = service.result(actor, sit(actor, card.id, "post"))
    assert found.before == 2
    assert found.change == found.most - 2
    assert found.passed
    assert found.reread == ()
    assert sum(line.now for line in found.lines) == found.points
    assert found.waits_for == ""
    assert len(found.review) == found.most


def test_no_key_is_shown_while_the_same_person_may_be_asked_for_it_again(both):
    actor, card = a_learner()
    before = sit(actor, card.id, "pre")
    assert service.result(actor, before).waits_for == "test"
    assert service.result(actor, before).review == ()
    service.open_post_test(card.id, card.person_id)
    assert service.result(actor, sit(actor, card.id, "post", right=0)).waits_for == "test"
    sit(actor, card.id, "post")
    assert service.result(actor, before).review


@pytest.mark.parametrize(
    ("policy", "waits"), [("skor-saja", "policy"), ("setelah-angkatan", "class"), ("langsung", "")]
)
def test_the_review_follows_the_policy_of_the_blueprint(both, policy, waits):
    manifest = next(t for p, t in course_texts().items() if p.startswith("courses/"))
    a_course(changes={"kursus-kecil.yaml": manifest.replace("review: langsung", f"review: {policy}")})
    actor, card = a_learner()
    service.open_post_test(card.id, card.person_id)
    found = service.result(actor, sit(actor, card.id, "post"))
    assert found.waits_for == waits
    assert bool(found.review) is (waits == "")


def test_cards_to_read_again_are_named_with_their_address(both):
    actor, card = a_learner()
    found = service.result(actor, sit(actor, card.id, "pre", right=0))
    assert found.reread
    assert all(one.url.startswith(f"/belajar/{card.course}/") and one.title for one in found.reread)


def test_a_quick_check_and_practice_answer_at_once_and_never_ask_a_sealed_item(both, told):
    actor, card = a_learner()
    sealed = {item.id for item in catalogue.items(card.version_id)}
    for purpose, sesi in (("cek", "m1-s01"), ("latihan", "")):
        for _ in range(2):
            attempt = sit(actor, card.id, purpose, sesi=sesi)
            assert service.result(actor, attempt).review
            assert not sealed & set(keys_of(attempt))
    assert Counter(event.purpose for event in told) == {"cek": 2, "latihan": 2}
    running = service.start(actor, card.id, "latihan")
    item, key = next(iter(keys_of(running).items()))
    send(actor, running, item, key)
    asked = service.question(actor, running, 1).asked[0]
    assert asked.right
    assert asked.verdicts


def test_latihan_is_a_copy_of_the_test_from_other_items_that_may_be_repeated_and_counts_for_nothing(both):
    actor, card = a_learner()
    service.open_post_test(card.id, card.person_id)
    asked = {item for purpose in ("pre", "post") for item in keys_of(service.start(actor, card.id, purpose))}
    first, second = (sit(actor, card.id, "latihan") for _ in range(2))
    assert first != second
    assert keys_of(first)
    assert not asked & set(keys_of(first))
    assert service.scores_of([card.id]) == {}
    assert service.best_of(card) == {}


def test_a_sesi_without_questions_has_no_quick_check(both):
    actor, card = a_learner()
    assert service.quick_check(card, "tf-s02") is None
    with pytest.raises(Conflict, match="Belum ada soal"):
        service.start(actor, card.id, "cek", "tf-s02")


def test_a_mended_key_adds_a_score_and_keeps_the_old_one(both, told):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt = service.start(actor, card.id, "pre")
    for item, key in keys_of(attempt).items():
        send(actor, attempt, item, wrong_truefalse(attempt, item) or key)
    hand_in(actor, attempt)
    newer = a_course(
        changes={path: mended(text) for path, text in course_texts().items() if path.endswith("soal.yaml")}
    )
    assert newer.id != card.version_id
    assert service.rescore(as_actor(trainer), card.angkatan_id, newer.id) == 1
    assert service.rescore(as_actor(trainer), card.angkatan_id, newer.id) == 0
    scores = db.session.scalars(select(Score).order_by(Score.id)).all()
    assert [row.key_version_id for row in scores] == [card.version_id, newer.id]
    assert scores[1].points > scores[0].points
    assert scores[1].made_by == trainer
    assert len(told) == 2
    assert told[1].points == service.scores_of([card.id])[card.id]["pre"].points == scores[1].points
    assert service.result(actor, attempt).rescored
    assert any(line.use_case == "assessment.rescore" for line in audit.lines(["/"]))


def test_keys_that_were_mended_since_mark_nothing(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    sit(actor, card.id, "pre")
    texts = course_texts()
    older = a_course(changes={path: mended(text) for path, text in texts.items() if path.endswith("soal.yaml")})
    a_course(changes={path: f"{text}\nSekian.\n" for path, text in texts.items() if path.endswith("01-sapaan.md")})
    with pytest.raises(NotFound):
        service.rescore(as_actor(trainer), card.angkatan_id, older.id)
    assert db.session.scalar(select(func.count()).select_from(Score)) == 1


def wrong_truefalse(attempt: int, item: str):
    """The wrong answer to a true or false item, None for any other."""
    for _row, asked in frozen.paper_of(db.session.get(Attempt, attempt)):
        if asked.id == item and asked.kind == "truefalse":
            return next(choice.id for choice in asked.choices if choice.id != asked.key)
    return None


def mended(text: str) -> str:
    """Every Benar that was right becomes wrong, and its Salah right."""
    return text.replace("{text: Benar, correct: true", "{text: Benar, correct: false").replace(
        "{text: Salah, correct: false", "{text: Salah, correct: true"
    )


def test_marks_are_changed_by_the_widyaiswara_of_the_class_alone(both):
    actor, card = a_learner()
    with pytest.raises(NotAllowed):
        service.rescore(actor, card.angkatan_id, card.version_id)
    with pytest.raises(NotFound):
        service.rescore(as_actor(someone("widyaiswara", BANJAR)), card.angkatan_id, card.version_id)


def test_the_database_refuses_to_change_a_score_or_a_frozen_item(both):
    actor, card = a_learner()
    sit(actor, card.id, "pre")
    for statement in ("UPDATE assessment_score SET points = 0", "DELETE FROM assessment_item_version"):
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_saving_an_answer_takes_few_statements(app, count_queries):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    db.session.commit()
    with count_queries() as seen:
        assert send(actor, attempt, item, key).status == "accepted"
    assert len([s for s in seen if not s.startswith(("BEGIN", "PRAGMA"))]) <= 8


@pytest.fixture
def told(request):
    """Every AttemptFinished that is published while the test runs."""
    chosen = request.getfixturevalue("both")
    heard: list[AttemptFinished] = []
    reactions = chosen.extensions["event_bus"]._reactions[AttemptFinished]
    reactions.append(heard.append)
    yield heard
    reactions.remove(heard.append)


def test_showing_a_question_and_saving_its_answer_stay_lean(app, count_queries):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    service.question(actor, attempt, 1)
    with count_queries() as seen:
        service.question(actor, attempt, 2)
    assert len([s for s in seen if s.startswith("SELECT")]) == 2


def test_the_demo_knows_more_after_than_before_and_may_be_loaded_again(app):
    angkatan = an_angkatan()
    members = some_members(angkatan, 24)
    for _ in range(2):
        demo.load("small", 7)
    found = service.scores_of([member.id for member in members])
    means = {p: mean(marks[p].percent for marks in found.values() if p in marks) for p in ("pre", "post")}
    assert means["post"] > means["pre"] + 10
    sat = [tuple(row) for row in db.session.execute(select(Attempt.purpose, Attempt.number))]
    assert set(sat) == {("pre", 1), ("post", 1), ("ping", 1), ("ping", 2)}
    assert db.session.scalar(select(func.count()).select_from(Score)) == len(sat)
    after = next(m for m in members if "post" in found.get(m.id, {}))
    mine = db.session.scalars(select(Attempt).where(Attempt.enrolment_id == after.id, Attempt.purpose == "post")).one()
    assert service.result(as_actor(after.person_id), mine.id).most == catalogue.blueprint(after.version_id).size
