"""Plain things of a certificate: what is printed on it, what its owner, an officer and the public see."""

from dataclasses import dataclass
from datetime import date

STTPP = "STTPP"
LETTER = "Surat Keterangan Bimbingan"
VALID = "berlaku"
REVOKED = "dicabut"
LONGEST_NUMBER = 120


@dataclass(frozen=True)
class Subject:
    """One line of the back page."""

    title: str
    jp: int


@dataclass(frozen=True)
class Signer:
    """Who signs for the issuer, and where."""

    place: str = ""
    title: str = ""
    name: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that is printed: copied when it was issued, never read from anywhere else afterwards."""

    code: str
    number: str
    ministry: str
    issuer: str
    legal_basis: str
    name: str
    birth: str
    rank: str
    post: str
    agency: str
    course: str
    angkatan: str
    held: str
    jp: int
    issued: str
    signer: Signer
    subjects: tuple[Subject, ...]
    marks: tuple[tuple[str, str], ...]
    replaces: str = ""
    kind: str = STTPP


@dataclass(frozen=True)
class CertificateCard:
    """A certificate as its owner and the officers of its class see it."""

    id: int
    code: str
    number: str
    kind: str
    person_id: int
    angkatan_id: int | None
    issuer_path: str
    name: str
    course: str
    angkatan: str
    issued_on: date
    status: str
    reason: str
    revoked_on: date | None
    replaced: bool


@dataclass(frozen=True)
class PublicFacts:
    """All that a stranger with the code may learn; of a revoked one only that, and since when."""

    status: str
    kind: str
    name: str
    course: str
    held: str
    issued_on: date
    revoked_on: date | None
