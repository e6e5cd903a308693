"""Who may sit a test, read answers, and change what a test earned."""

from typing import Protocol

from p2k2lms.core.access import ANYONE, Actor, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard


class Owned(Protocol):
    """Something of one person: an enrolment, an attempt."""

    person_id: int


def own(actor: Actor, subject: Owned) -> bool:
    """The actor's own, and nobody else's."""
    return actor.id is not None and actor.id == subject.person_id


def in_own_angkatan(actor: Actor, subject: AngkatanCard | int) -> bool:
    """An angkatan, given by its card or id, that the actor teaches or runs."""
    if isinstance(subject, AngkatanCard):
        return any(member.person_id == actor.id for member in subject.staff)
    return enrolment.in_own_angkatan(actor, subject)


CREATE_ATTEMPT = permission("assessment.create_attempt", (ANYONE, own))
READ_ANSWERS = permission("assessment.read_answers", ("widyaiswara", in_own_angkatan))
CHANGE_SCORE = permission("assessment.change_score", ("widyaiswara", in_own_angkatan))
CHANGE_TIME = permission("assessment.change_time", ("widyaiswara", in_own_angkatan))
PERMISSIONS = (CREATE_ATTEMPT, READ_ANSWERS, CHANGE_SCORE, CHANGE_TIME)
