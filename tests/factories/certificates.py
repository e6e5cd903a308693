"""Certificates for tests: who has passed holds one."""

from typing import Any

from p2k2lms.core.access import Actor
from p2k2lms.plugins.assessment.values import PRE
from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.certificates.values import CertificateCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, on_a_course
from tests.factories.identity import as_actor, someone
from tests.factories.progress import a_score, read_all


def about_to_pass(angkatan: AngkatanCard | None = None, **person: Any) -> tuple[Actor, EnrolmentCard]:
    """Somebody in an open class whom only the post-test parts from the certificate."""

    def build() -> tuple[int, int]:
        card = a_member(angkatan or an_angkatan(open_door=True), someone("pendamping", BANJAR, **person))
        a_score(card, 8, PRE)
        read_all(as_actor(card.person_id), card)
        return card.person_id, card.id

    plain = not angkatan and not person
    person_id, enrolment_id = on_a_course("about to pass", build) if plain else build()
    return as_actor(person_id), enrolment.enrolment(enrolment_id)


def a_certificate(angkatan: AngkatanCard | None = None, **person: Any) -> tuple[Actor, CertificateCard]:
    """Somebody who has just passed, with the certificate."""
    actor, card = about_to_pass(angkatan, **person)
    a_score(card, 16)
    return actor, service.of_person(actor.id or 0)[0]
