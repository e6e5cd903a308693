"""Who may hold a certificate in hand, and who may revoke it."""

from p2k2lms.core.access import ANYONE, Actor, permission
from p2k2lms.plugins.certificates.values import CertificateCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity


def own(actor: Actor, certificate: CertificateCard) -> bool:
    """One's own."""
    return certificate.person_id == actor.id


def of_own_class(actor: Actor, certificate: CertificateCard) -> bool:
    """Of a class in which the actor works."""
    return certificate.angkatan_id is not None and enrolment.in_own_angkatan(actor, certificate.angkatan_id)


def of_issuer(actor: Actor, certificate: CertificateCard) -> bool:
    """Issued by a unit of the actor's; nobody revokes a certificate of one's own."""
    return certificate.person_id != actor.id and identity.in_own_units(actor, certificate.issuer_path)


def letter_of_own_unit(actor: Actor, certificate: CertificateCard) -> bool:
    """A letter of a path, issued by a unit of the actor's."""
    return certificate.angkatan_id is None and of_issuer(actor, certificate)


READ = permission(
    "certificates.read_certificate",
    (ANYONE, own),
    ("widyaiswara panitia", of_own_class),
    ("widyaiswara", letter_of_own_unit),
)
LIST = permission("certificates.list_certificates", ("widyaiswara panitia", enrolment.works_in))
REVOKE = permission("certificates.revoke_certificate", ("widyaiswara", of_issuer))

ALL = (READ, LIST, REVOKE)
