"""Who may sit a test, read scores and answers, and change what a test earned."""

from typing import Protocol

from p2k2lms.core import clock
from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity


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


def own_or_in_care(actor: Actor, subject: EnrolmentCard) -> bool:
    """One's own; of whom one supervises today; of who works in one's units."""
    return identity.may_see(actor, subject.person_id, clock.today())


def of_own_angkatan(actor: Actor, subject: EnrolmentCard) -> bool:
    """Of a class that the actor teaches or runs."""
    return enrolment.of_own_class(actor, subject)


def of_own_class_or_units(actor: Actor, subject: EnrolmentCard) -> bool:
    """Of a class that the actor teaches; on a path, which has no class, of who works in the actor's units."""
    if subject.angkatan_id is not None:
        return enrolment.in_own_angkatan(actor, subject.angkatan_id)
    home = identity.home_unit(subject.person_id, clock.today())
    return home is not None and identity.in_own_units(actor, home.path)


CREATE_ATTEMPT = permission("assessment.create_attempt", (ANYONE, own))
READ_SCORES = permission("assessment.read_scores", (ANYONE, own_or_in_care), ("widyaiswara panitia", of_own_angkatan))
READ_ANSWERS = permission("assessment.read_answers", ("widyaiswara", in_own_angkatan))
CHANGE_SCORE = permission("assessment.change_score", ("widyaiswara", in_own_angkatan))
DECIDE_TIMING = permission("assessment.decide_timing", ("widyaiswara", of_own_class_or_units))
CHANGE_TIME = permission("assessment.change_time", ("widyaiswara", in_own_angkatan))
LIST_ITEMS = permission("assessment.list_items", ("widyaiswara", anything))
CHANGE_ITEM = permission("assessment.change_item", ("widyaiswara", anything))
PERMISSIONS = (
    CREATE_ATTEMPT,
    READ_SCORES,
    READ_ANSWERS,
    CHANGE_SCORE,
    CHANGE_TIME,
    DECIDE_TIMING,
    LIST_ITEMS,
    CHANGE_ITEM,
)
