"""Completion for tests: who has read everything, been tested, passed."""

from typing import Any

from sqlalchemy import func, select

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.assessment.models import Attempt, Form, Score
from p2k2lms.plugins.assessment.values import POST
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from tests.factories.delivery import a_learner, reads
from tests.factories.enrolment import on_a_course
from tests.factories.identity import as_actor

RULES = {"minutes": None, "grace_seconds": 0, "attempts_post": 3, "review": "langsung", "pass_percent": 70}


def a_reader(**traits: Any) -> tuple[Actor, EnrolmentCard]:
    """A pendamping who has read every required card of the tiny course."""

    def build() -> tuple[int, int]:
        actor, card = a_learner(**traits)
        read_all(actor, card)
        return card.person_id, card.id

    person_id, enrolment_id = on_a_course(f"a reader {sorted(traits.items())}", build)
    return as_actor(person_id), enrolment.enrolment(enrolment_id)


def read_all(actor: Actor, card: EnrolmentCard) -> None:
    """The actor reads every required card."""
    reads(actor, card, catalogue.required_steps(card.version_id))


def a_score(card: EnrolmentCard, points: float = 15, purpose: str = POST, of: float = 20) -> int:
    """A finished attempt with this score, told to whoever listens; returns its id."""
    with unit_of_work("test.a_score") as uow:
        mine = select(func.count()).where(Attempt.enrolment_id == card.id, Attempt.purpose == purpose)
        attempt = uow.add(
            Attempt(
                person_id=card.person_id,
                enrolment_id=card.id,
                form_id=_form(card),
                purpose=purpose,
                number=(db.session.scalar(mine) or 0) + 1,
                finished_at=clock.now(),
            )
        )
        uow.add(
            Score(attempt_id=attempt.id, key_version_id=card.version_id, points=points, max_points=of, objectives={})
        )
        uow.publish(
            AttemptFinished(
                attempt_id=attempt.id,
                person_id=card.person_id,
                enrolment_id=card.id,
                purpose=purpose,
                points=points,
                max_points=of,
                passed=points * 100 >= 70 * of,
            )
        )
        return attempt.id


def _form(card: EnrolmentCard) -> int:
    known = db.session.scalar(select(Form.id).where(Form.version_id == card.version_id, Form.name == "uji"))
    if known is not None:
        return known
    with unit_of_work("test.a_form") as uow:
        form = Form(version_id=card.version_id, course=card.course, name="uji", size=20, about={}, **RULES)
        return uow.add(form).id
