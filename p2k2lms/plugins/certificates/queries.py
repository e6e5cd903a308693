"""Reads certificates, and gives out the next number of an issuer."""

from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db, is_sqlite
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.certificates.models import Certificate, Counter, Drawing
from p2k2lms.plugins.certificates.values import VALID, CertificateCard, PublicFacts

MOST = 50


def raise_seq(issuer_unit_id: int, year: int, by: int = 1) -> int:
    """Take so many numbers of this issuer in this year; returns the last of them.

    The row stays locked until the transaction ends: two who issue at once get two numbers, and a
    transaction that fails gives its numbers back, so there is no gap.
    """
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    raised = insert(Counter).values(issuer_unit_id=issuer_unit_id, year=year, last=by)
    raised = raised.on_conflict_do_update(index_elements=["issuer_unit_id", "year"], set_={"last": Counter.last + by})
    number: int = db.session.execute(raised.returning(Counter.last)).scalar_one()
    return number


def _cards() -> Select[*tuple[Any, ...]]:
    later = aliased(Certificate)
    wanted: Select[*tuple[Any, ...]] = select(
        Certificate.id,
        Certificate.code,
        Certificate.number,
        Certificate.kind,
        Certificate.person_id,
        Certificate.angkatan_id,
        Certificate.issuer_path,
        Certificate.name,
        Certificate.course_title,
        Certificate.angkatan_name,
        Certificate.issued_on,
        Certificate.status,
        Certificate.reason,
        Certificate.revoked_on,
        exists().where(later.replaces_id == Certificate.id),
    )
    return wanted


def _read(wanted: Select[*tuple[Any, ...]]) -> list[CertificateCard]:
    return [CertificateCard(*row) for row in db.session.execute(wanted)]


def by_code(code: str) -> CertificateCard | None:
    """The certificate with this code."""
    return next(iter(_read(_cards().where(Certificate.code == code))), None)


OWN = _cards().where(Certificate.person_id == bindparam("person_id")).order_by(Certificate.id.desc()).limit(MOST)


def _of_person(person_id: int) -> Asking:
    return OWN, {"person_id": person_id}


of_person = Question(_of_person, lambda rows: [CertificateCard(*row) for row in rows])
"""All certificates of one person, the latest first."""


def of_class(angkatan_id: int, after_id: int, limit: int) -> list[CertificateCard]:
    """The certificates of a class in order of issue, from behind `after_id`."""
    wanted = _cards().where(Certificate.angkatan_id == angkatan_id, Certificate.id > after_id)
    return _read(wanted.order_by(Certificate.id).limit(limit))


def public(code: str) -> PublicFacts | None:
    """What may be told about the certificate with this code."""
    row = db.session.execute(
        select(
            Certificate.status,
            Certificate.kind,
            Certificate.name,
            Certificate.course_title,
            Certificate.held,
            Certificate.issued_on,
            Certificate.revoked_on,
        ).where(Certificate.code == code)
    ).first()
    return PublicFacts(*row) if row else None


def stands(completion_id: int) -> bool:
    """True if a certificate of this completion was issued and has not been revoked."""
    this = (Certificate.completion_id == completion_id, Certificate.status == VALID)
    return bool(db.session.scalar(select(exists().where(*this))))


def letter_stands(equivalence_id: int) -> bool:
    """True if the letter of this decision was issued and has not been revoked."""
    this = (Certificate.equivalence_id == equivalence_id, Certificate.status == VALID)
    return bool(db.session.scalar(select(exists().where(*this))))


def row(certificate_id: int) -> Certificate | None:
    """The certificate, held until the transaction ends."""
    return db.session.get(Certificate, certificate_id, with_for_update=True)


def printed(certificate_id: int) -> Certificate | None:
    """The certificate with all that stands on it, to be drawn."""
    return db.session.get(Certificate, certificate_id)


def drawing(certificate_id: int) -> bytes | None:
    """The drawn document, if it has been drawn."""
    return db.session.scalar(select(Drawing.pdf).where(Drawing.certificate_id == certificate_id))


def code_of_drawing(sha: str) -> str | None:
    """The code of the certificate whose drawn document has this hash."""
    wanted = select(Certificate.code).join(Drawing, Drawing.certificate_id == Certificate.id)
    return db.session.scalar(wanted.where(Drawing.sha == sha).limit(1))


def drawn_of_class(angkatan_id: int) -> tuple[int, int]:
    """How many certificates of a class stand, and how many of them are drawn."""
    mine = (Certificate.angkatan_id == angkatan_id) & (Certificate.status == VALID)
    found = db.session.execute(
        select(func.count(), func.count(Drawing.certificate_id))
        .select_from(Certificate)
        .outerjoin(Drawing, Drawing.certificate_id == Certificate.id)
        .where(mine)
    ).one()
    return found[0], found[1]


def undrawn_of_class(angkatan_id: int) -> list[int]:
    """The certificates of a class that stand and are not drawn yet."""
    mine = (Certificate.angkatan_id == angkatan_id) & (Certificate.status == VALID)
    wanted = select(Certificate.id).outerjoin(Drawing, Drawing.certificate_id == Certificate.id)
    return list(db.session.scalars(wanted.where(mine, Drawing.certificate_id.is_(None)).order_by(Certificate.id)))


def valid_of_class(angkatan_id: int) -> list[tuple[int, str, str]]:
    """Id, code and name of every certificate of a class that stands."""
    mine = (Certificate.angkatan_id == angkatan_id) & (Certificate.status == VALID)
    wanted = select(Certificate.id, Certificate.code, Certificate.name).where(mine).order_by(Certificate.id)
    return [(i, code, name) for i, code, name in db.session.execute(wanted)]
