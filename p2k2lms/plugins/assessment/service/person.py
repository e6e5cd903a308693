"""What the tests of one person say on the page about them: points before and after, and the own gain."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor, allowed
from p2k2lms.plugins.assessment.permissions import READ_ANSWERS, READ_SCORES
from p2k2lms.plugins.assessment.service.standing import scores_of
from p2k2lms.plugins.assessment.values import POST, PRE, ScoreCard, are_apart
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard


@dataclass(frozen=True)
class PersonScores:
    """The best pre-test and post-test of one class; `may_open` for who may read the answers too."""

    enrolment_id: int
    angkatan: AngkatanCard
    pre: ScoreCard | None
    post: ScoreCard | None
    may_open: bool

    @property
    def gain(self) -> float | None:
        """Points won, where both papers are of one length."""
        if self.pre is None or self.post is None or self.pre.max != self.post.max:
            return None
        return round(self.post.points - self.pre.points, 2)

    @property
    def apart(self) -> bool:
        """One was sat in class and the other alone."""
        return self.pre is not None and self.post is not None and are_apart(self.pre.place, self.post.place)


def scored_enrolments(actor: Actor, person_id: int) -> list[EnrolmentCard]:
    """The enrolments of a person whose scores the actor may read."""
    return [card for card in enrolments.enrolments_of(person_id) if allowed(actor, READ_SCORES, card)]


def person_scores(actor: Actor, person_id: int) -> list[PersonScores]:
    """The classes of a person that have a score, as far as the actor may know."""
    shown = scored_enrolments(actor, person_id)
    scores = scores_of([card.id for card in shown])
    classes = {card.id: card for card in enrolments.classes_of(person_id)} if scores else {}
    return [
        PersonScores(card.id, angkatan, mine.get(PRE), mine.get(POST), may_read_answers(actor, angkatan))
        for card in shown
        if (mine := scores.get(card.id)) and (angkatan := classes.get(card.angkatan_id or 0))
    ]


def may_read_answers(actor: Actor, angkatan: AngkatanCard) -> bool:
    """True for a widyaiswara of this class."""
    return allowed(actor, READ_ANSWERS, angkatan)
