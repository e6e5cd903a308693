"""What is shown of certificates: to their owner, to the staff of a class, to everybody."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.permissions import LIST, READ
from p2k2lms.plugins.certificates.values import CertificateCard, PublicFacts
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED, RUNNING, AngkatanCard
from p2k2lms.plugins.progress import service as progress

PAGE = 100


@dataclass(frozen=True)
class Shelf:
    """One's own certificates; while there is none, what a running class still lacks, or that one is on its way."""

    certificates: tuple[CertificateCard, ...]
    missing: tuple[str, ...]
    coming: bool


def own(actor: Actor) -> Shelf:
    """The certificates of the actor."""
    require(actor, READ)
    person_id = actor.id or 0
    found = tuple(queries.of_person(person_id))
    cards = [] if found else enrolment.enrolments_of(person_id)
    running = next((card for card in cards if card.state == RUNNING), None)
    missing = progress.state_in(running).missing if running else ()
    return Shelf(found, missing, any(card.state == PASSED for card in cards))


def of_person(person_id: int) -> list[CertificateCard]:
    """The certificates of one person; the caller has decided who may see them."""
    return queries.of_person(person_id)


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of certificates: the own ones."""
    return [queries.of_person.ahead(actor.id or 0)]


def ahead_of_person(actor: Actor, person_id: int, part: str) -> list[Ahead]:
    """What a page about this person will ask of certificates."""
    return [queries.of_person.ahead(person_id)] if part == "person.results" else []


def of_class(actor: Actor, angkatan_id: int, after_id: int = 0) -> tuple[AngkatanCard, list[CertificateCard]]:
    """A class with one page of its certificates, for its staff; NotFound for all others."""
    require(actor, LIST)
    card = enrolment.angkatan(angkatan_id)
    require(actor, LIST, card)
    return card, queries.of_class(angkatan_id, after_id, PAGE)


def check(asked: str) -> PublicFacts | None:
    """What everybody may know about a code; a number opens nothing, for numbers run in order."""
    code = rules.read_code(asked)
    return queries.public(code) if code else None
