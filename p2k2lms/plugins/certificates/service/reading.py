"""What is shown of certificates: to their owner, to the staff of a class, to everybody."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.permissions import LIST, READ
from p2k2lms.plugins.certificates.values import CertificateCard, PublicFacts
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, AngkatanCard
from p2k2lms.plugins.progress import service as progress

PAGE = 100
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Shelf:
    """One's own certificates; while there is none, what a running class still lacks."""

    certificates: tuple[CertificateCard, ...]
    missing: tuple[str, ...]


def own(actor: Actor) -> Shelf:
    """The certificates of the actor."""
    require(actor, READ)
    person_id = actor.id or 0
    found = tuple(queries.of_person(person_id))
    running = [] if found else [e for e in enrolment.enrolments_of(person_id) if e.state == RUNNING]
    return Shelf(found, progress.state_in(running[0]).missing if running else ())


def of_person(person_id: int) -> list[CertificateCard]:
    """The certificates of one person; the caller has decided who may see them."""
    return queries.of_person(person_id)


def of_class(actor: Actor, angkatan_id: int, after_id: int = 0) -> tuple[AngkatanCard, list[CertificateCard]]:
    """A class with one page of its certificates, for its staff; NotFound for all others."""
    require(actor, LIST)
    card = enrolment.angkatan(angkatan_id)
    require(actor, LIST, card)
    return card, queries.of_class(angkatan_id, after_id, PAGE)


def check(asked: str) -> PublicFacts | None:
    """What everybody may know about a code or a number; None if there is none, or a number says too little."""
    text = " ".join(asked.replace("\x00", "").split())[:LONGEST_QUESTION]
    found = queries.public(rules.read_code(text), text)
    return found[0] if len(found) == 1 else None
