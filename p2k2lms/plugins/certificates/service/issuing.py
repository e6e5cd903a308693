"""Issues certificates in the transaction of the completion, revokes them, and issues them anew."""

import logging
from collections.abc import Sequence

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.permissions import REVOKE
from p2k2lms.plugins.certificates.service import letters, writing
from p2k2lms.plugins.certificates.service.copying import PAGE
from p2k2lms.plugins.certificates.values import LONGEST_NUMBER, REVOKED, VALID, CertificateCard
from p2k2lms.plugins.progress import service as progress

log = logging.getLogger(__name__)
ISSUE = "certificates.issue"
LONGEST_REASON = 500


def issue(completion_id: int) -> None:
    """Give the person of a completion a certificate; one that stands already stays the only one.

    No actor: the completion has been decided.
    """
    with unit_of_work("certificates.issue_certificate", subject=f"completion:{completion_id}") as uow:
        if not queries.stands(completion_id):
            writing.write(uow, progress.completions([completion_id]))


def issue_or_later(completion_ids: Sequence[int]) -> None:
    """The same for people of one class, within the transaction that decided; what stops it must not undo the decision.

    The worker then tries each alone until it works: it is an officer's setting or a fault of ours that is to be mended.
    """
    with unit_of_work("certificates.issue_certificate", subject=f"completion:{completion_ids[0]}") as uow:
        try:
            with uow.part():
                writing.write(uow, progress.completions(completion_ids))
        except Exception as problem:  # whatever it is, the answer that completed the course is kept
            log.error("the certificates of completions %s wait: %s", completion_ids, type(problem).__name__)
            for completion_id in completion_ids:
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
    return writing.write(uow, progress.completions([old.completion_id or 0]), old)[0]


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
