"""Which tests a learner may begin, go on with, or look back at: for the list of tests and for panels."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor
from p2k2lms.plugins.assessment.rules.opening import Standing
from p2k2lms.plugins.assessment.service import bank
from p2k2lms.plugins.assessment.service.standing import with_best
from p2k2lms.plugins.assessment.values import PRACTICE, QUICK, ScoreCard
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import BlueprintDef
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import RUNNING, STOPPED, EnrolmentCard


@dataclass(frozen=True)
class CourseTests:
    """The tests of one enrolment: where the person stands, how long and how many, and what was earned."""

    enrolment: EnrolmentCard
    title: str
    standing: Standing
    blueprint: BlueprintDef
    limit: int
    practice: int
    best: dict[str, ScoreCard]
    notice: str = ""  # what the course says of itself, such as that its items can be read by anybody


@dataclass(frozen=True)
class QuickCheck:
    """The open questions at the end of a sesi."""

    enrolment_id: int
    sesi: str
    size: int


def own_tests(actor: Actor) -> list[CourseTests]:
    """The tests of everything that the actor learns or has learned, the running ones first."""
    return tests_of(*[card for card in enrolments.enrolments_of(actor.id or 0) if card.state != STOPPED])


def tests_of(*cards: EnrolmentCard) -> list[CourseTests]:
    """The tests of these enrolments; a course without a blueprint has none."""
    wanted = [card for card in cards if catalogue.has_blueprint(card.version_id)]
    if not wanted:
        return []
    stands = with_best(*wanted)
    return [
        CourseTests(
            enrolment=card,
            title=catalogue.outline(card.version_id).title,
            standing=stands[card.id][0],
            blueprint=catalogue.blueprint(card.version_id),
            limit=catalogue.completion_rules(card.version_id).post_test,
            practice=len(bank.practice_of(card.version_id, PRACTICE)),
            best=stands[card.id][1],
            notice=catalogue.outline(card.version_id).notice,
        )
        for card in wanted
    ]


def quick_check(enrolment: EnrolmentCard, sesi: str) -> QuickCheck | None:
    """The quick check of a sesi, for somebody who learns; None where no question is written."""
    items = bank.practice_of(enrolment.version_id, f"{QUICK}:{sesi}")
    if not items or enrolment.state not in (RUNNING, "lulus"):
        return None
    return QuickCheck(enrolment.id, sesi, len(items))
