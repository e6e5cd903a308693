"""Answers that come after the time of a test: kept, left out of mark and figures, and decided by a widyaiswara."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.models import Audit, Notice
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.assessment.models import Attempt, Ruling, Score
from p2k2lms.plugins.assessment.rules import timing
from p2k2lms.plugins.assessment.service import late
from p2k2lms.plugins.enrolment import service as enrolments
from tests.factories.assessment import a_trainer, hand_in, keys_of, send
from tests.factories.delivery import a_learner
from tests.factories.enrolment import BANJAR, the_course, the_unit
from tests.factories.identity import as_actor, someone

REASON = "Desa tanpa sinyal, lama pengerjaan wajar"
NOON = clock.now().replace(hour=4, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("finished", "after", "how"),
    [
        (None, 120, timing.IN_TIME),
        (None, 121, timing.LATE),
        (0, 121, timing.LATE),  # ended by the time
        (0, 60, timing.HANDED_IN),  # handed in within the grace
        (-1, 60, timing.HANDED_IN),
        (-1, 9999, timing.HANDED_IN),
    ],
)
def test_an_answer_is_late_only_where_nobody_handed_in_before_the_time(finished, after, how):
    ended = None if finished is None else NOON + timedelta(seconds=finished)
    assert timing.arrival(NOON, 120, ended, NOON + timedelta(seconds=after)) == how
    assert timing.arrival(None, 0, ended, NOON) == (timing.IN_TIME if ended is None else timing.HANDED_IN)


def sat_without_signal(actor, enrolment_id: int, in_time: int = 1) -> tuple[int, list]:
    """A pre-test of which some answers come in time and the others an hour after its end."""
    attempt = service.start(actor, enrolment_id, "pre")
    items = list(keys_of(attempt).items())
    for item, key in items[:in_time]:
        send(actor, attempt, item, key)
    said = clock.now() + timedelta(minutes=5)
    with clock.stopped(db.session.get(Attempt, attempt).deadline + timedelta(hours=1)):
        late = [send(actor, attempt, *pair, seq=9, occurred_at=said.isoformat()) for pair in items[in_time:]]
        late.append(hand_in(actor, attempt, seq=10))
    db.session.expire_all()
    return attempt, late


def told_to(person: int) -> list[str]:
    return list(db.session.scalars(select(Notice.key).where(Notice.person_id == person).order_by(Notice.id)))


def points(attempt: int) -> list[float]:
    return list(db.session.scalars(select(Score.points).where(Score.attempt_id == attempt).order_by(Score.id)))


def test_what_comes_too_late_is_kept_and_changes_neither_mark_nor_figures(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, late = sat_without_signal(actor, card.id)
    assert [one.status for one in late] == ["accepted"] * 4
    assert [one.flags for one in late] == [("waktu_tidak_terverifikasi",)] * 3 + [("sudah_dikumpulkan",)]
    row = db.session.get(Attempt, attempt)
    assert (row.timing, row.finished_at) == ("unverified", row.deadline)
    assert points(attempt) == [1]
    mark = service.scores_of([card.id])[card.id]["pre"]
    assert (mark.points, mark.verified) == (1, False)
    assert told_to(trainer) == ["assessment.late"]
    assert not service.result(actor, attempt).verified


@pytest.mark.parametrize(("counted", "earned", "notice"), [(True, [1, 4], "counted"), (False, [1], "left")])
def test_the_widyaiswara_decides_once_with_a_reason_and_it_is_audited(both, counted, earned, notice):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, _late = sat_without_signal(actor, card.id)
    decider = as_actor(trainer)
    with pytest.raises(Invalid) as refusal:
        service.decide_timing(decider, attempt, counted, " ya ")
    assert refusal.value.field == "reason"
    service.decide_timing(decider, attempt, counted, REASON)
    assert points(attempt) == earned
    mark = service.scores_of([card.id])[card.id]["pre"]
    assert (mark.points, mark.verified) == (earned[-1], True)
    (ruling,) = service.result(actor, attempt).rulings
    assert (ruling.counted, ruling.answers, ruling.reason) == (counted, 3, REASON)
    assert told_to(card.person_id)[-1] == f"assessment.late_{notice}"
    assert service.late_list(decider).lines == ()
    with pytest.raises(Conflict, match="sudah diputuskan"):
        service.decide_timing(decider, attempt, counted, REASON)
    wanted = select(Audit.actor_id, Audit.subject).where(Audit.use_case == "assessment.decide_timing")
    assert db.session.execute(wanted).all() == [(trainer, f"attempt:{attempt}")]


def test_what_comes_after_a_ruling_asks_for_another_and_the_first_stands(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, _late = sat_without_signal(actor, card.id)
    service.decide_timing(as_actor(trainer), attempt, True, REASON)
    item = next(iter(keys_of(attempt)))
    with clock.stopped(clock.now() + timedelta(days=2)):
        send(actor, attempt, item, None, seq=1, device="hp-kedua")
    db.session.expire_all()
    assert db.session.get(Attempt, attempt).timing == "unverified"
    service.decide_timing(as_actor(trainer), attempt, False, REASON)
    assert points(attempt) == [1, 4]
    assert [r.counted for r in service.late_case(as_actor(trainer), attempt).rulings] == [False, True]
    settled = db.session.scalars(select(Ruling.answers).order_by(Ruling.id)).all()
    assert (settled, service.late_case(as_actor(trainer), attempt).answers) == ([3, 1], ())


def test_nobody_else_decides(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, _late = sat_without_signal(actor, card.id)
    stranger = as_actor(a_trainer())
    for deciding in (service.late_case, lambda who, one: service.decide_timing(who, one, True, REASON)):
        with pytest.raises(NotFound):
            deciding(stranger, attempt)
        with pytest.raises(NotAllowed):
            deciding(actor, attempt)
    assert service.late_list(stranger).lines == ()
    assert [line.attempt_id for line in service.late_list(as_actor(trainer)).lines] == [attempt]
    assert points(attempt) == [1]


def test_on_a_path_without_a_class_a_widyaiswara_of_the_unit_decides(both):
    person = someone("pendamping", the_unit(BANJAR).kemendagri_code)
    version = the_course()
    enrolment = enrolments.begin_path(7, person, version.course, version.id)
    attempt, _late = sat_without_signal(as_actor(person), enrolment)
    (line,) = service.late_list(as_actor(a_trainer())).lines
    assert (line.attempt_id, line.answers, line.place) == (attempt, 3, "")
    far = as_actor(someone("widyaiswara", the_unit("63.04").kemendagri_code))
    assert service.late_list(far).lines == ()
    with pytest.raises(NotFound):
        service.late_case(far, attempt)


def test_the_list_holds_all_of_ones_own_and_nobody_elses_a_page_at_a_time(both, monkeypatch):
    monkeypatch.setattr(late, "PAGE", 2)
    mine, theirs = a_trainer(), a_trainer()
    own = [sat_without_signal(actor, card.id)[0] for actor, card in [a_learner(trainer=mine) for _ in range(5)]]
    for actor, card in [a_learner(trainer=theirs) for _ in range(3)]:
        sat_without_signal(actor, card.id)
    seen, after = [], 0
    while after is not None:
        page = service.late_list(as_actor(mine), after)
        assert len(page.lines) <= 2
        seen += [line.attempt_id for line in page.lines]
        after = page.after
    assert seen == sorted(own)


def test_a_ruling_that_counts_tells_the_others_like_any_new_mark(both):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, _late = sat_without_signal(actor, card.id)
    told: list[AttemptFinished] = []
    reactions = both.extensions["event_bus"]._reactions[AttemptFinished]
    reactions.append(told.append)
    try:
        service.decide_timing(as_actor(trainer), attempt, True, REASON)
    finally:
        reactions.remove(told.append)
    assert [(event.attempt_id, event.points, event.passed) for event in told] == [(attempt, 4, True)]


def test_the_page_of_a_case_says_the_clocks_but_not_what_it_does_to_the_mark(app, sign_in, count_queries):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    attempt, _late = sat_without_signal(actor, card.id)
    browser = sign_in(as_actor(trainer))
    for page in ("/tes/waktu", f"/tes/waktu/{attempt}"):
        with count_queries() as seen:
            assert "jawaban" in browser.get(page).text
        assert len(seen) <= 6
    assert "waktu tidak terverifikasi" in browser.get(f"/tes/kelas/{card.angkatan_id}").text
    refused = browser.post(f"/tes/waktu/{attempt}", data={"ruling": "", "reason": "Wajar"})
    assert refused.status_code == 422
    assert "Pilih dihitung atau tidak dihitung." in refused.text
    assert 'value="Wajar"' in refused.text
    done = browser.post(f"/tes/waktu/{attempt}", data={"ruling": "hitung", "reason": REASON})
    assert done.status_code == 303
    assert "3 jawaban terlambat dihitung" in browser.get(f"/tes/waktu/{attempt}").text
    assert REASON in sign_in(actor).get(f"/tes/{attempt}/hasil").text
