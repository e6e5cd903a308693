"""What waits for a widyaiswara at the home page: classes to close, and with them the question for finished paths."""

from p2k2lms.core.access import Actor, has_role
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.progress.permissions import DECIDE_COMPLETION
from p2k2lms.plugins.progress.service.equivalence import ahead as paths_ahead


def classes_over(actor: Actor) -> list[AngkatanCard]:
    """The classes that wait longest for the actor to decide about completion."""
    return enrolment.overdue(actor) if has_role(actor, DECIDE_COMPLETION) else []


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of classes that are over and of finished paths."""
    over = enrolment.overdue_ahead(actor) if has_role(actor, DECIDE_COMPLETION) else []
    return over + paths_ahead(actor)
