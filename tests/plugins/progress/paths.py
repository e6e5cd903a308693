"""A path walked to its end, with everything that speaks for it: for the tests of ladder, equivalence and letter."""

from p2k2lms.core.access import Actor
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from tests.factories.assessment import sit
from tests.factories.coaching import Walk, a_walk, walk_of, walks_on
from tests.factories.delivery import reads
from tests.factories.enrolment import on_a_course, the_unit
from tests.factories.identity import as_actor, someone


def facts_of(walk: Walk) -> EnrolmentCard:
    """The enrolment of a path."""
    card = enrolment.enrolment_in(walk.path.person_id, walk.path.course)
    assert card is not None
    return card


def a_finished_walk(whole: bool = True, name: str = "Jalur uji") -> Walk:
    """A path signed by both to its end; `whole` with cards, tests and cek cepat, else without."""

    def build() -> tuple[int, int, int]:
        walk = a_walk(name=name)
        if whole:
            card = facts_of(walk)
            sit(walk.learner, card.id, "pre", right=1)
            reads(walk.learner, card, catalogue.required_steps(card.version_id))
            sit(walk.learner, card.id, "cek", sesi="m1-s01")
            sit(walk.learner, card.id, "post")
        for answer in (*walks_on(walk, 1, "tf-s01"), *walks_on(walk, 2, "m1-s01")):
            assert answer.status == "accepted", answer
        return walk.path.id, walk.path.person_id, walk.coach.id or 0

    return walk_of(*on_a_course(f"a finished walk {whole} {name}", build))


def a_decider() -> Actor:
    """A widyaiswara of the regional centre."""
    return as_actor(someone("widyaiswara", the_unit("R4").kemendagri_code))
