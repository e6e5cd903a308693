"""Draws a certificate once, by the worker or at its first download, and hands it to those who may have it."""

import hashlib
import logging
from dataclasses import dataclass

from p2k2lms.core import address
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.letters import day_in_words
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import pdf, queries, rules, signer
from p2k2lms.plugins.certificates.models import Certificate, Drawing
from p2k2lms.plugins.certificates.permissions import READ
from p2k2lms.plugins.certificates.values import REVOKED, STTPP, Sheet, Signer, Subject

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Document:
    """A drawn certificate and the name of its file."""

    name: str
    pdf: bytes


def download(actor: Actor, code: str) -> Document:
    """The document, for its owner and the staff of the class; a revoked one is handed to nobody."""
    require(actor, READ)
    card = queries.by_code(rules.read_code(code) or "")
    if card is None:
        raise NotFound("certificate")
    require(actor, READ, card)
    if card.status == REVOKED:
        raise Conflict(_("Sertifikat nomor %(number)s sudah dicabut.", number=card.number))
    short = "STTPP" if card.kind == STTPP else "Keterangan"
    return Document(f"{short}-{rules.grouped(card.code)}.pdf", draw(card.id))


def draw(certificate_id: int) -> bytes:
    """The document; drawn and kept if it is not there yet. Conflict while nobody set where its code is checked."""
    found = queries.drawing(certificate_id)
    if found is not None:
        return found
    row = queries.printed(certificate_id)
    if row is None:
        raise NotFound("certificate")
    made = signer.sign(pdf.render(sheet_of(row), check_url(row.code)))
    with unit_of_work("certificates.draw_certificate", subject=f"certificate:{row.code}") as uow:
        queries.row(certificate_id)
        known = queries.drawing(certificate_id)
        if known is None:
            uow.add(Drawing(certificate_id=certificate_id, sha=hashlib.sha256(made).hexdigest(), pdf=made))
    return known or made


def draw_job(certificate_id: int) -> None:
    """The worker's turn; where no address is set it leaves the drawing to the first download after that."""
    try:
        draw(certificate_id)
    except Conflict as refusal:
        log.warning("certificate %s is not drawn yet: %s", certificate_id, refusal)


def check_url(code: str) -> str:
    """Where everybody can check this code."""
    return f"{address.public_url()}/cek/{rules.grouped(code)}"


def sheet_of(row: Certificate) -> Sheet:
    """All that is printed, from what was copied when it was issued."""
    said = row.printed
    told = said["signer"]
    return Sheet(
        code=row.code,
        number=row.number,
        ministry=said["ministry"],
        issuer=said["issuer"],
        legal_basis=said["legal_basis"],
        name=row.name,
        birth=said["birth"],
        rank=said["rank"],
        post=said["post"],
        agency=said["agency"],
        course=row.course_title,
        angkatan=row.angkatan_name,
        held=row.held,
        jp=said["jp"],
        issued=day_in_words(row.issued_on),
        signer=Signer(told["place"], told["signer_title"], told["signer_name"], told["signer_nip"]),
        subjects=tuple(Subject(title, jp) for title, jp in said["subjects"]),
        marks=tuple((name, value) for name, value in said["marks"]),
        replaces=said["replaces"],
        kind=row.kind,
    )
