"""One paper of a member, and the points on a person's page: who may read which, and what they show."""

import pytest

from p2k2lms.core.errors import NotAllowed, NotFound
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from tests.factories.assessment import a_trainer, sit
from tests.factories.delivery import a_learner
from tests.factories.enrolment import KAPUAS, an_angkatan, on_a_course
from tests.factories.identity import as_actor, someone, supervised


@pytest.fixture
def place(both):
    """A class with its widyaiswara and a member who has sat the pre-test badly and the post-test well."""

    def build() -> tuple[int, int, int]:
        trainer = a_trainer()
        learner, card = a_learner(trainer=trainer)
        sit(learner, card.id, "pre", right=2)
        service.open_post_test(card.id, card.person_id)
        sit(learner, card.id, "post")
        return trainer, card.person_id, card.id

    trainer, learner, card_id = on_a_course("a paper of each test", build)
    return as_actor(trainer), as_actor(learner), enrolment.enrolment(card_id)


def test_the_widyaiswara_of_the_class_reads_the_paper_that_its_owner_reads(place):
    trainer, learner, card = place
    found = service.class_result(trainer, card.angkatan_id, card.id, "post", None)
    own = service.result(learner, found.result.attempt.id)
    assert found.result == own
    assert found.name == learner.name
    assert own.review != ()


def test_the_review_stays_shut_for_the_widyaiswara_as_long_as_for_its_owner(both):
    trainer = a_trainer()
    learner, card = a_learner(trainer=trainer)
    sit(learner, card.id, "pre", right=2)
    found = service.class_result(as_actor(trainer), card.angkatan_id, card.id, "pre", None).result
    assert (found.waits_for, found.review) == ("test", ())


def test_of_several_attempts_the_best_is_shown_and_each_can_be_chosen(both):
    trainer = a_trainer()
    learner, card = a_learner(trainer=trainer)
    service.open_post_test(card.id, card.person_id)
    for right in (1, 2, 0):
        sit(learner, card.id, "post", right=right)

    def read(number):
        return service.class_result(as_actor(trainer), card.angkatan_id, card.id, "post", number)

    assert (read(None).result.attempt.number, read(None).numbers) == (2, (1, 2, 3))
    assert [read(n).result.attempt.number for n in (1, 2, 3)] == [1, 2, 3]
    with pytest.raises(NotFound):
        read(4)


def test_a_paper_of_another_class_does_not_exist(place):
    trainer, _learner, card = place
    other = an_angkatan(trainer=trainer.id)
    stranger = as_actor(a_trainer())
    for actor, angkatan_id in ((trainer, other.id), (stranger, card.angkatan_id), (trainer, 0)):
        with pytest.raises(NotFound):
            service.class_result(actor, angkatan_id, card.id, "post", None)


@pytest.mark.parametrize("role", ["pendamping", "supervisor", "koordinator", "dinsos", "panitia", "evaluator", "admin"])
def test_no_other_role_reads_answers(place, role):
    _trainer, _learner, card = place
    with pytest.raises(NotAllowed):
        service.class_result(as_actor(someone(role, "R4")), card.angkatan_id, card.id, "post", None)


def test_what_was_not_sat_or_is_still_running_or_was_skipped_has_no_paper(both):
    trainer = as_actor(a_trainer())
    learner, card = a_learner(trainer=trainer.id)
    service.skip_pre(learner, card.id, "Sudah pernah ikut.")
    service.open_post_test(card.id, card.person_id)
    service.start(learner, card.id, "post")
    for purpose in ("pre", "post"):
        with pytest.raises(NotFound):
            service.class_result(trainer, card.angkatan_id, card.id, purpose, None)


def test_a_person_page_has_points_and_the_own_gain_for_those_in_whose_care_the_person_is(place):
    trainer, learner, card = place
    supervisor, koordinator = someone("supervisor", KAPUAS), someone("koordinator", "63.03")
    supervised(supervisor, learner.id)
    panitia = someone("panitia", "R4")
    enrolment.add_staff(trainer, card.angkatan_id, identity.person(panitia).pkh_id or "", "panitia")
    for actor in (trainer, learner, as_actor(supervisor), as_actor(koordinator), as_actor(panitia)):
        (line,) = service.person_scores(actor, learner.id)
        assert line.gain == line.post.points - line.pre.points > 0
        assert line.may_open is (actor == trainer)


@pytest.mark.parametrize("role", ["pendamping", "supervisor", "koordinator", "dinsos", "widyaiswara", "evaluator"])
def test_nobody_else_learns_the_points(place, role):
    _trainer, learner, _card = place
    assert service.person_scores(as_actor(someone(role, "62.03")), learner.id) == []
