"""Tables of certificates: what was issued, the drawn documents, and the last number of each issuer and year."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.plugins.certificates.values import LONGEST_NUMBER, STTPP, VALID

STANDS = text("status = 'berlaku'")


class Certificate(Model):
    """A certificate as it was issued; names and titles are copies, `printed` is all else that stands on it.

    It comes from a completed class or, as a letter, from a path that was found equal. Each has one that stands;
    one number is given once by an issuer in a year.
    """

    __tablename__ = "certificates_certificate"
    __table_args__ = (
        UniqueConstraint("issuer_unit_id", "year", "number"),
        UniqueConstraint("issuer_unit_id", "year", "seq"),
        CheckConstraint("status IN ('berlaku', 'dicabut')", name="status"),
        CheckConstraint("(status = 'dicabut') = (revoked_on IS NOT NULL)", name="revoked"),
        CheckConstraint("seq > 0", name="seq"),
        CheckConstraint("(completion_id IS NULL) <> (equivalence_id IS NULL)", name="from"),
        Index(
            "ux_certificates_certificate_letter_stands",
            "equivalence_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(
            "ux_certificates_certificate_stands",
            "completion_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(String(40), default=STTPP)
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    issuer_path: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    seq: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    completion_id: Mapped[int | None] = mapped_column(ForeignKey("progress_completion.id"))
    equivalence_id: Mapped[int | None] = mapped_column(ForeignKey("progress_equivalence.id"))
    angkatan_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_angkatan.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    course_title: Mapped[str] = mapped_column(String(200))
    angkatan_name: Mapped[str] = mapped_column(String(120))
    held: Mapped[str] = mapped_column(String(200))
    printed: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    status: Mapped[str] = mapped_column(String(10), default=VALID)
    reason: Mapped[str] = mapped_column(String(500), default="")
    revoked_on: Mapped[date | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificates_certificate.id"), unique=True)


class Drawing(Model):
    """The document of a certificate, drawn once; its bytes never change, so its hash holds."""

    __tablename__ = "certificates_drawing"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates_certificate.id"), primary_key=True)
    sha: Mapped[str] = mapped_column(String(64), index=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    drawn_at: Mapped[datetime] = mapped_column(default=clock.now)


class Counter(Model):
    """The last sequence number that an issuer gave in a year; raised in the transaction that uses it."""

    __tablename__ = "certificates_counter"

    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
