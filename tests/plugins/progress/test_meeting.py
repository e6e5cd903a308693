"""What the meetings of a class mean for completion: attendance, and the online phase that comes first."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock, intake
from p2k2lms.plugins.catalogue.values import CompletionRules
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import SessionPlan
from p2k2lms.plugins.progress import service
from tests.factories.assessment import envelope
from tests.factories.coaching import watches
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import as_actor, someone, supervised, the_units
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


def test_micro_teaching_is_met_by_what_a_trainer_of_this_class_saw(both):
    trainer, angkatan, _meeting, card = a_class()
    other, elsewhere, _their_meeting, _one = a_class()
    actor = as_actor(card.person_id)

    def there() -> int | None:
        found = service.state_of(card.id).proposal.conditions
        return next(c.there for c in found if c.key == "micro_teaching")

    def watch(by, klas) -> str:
        about = {"context": "micro_teaching", "subject": f"angkatan:{klas.id}"}
        return watches(by, card.person_id, card.version_id, **about).status

    assert there() is None
    supervisor = as_actor(someone("supervisor", BANJAR))
    supervised(supervisor.id, card.person_id)
    assert watch(actor, angkatan) == "accepted"  # rates himself: allowed, and proves nothing
    refused = [watch(supervisor, angkatan), watch(other, angkatan), watch(trainer, elsewhere), watch(actor, elsewhere)]
    assert refused == ["rejected"] * 4
    assert there() is None
    assert watch(trainer, angkatan) == "accepted"
    assert there() == 1


def test_a_micro_teaching_may_be_the_last_condition_where_the_rule_decides(both, monkeypatch):
    trainer, angkatan, _meeting, card = a_class(mode="daring", open_door=True)
    monkeypatch.setattr(CompletionRules, "micro_teaching_for", lambda _self, _mode: True)
    read_all(as_actor(card.person_id), card)
    a_score(card, 20)
    assert service.completions_of(card.person_id) == []
    watches(trainer, card.person_id, card.version_id, context="micro_teaching", subject=f"angkatan:{angkatan.id}")
    assert [done.decision for done in service.completions_of(card.person_id)] == ["lulus"]
