"""Issues certificates in the transaction of the completion, revokes them, and issues them anew."""

import logging
import secrets
from collections.abc import Mapping
from datetime import date

from p2k2lms.core import clock, settings
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.permissions import REVOKE
from p2k2lms.plugins.certificates.service import letters
from p2k2lms.plugins.certificates.service.copying import CHOSEN, DRAW, PAGE, SIGNER, agency_of
from p2k2lms.plugins.certificates.values import LONGEST_NUMBER, REVOKED, VALID, CertificateCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import service as progress
from p2k2lms.plugins.progress.values import CompletionCard

log = logging.getLogger(__name__)
ISSUE = "certificates.issue"
LONGEST_REASON = 500


def issue(completion_id: int) -> None:
    """Give the person of a completion a certificate; one that stands already stays the only one.

    No actor: the completion has been decided.
    """
    with unit_of_work("certificates.issue_certificate", subject=f"completion:{completion_id}") as uow:
        if not queries.stands(completion_id):
            _write(uow, progress.completion(completion_id))


def issue_or_later(completion_id: int) -> None:
    """The same within the transaction of the completion; what stops it must not undo what the learner has done.

    The worker then tries again until it works: it is an officer's setting or a fault of ours that is to be mended.
    """
    with unit_of_work("certificates.issue_certificate", subject=f"completion:{completion_id}") as uow:
        try:
            with uow.part():
                _write(uow, progress.completion(completion_id))
        except Exception as problem:  # whatever it is, the answer that completed the course is kept
            log.error("the certificate of completion %s waits: %s", completion_id, type(problem).__name__)
            uow.enqueue(ISSUE, completion_id=completion_id)


def revoke(actor: Actor, code: str, reason: str) -> None:
    """Take a certificate back, with a reason that its owner reads; the public reads only that it was."""
    require(actor, REVOKE)
    with unit_of_work("certificates.revoke_certificate", actor, f"certificate:{code}") as uow:
        row = _withdraw(uow, actor, code, reason)
        uow.notify(row.person_id, "certificates.revoked", PAGE, number=row.number, reason=row.reason)


def reissue(actor: Actor, code: str, reason: str) -> None:
    """Take a certificate back and issue it anew with what is known today: a name mended, a line corrected."""
    require(actor, REVOKE)
    with unit_of_work("certificates.reissue_certificate", actor, f"certificate:{code}") as uow:
        old = _withdraw(uow, actor, code, reason)
        new = _once_more(uow, old)
        uow.notify(old.person_id, "certificates.reissued", PAGE, old=old.number, new=new.number, reason=old.reason)


def _once_more(uow: UnitOfWork, old: Certificate) -> Certificate:
    if old.equivalence_id is not None:
        return letters.write(uow, progress.equivalence(old.equivalence_id), old)
    return _write(uow, progress.completion(old.completion_id or 0), old)


def to_revoke(actor: Actor, code: str) -> CertificateCard:
    """The certificate, for somebody who may revoke it; NotFound for all others."""
    require(actor, REVOKE)
    card = _known(code)
    require(actor, REVOKE, card)
    return card


def wrong_pattern(template: str) -> str:
    """What is wrong with a pattern of numbers, said to the officer who chooses it; "" if nothing is."""
    if unknown := rules.unknown_parts(template):
        return _("Bagian ini tidak dikenal: %(parts)s.", parts=", ".join(unknown))
    if rules.SEQ not in template:
        return _("Pola harus memuat {seq}, nomor urutnya.")
    if rules.longest_by(template) > LONGEST_NUMBER:
        return _("Nomor dengan pola ini bisa lebih dari %(count)s huruf. Pendekkan.", count=LONGEST_NUMBER)
    return ""


def _known(code: str) -> CertificateCard:
    card = queries.by_code(rules.read_code(code) or "")
    if card is None:
        raise NotFound("certificate")
    return card


def _withdraw(uow: UnitOfWork, actor: Actor, code: str, reason: str) -> Certificate:
    card = to_revoke(actor, code)
    row = queries.row(card.id)
    if row is None or row.status != VALID:
        raise Conflict(_("Sertifikat ini sudah dicabut."))
    if not reason.strip():
        raise Invalid(_("Tulis alasannya. Pemilik sertifikat akan membacanya."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Alasan paling panjang %(n)s huruf.", n=LONGEST_REASON), "reason")
    row.status, row.reason = REVOKED, reason.strip()
    row.revoked_on, row.revoked_by = clock.today(), actor.id
    return uow.add(row)


def _write(uow: UnitOfWork, done: CompletionCard, old: Certificate | None = None) -> Certificate:
    """Copy all that is printed, take the next number, and leave the drawing to the worker."""
    card = enrolment.enrolment(done.enrolment_id)
    angkatan = enrolment.angkatan(done.angkatan_id)
    version, person = catalogue.version(card.version_id), identity.person(done.person_id)
    issuer = identity.unit(angkatan.centre_unit_id)
    chosen = settings.values(CHOSEN, issuer.lineage)
    day = clock.today(issuer.zone)
    seq = queries.next_seq(issuer.id, day.year)
    unit = chosen["certificates.unit"] or issuer.kemendagri_code
    number = rules.number(chosen["certificates.number"], seq, unit, card.course.upper(), day)
    row = uow.add(
        Certificate(
            code=rules.code_of(secrets.randbits(rules.CODE_BITS)),
            number=number,
            issuer_unit_id=issuer.id,
            issuer_path=issuer.path,
            year=day.year,
            seq=seq,
            person_id=person.id,
            completion_id=done.id,
            angkatan_id=angkatan.id,
            name=person.name_on_certificate,
            course_title=version.title,
            angkatan_name=angkatan.name,
            held=_held(angkatan, done.decided_on, chosen),
            issued_on=day,
            replaces_id=old.id if old else None,
            printed={
                "ministry": chosen["certificates.ministry"],
                "issuer": chosen["certificates.issuer"] or issuer.name,
                "legal_basis": chosen["certificates.legal_basis"],
                "birth": rules.birth_in_words(person.birth_place, person.birth_date),
                "rank": rules.rank_in_words(person.nip, person.rank),
                "post": chosen["certificates.post"],
                "agency": agency_of(person.id, done.decided_on),
                "jp": version.jp,
                "signer": {key: chosen[f"certificates.{key}"] for key in SIGNER},
                "subjects": [list(subject) for subject in catalogue.subjects(version.id)],
                "marks": _marks(done.enrolment_id),
                "replaces": old.number if old else "",
            },
        )
    )
    uow.enqueue(DRAW, certificate_id=row.id)
    if old is None:
        uow.notify(row.person_id, "certificates.issued", PAGE, number=row.number)
    return row


def _held(angkatan: AngkatanCard, decided_on: date, chosen: Mapping[str, str]) -> str:
    """How and when: the days of the class, or the day of completion where the class has no end."""
    if angkatan.ends is None:
        return rules.finished_in_words(angkatan.mode, decided_on)
    return rules.held_in_words(angkatan.mode, angkatan.starts, angkatan.ends, chosen["certificates.place"])


def _marks(enrolment_id: int) -> list[list[str]]:
    """The marks of the back page."""
    scores = assessment.scores_of([enrolment_id]).get(enrolment_id, {})
    named = (("Pre-test", scores.get(PRE)), ("Post-test", scores.get(POST)))
    return [[name, str(score.percent) if score else "tidak diikuti"] for name, score in named]
