"""What the meetings of a class mean for completion: attendance, and the online phase that comes first."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock, intake
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import SessionPlan
from p2k2lms.plugins.progress import service
from tests.factories.assessment import envelope
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import as_actor, someone, the_units
from tests.factories.progress import a_score, read_all


@pytest.fixture(autouse=True)
def places(both):
    the_units()


def a_class(**traits):
    """A class that began yesterday with one meeting of two hours of lesson, its widyaiswara, and one who learns."""
    trainer = as_actor(someone("widyaiswara", "R4"))
    first = clock.today() - timedelta(days=1)
    angkatan = an_angkatan(trainer=trainer.id, **{"mode": "luring", "starts": first} | traits)
    meeting = enrolment.add_session(trainer, angkatan.id, SessionPlan(first, 480, 90, "Materi", 2))
    return trainer, angkatan, meeting, a_member(angkatan, someone("pendamping", BANJAR))


def marks(trainer, meeting: int, card, status: str, late: int = 0) -> str:
    payload = {"session": meeting, "people": [card.person_id], "statuses": [status], "lates": [late]}
    return intake.receive(trainer, [envelope(trainer, "enrolment.attendance", payload)])[0].status


def test_attendance_is_a_condition_where_the_mode_asks_for_it(both):
    trainer, angkatan, meeting, card = a_class()
    actor = as_actor(card.person_id)
    read_all(actor, card)
    a_score(card, 20)

    def lacks() -> dict[str, int | None]:
        return {c.key: c.there for c in service.state_of(card.id).proposal.missing}

    assert lacks()["attendance"] == 0
    assert marks(trainer, meeting, card, "hadir", late=30) == "accepted"
    assert lacks()["attendance"] == 66
    assert marks(trainer, meeting, card, "hadir", late=10) == "accepted"
    assert "attendance" not in lacks()
    assert service.marks(trainer, angkatan.id).rows[0].attendance == 100


def test_a_class_that_has_not_met_yet_has_no_attendance_to_judge(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id, mode="luring")
    card = a_member(angkatan)
    assert {c.key: c.there for c in service.state_of(card.id).proposal.missing}["attendance"] is None


def test_who_has_read_everything_has_passed_the_online_phase_of_a_mixed_class(both):
    _trainer, angkatan, _meeting, card = a_class(mode="campuran", online_until=clock.today())
    read_all(as_actor(card.person_id), card)
    assert enrolment.enrolment(card.id).online_passed_at is not None
    other = a_member(angkatan, someone("pendamping", BANJAR))
    assert enrolment.enrolment(other.id).online_passed_at is None
