"""Two tabs, two fingers, two phones at once: nothing is lost, nothing counts twice; on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.errors import DomainError
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.models import Attempt, FormDraw, GivenAnswer, Score
from p2k2lms.plugins.assessment.rules import score
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.enrolment import service as enrolments
from tests.factories.assessment import hand_in, keys_of, send
from tests.factories.delivery import a_learner
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import someone


def at_once(app, *works: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each in a thread and a session of its own; a refusal is an answer."""
    db.session.remove()
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait(10)
            try:
                return work()
            except DomainError as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def earned_by_what_is_stored(attempt_id: int) -> float:
    """The mark of the answers that stand in the database."""
    paper = frozen.paper_of(db.session.get(Attempt, attempt_id))
    return score.mark((item, row.value) for row, item in paper).points


def test_two_tabs_answer_one_question_and_the_highest_seq_stands(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    item, key = next(iter(keys_of(attempt).items()))
    works = [lambda seq=seq: send(actor, attempt, item, key if seq == 6 else None, seq=seq) for seq in range(1, 7)]
    answers = at_once(both, *works)
    assert {answer.status for answer in answers} == {"accepted"}
    stands = db.session.scalars(select(GivenAnswer)).one()
    assert stands.seq == 6
    assert stands.value is not None


def test_beginning_in_two_tabs_makes_one_attempt(both):
    actor, card = a_learner()
    begun = at_once(both, *[lambda: service.start(actor, card.id, "pre")] * 4)
    assert len(set(begun)) == 1
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_handing_in_four_times_at_once_gives_one_score(both):
    actor, card = a_learner()
    attempt = service.start(actor, card.id, "pre")
    answers = at_once(both, *[lambda: hand_in(actor, attempt)] * 4)
    assert {answer.status for answer in answers} == {"accepted"}
    assert db.session.scalar(select(func.count()).select_from(Score)) == 1


def test_an_answer_that_races_the_end_is_either_counted_or_refused(both):
    actor, card = a_learner()
    for _ in range(3):
        attempt = service.start(actor, card.id, "latihan")
        keys = keys_of(attempt)
        works = [partial(send, actor, attempt, item, key) for item, key in keys.items()]
        *answers, ended = at_once(both, *works, partial(hand_in, actor, attempt))
        assert ended.status == "accepted"
        kept = db.session.scalar(select(func.count()).where(GivenAnswer.attempt_id == attempt))
        assert kept == sum(answer.status == "accepted" for answer in answers)
        points = db.session.scalar(select(Score.points).where(Score.attempt_id == attempt))
        assert points == earned_by_what_is_stored(attempt)


def test_people_who_come_at_once_draw_one_after_the_other(both):
    angkatan = an_angkatan()
    people = [someone("pendamping", "63.03") for _ in range(4)]
    at_once(both, *[lambda person=person: enrolments.admit(angkatan.id, [person]) for person in people])
    drawn = db.session.scalars(select(FormDraw).order_by(FormDraw.position)).all()
    assert [row.position for row in drawn] == [0, 1, 2, 3]
    assert sorted(row.form_order for row in drawn) == ["AB", "AB", "BA", "BA"]
