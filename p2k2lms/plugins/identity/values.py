"""Plain things that identity hands out: a person, a unit, the words for roles and levels, the demo accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from p2k2lms.core.i18n import lazy

ROLES: dict[str, Any] = {
    "pendamping": lazy("Pendamping"),
    "supervisor": lazy("Supervisor"),
    "koordinator": lazy("Koordinator"),
    "dinsos": lazy("Dinas Sosial"),
    "widyaiswara": lazy("Widyaiswara"),
    "panitia": lazy("Panitia"),
    "evaluator": lazy("Evaluator"),
    "admin": lazy("Admin"),
}
LEVELS: dict[str, Any] = {
    "nasional": lazy("Nasional"),
    "regional": lazy("Regional"),
    "provinsi": lazy("Provinsi"),
    "kabupaten": lazy("Kabupaten/kota"),
    "kecamatan": lazy("Kecamatan"),
    "desa": lazy("Desa/kelurahan"),
}
CLOSE = ("kabupaten", "kecamatan", "desa")
"""The levels of a unit whose page may name its people and count its groups while somebody waits."""
ZONES: dict[str, str] = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}

RESET_NEWS = "kabar_reset"  # where the session keeps that somebody reset the password

DEMO_PASSWORD = "demo-p2k2"  # noqa: S105 - everybody may know it; a real database refuses it
DEMO_ACCOUNTS: dict[str, Any] = {
    "pendamping": lazy("Pendamping"),
    "supervisor": lazy("Supervisor"),
    "widyaiswara": lazy("Widyaiswara"),
    "panitia": lazy("Panitia"),
    "koordinator": lazy("Koordinator"),
    "dinsos": lazy("Dinas Sosial"),
    "evaluator": lazy("Evaluator"),
    "kementerian": lazy("Kementerian"),
    "admin": lazy("Admin"),
}
SHEET_COLUMNS: dict[str, Any] = {
    "name": lazy("Nama"),
    "pkh_id": lazy("Nomor SDM PKH"),
    "phone": lazy("Nomor HP"),
    "email": lazy("E-mail"),
    "role": lazy("Peran"),
    "unit_code": lazy("Kode wilayah"),
    "valid_from": lazy("Mulai penugasan"),
    "supervisor": lazy("Supervisor"),
    "name_on_certificate": lazy("Nama pada sertifikat"),
    "birth_place": lazy("Tempat lahir"),
    "birth_date": lazy("Tanggal lahir"),
    "sex": lazy("Jenis kelamin"),
    "education": lazy("Pendidikan terakhir"),
    "nip": lazy("NIP"),
    "rank": lazy("Pangkat dan golongan"),
    "started_on": lazy("Mulai bertugas"),
}


@dataclass(frozen=True)
class PersonCard:
    """A person as other plugins and pages see one."""

    id: int
    name: str
    name_on_certificate: str
    pkh_id: str | None
    phone: str | None
    email: str | None
    birth_place: str
    birth_date: date | None
    nip: str
    rank: str
    status: str
    has_password: bool = True


@dataclass(frozen=True)
class FrameCard:
    """What the weights of a survey need to know of a person, and nothing that names one."""

    sex: str
    born: date | None
    education: str
    started: date | None


@dataclass(frozen=True)
class UnitCard:
    """A unit of the tree; `path` ends with a slash, `lineage` is its id and its ancestors', nearest first."""

    id: int
    name: str
    level: str
    path: str
    kemendagri_code: str
    bps_code: str | None
    zone: str
    parent_id: int | None
    lineage: tuple[int, ...]


class UnitLine(NamedTuple):
    """A unit where hundreds of them are told at once: what a list or a map needs of it, and nothing to be read out."""

    id: int
    name: str
    level: str
    path: str
    kemendagri_code: str
    parent_id: int | None


@dataclass(frozen=True)
class PostingCard:
    """A role held in a unit for a period; `valid_to` is the first day without it."""

    id: int
    person_id: int
    role: str
    unit: UnitCard
    valid_from: date
    valid_to: date | None
    end_reason: str

    def holds_on(self, day: date) -> bool:
        """True if the role is held on this day."""
        return self.valid_from <= day and self.lasts_to(day)

    def lasts_to(self, day: date) -> bool:
        """True if the role is held on this day or later."""
        return self.valid_to is None or day < self.valid_to


@dataclass(frozen=True)
class SupervisionCard:
    """Who supervised a pendamping, and from when to when."""

    id: int
    supervisor_id: int
    supervisor_name: str
    pendamping_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class SessionCard:
    """A device on which the account is open."""

    id: int
    device_label: str
    created_at: datetime
    last_seen: datetime
    shared: bool = False
    here: bool = False


@dataclass(frozen=True)
class CareLine:
    """Somebody in one's care: `close` are those who are supervised or led, not only taught."""

    id: int
    name: str
    home: str
    close: bool


@dataclass(frozen=True)
class PersonLine:
    """One line of the list of people."""

    id: int
    name: str
    pkh_id: str | None
    status: str
    home: str


@dataclass(frozen=True)
class PeoplePage:
    """A page of people, and behind whom the next one begins; None on the last."""

    lines: tuple[PersonLine, ...]
    after: tuple[str, int] | None


@dataclass(frozen=True)
class PersonData:
    """What an officer writes about a person; empty text means not known."""

    name: str
    name_on_certificate: str = ""
    phone: str = ""
    email: str = ""
    pkh_id: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    education: str = ""
    nip: str = ""
    rank: str = ""
    started_on: date | None = None


@dataclass(frozen=True)
class PostingData:
    """A posting to make: the role, the code of its unit, its first day."""

    role: str
    unit_code: str
    valid_from: date


@dataclass(frozen=True)
class UnitData:
    """A unit to make; parent, BPS code and zone may be left to the code and the unit above."""

    kemendagri_code: str
    name: str
    parent_code: str = ""
    bps_code: str = ""
    zone: str = ""


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell of an imported file."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do: rows by outcome, and every fault."""

    created: int
    changed: int
    same: int
    faults: tuple[RowFault, ...]


@dataclass(frozen=True)
class PersonSheet:
    """All that an officer sees about a person on one page."""

    person: PersonCard
    postings: tuple[PostingCard, ...]
    supervisions: tuple[SupervisionCard, ...]
    supervisors: tuple[PersonCard, ...]
    may_change: bool
    is_pendamping: bool
