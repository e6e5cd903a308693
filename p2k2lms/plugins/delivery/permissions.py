"""Who may learn: anyone who is enrolled, in his own course; and who may look at a course as learners see it."""

from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.enrolment.values import STOPPED, EnrolmentCard


def own(actor: Actor, enrolment: EnrolmentCard) -> bool:
    """One's own enrolment, running or passed; who has left a class no longer reads in it."""
    return enrolment.person_id == actor.id and enrolment.state != STOPPED


LIST_COURSES = permission("delivery.list_courses", (ANYONE, anything))
READ_CARD = permission("delivery.read_card", (ANYONE, own))
READ_COURSE = permission("delivery.read_course", ("widyaiswara panitia admin", anything))
PERMISSIONS = (LIST_COURSES, READ_CARD, READ_COURSE)
