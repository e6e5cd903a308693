"""Answers that come in one sending: taken together, yet each with its own result, receipt and line of the audit."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from p2k2lms.core import audit, clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit, Submission
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.models import Attempt, GivenAnswer, LateAnswer
from p2k2lms.plugins.assessment.service import answering
from tests.factories.assessment import envelope, hand_in, keys_of
from tests.factories.delivery import a_learner
from tests.factories.enrolment import on_a_course
from tests.factories.identity import as_actor


def somebody_sitting() -> tuple[Actor, int, list[tuple[str, Any]]]:
    """Somebody in a test: who, the attempt, and its questions with their keys."""

    def build() -> tuple[int, int]:
        actor, card = a_learner()
        return card.person_id, service.start(actor, card.id, "pre")

    person_id, attempt = on_a_course("somebody sitting", build)
    return as_actor(person_id), attempt, list(keys_of(attempt).items())


@pytest.fixture
def sitting(both):
    """The same on each engine."""
    return somebody_sitting()


def an_answer(sitting, place: int, seq: int = 1, **traits: Any) -> dict[str, Any]:
    """An answer to the question at this place, the right one unless told."""
    actor, attempt, questions = sitting
    item, key = questions[place]
    said = {"attempt": attempt, "item": item, "answer": key} | traits.pop("said", {})
    return envelope(actor, "assessment.answer", said, seq=seq, **traits)


def stands(model: Any = GivenAnswer) -> dict[int, int]:
    """The seq of what stands for each item."""
    return {row.item_version_id: row.seq for row in db.session.scalars(select(model))}


def test_a_batch_is_kept_by_a_few_statements(app, count_queries):
    sitting = somebody_sitting()
    with count_queries() as seen:
        answers = intake.receive(sitting[0], [an_answer(sitting, place) for place in range(len(sitting[2]))])
    assert {answer.status for answer in answers} == {"accepted"}
    assert len(seen) <= 5, seen


def test_each_answer_of_a_batch_has_its_receipt_and_its_line_of_the_audit_in_their_order(sitting):
    sent = [an_answer(sitting, place, seq=place) for place in range(len(sitting[2]))]
    answers = intake.receive(sitting[0], sent)
    assert [(a.id, a.status) for a in answers] == [(e["id"], "accepted") for e in sent]
    assert len({a.receipt for a in answers}) == len(stands()) == len(sent)
    rows = db.session.scalars(select(Submission).order_by(Submission.key)).all()
    assert [str(row.id) for row in rows] == [e["id"] for e in sent]
    lines = db.session.scalars(select(Audit).where(Audit.use_case == "intake.assessment.answer").order_by(Audit.id))
    assert [line.subject for line in lines] == [e["id"] for e in sent]
    assert audit.broken_links() == []


def test_a_batch_sent_again_gets_the_first_receipts(sitting):
    sent = [an_answer(sitting, place) for place in range(3)]
    first, again = intake.receive(sitting[0], sent), intake.receive(sitting[0], [*sent, an_answer(sitting, 3)])
    assert [a.status for a in again] == ["duplicate"] * 3 + ["accepted"]
    assert [a.receipt for a in again[:3]] == [a.receipt for a in first]


REFUSED = {
    "an item that the paper does not ask": {"said": {"item": "q-asing"}},
    "an attempt of nobody": {"said": {"attempt": 2**31 - 1}},
    "an answer that its kind does not know": {"said": {"answer": {"x": "y"}}},
    "a field too many": {"said": {"lebih": 1}},
    "tomorrow's clock": {"occurred_at": (clock.now() + timedelta(days=3)).isoformat()},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED.keys())
def test_one_that_is_refused_stops_none_of_the_others(sitting, wrong):
    sent = [an_answer(sitting, 0), an_answer(sitting, 1, **wrong), an_answer(sitting, 2)]
    together = intake.receive(sitting[0], sent)
    alone = [intake.receive(sitting[0], [{**e, "id": e["id"][:-6] + "abcdef"}])[0] for e in sent]
    assert [(a.status, a.faults, a.flags) for a in together] == [(a.status, a.faults, a.flags) for a in alone]
    assert [together[0].status, together[2].status] == ["accepted", "accepted"]
    assert all(a.receipt for a in together)


def test_of_two_answers_to_one_question_in_a_batch_the_later_stands_whatever_their_order(sitting):
    sent = [an_answer(sitting, 0, seq=seq) for seq in (5, 9, 7)] + [an_answer(sitting, 1, seq=1)]
    answers = intake.receive(sitting[0], sent)
    assert [a.flags for a in answers] == [(), (), (answering.OLDER,), ()]
    assert sorted(stands().values()) == [1, 9]


def test_the_same_envelope_twice_in_a_batch_counts_once(sitting):
    one, other = an_answer(sitting, 0), an_answer(sitting, 1)
    first, again, third = intake.receive(sitting[0], [one, one, other])
    assert [first.status, again.status, third.status] == ["accepted", "duplicate", "accepted"]
    assert first.receipt == again.receipt


def test_a_batch_that_comes_too_late_is_kept_apart_and_told_one_by_one(sitting):
    actor, attempt, _questions = sitting
    with clock.stopped(db.session.get(Attempt, attempt).deadline + timedelta(hours=1)):
        answers = intake.receive(actor, [an_answer(sitting, place) for place in range(2)])
    assert [a.flags for a in answers] == [(answering.TOO_LATE,)] * 2
    assert (len(stands()), len(stands(LateAnswer))) == (0, 2)


def test_a_batch_after_the_end_changes_nothing(sitting):
    hand_in(*sitting[:2])
    answers = intake.receive(sitting[0], [an_answer(sitting, place) for place in range(2)])
    assert [a.status for a in answers] == ["rejected"] * 2
    assert stands() == {}


def test_nobody_answers_for_another_in_a_batch_either(sitting):
    stranger, _card = a_learner()
    item, key = sitting[2][0]
    said = {"attempt": sitting[1], "item": item, "answer": key}
    answers = intake.receive(stranger, [envelope(stranger, "assessment.answer", said) for _ in range(2)])
    assert [a.status for a in answers] == ["rejected"] * 2
    assert stands() == {}


def test_a_batch_is_handled_in_its_order_also_beside_other_kinds(sitting):
    actor, attempt, _questions = sitting
    end = envelope(actor, "assessment.finish", {"attempt": attempt})
    answers = intake.receive(actor, [an_answer(sitting, 0), an_answer(sitting, 1), end, an_answer(sitting, 2)])
    assert [a.status for a in answers] == ["accepted"] * 3 + ["rejected"]
    assert len(stands()) == 2
