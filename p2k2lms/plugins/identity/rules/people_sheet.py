"""People in an office file: which column is which, what a row says, and whom its numbers mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.values import ROLES, PersonData, RowFault

HEADS: dict[str, tuple[str, ...]] = {
    "name": ("nama", "nama lengkap", "name"),
    "pkh_id": ("id pkh", "nomor sdm pkh", "no sdm pkh", "id sdm pkh", "id sdm", "pkh id"),
    "phone": ("nomor hp", "no hp", "no. hp", "hp", "nomor telepon", "telepon", "phone"),
    "email": ("e-mail", "email", "surel"),
    "role": ("peran", "jabatan", "role"),
    "unit_code": ("kode wilayah", "kode kemendagri", "kode", "unit code"),
    "valid_from": ("mulai penugasan", "mulai tanggal", "tmt", "sejak", "since"),
    "supervisor": (
        "supervisor",
        "id pkh supervisor",
        "nomor sdm pkh supervisor",
        "nomor hp supervisor",
        "id supervisor",
    ),
    "name_on_certificate": ("nama pada sertifikat", "nama sertifikat", "name on certificate"),
    "birth_place": ("tempat lahir", "birth place"),
    "birth_date": ("tanggal lahir", "tgl lahir", "birth date"),
    "sex": ("jenis kelamin", "l/p", "sex"),
    "education": ("pendidikan", "pendidikan terakhir", "education"),
    "nip": ("nip",),
    "rank": ("pangkat", "pangkat dan golongan", "golongan", "rank"),
    "started_on": ("mulai bertugas", "mulai bertugas di pkh", "started on"),
}
OURS = ("hasil", "alasan", "result", "reason")  # what the sheet had when it was given back
WORDS = ("pkh_id", "phone", "email")
DAYS = ("birth_date", "started_on", "valid_from")
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
SEXES = {"l": "L", "laki-laki": "L", "laki laki": "L", "pria": "L", "p": "P", "perempuan": "P", "wanita": "P"}
ROLE_WORDS = {"pendamping sosial": "pendamping", "pendamping pkh": "pendamping", "dinas sosial": "dinsos"}
MOST_LINES = 10_000


@dataclass(frozen=True)
class Line:
    """A row of the file as it was understood; `given` names the columns that say something."""

    row: int
    data: PersonData
    role: str
    unit_code: str
    valid_from: date | None
    supervisor: str
    given: frozenset[str]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True)
class Known:
    """Somebody who has an account already, by the words that one signs in with."""

    id: int
    pkh_id: str | None
    phone: str | None
    email: str | None


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, whatever its letters; the first of two that mean the same."""
    found: dict[str, int] = {}
    for place, text in enumerate(head):
        name = next((column for column, names in HEADS.items() if _small(text) in names), None)
        if name:
            found.setdefault(name, place)
    return found


def strange(head: Sequence[str]) -> list[str]:
    """The titles of columns that are not read."""
    read = set(columns_of(head).values())
    return [text for place, text in enumerate(head) if text and place not in read and _small(text) not in OURS]


def lines_of(table: Sequence[Sequence[str]], columns: Mapping[str, int]) -> list[Line]:
    """The rows below the head that are not empty."""
    return [_line(number, row, columns) for number, row in enumerate(table[1:], 2) if any(row)]


def _line(number: int, row: Sequence[str], columns: Mapping[str, int]) -> Line:
    said = {name: _said(row[place]) if place < len(row) else "" for name, place in columns.items()}
    days = {name: day_of(said.get(name, "")) for name in DAYS}
    unread = [name for name in DAYS if said.get(name) and days[name] is None]
    sex, role = _small(said.get("sex", "")), _small(said.get("role", ""))
    texts = {name: said.get(name, "") for name in PersonData.__dataclass_fields__ if name not in DAYS}
    texts["sex"] = SEXES.get(sex, sex)
    return Line(
        row=number,
        data=PersonData(**texts, birth_date=days["birth_date"], started_on=days["started_on"]),
        role=role if role in ROLES else ROLE_WORDS.get(role, role),
        unit_code=said.get("unit_code", "").upper(),
        valid_from=days["valid_from"],
        supervisor=said.get("supervisor", ""),
        given=frozenset(name for name, text in said.items() if text),
        faults=tuple(RowFault(number, name, _("Tulis tanggal seperti 2026-11-21 atau 21/11/2026.")) for name in unread),
    )


def day_of(text: str) -> date | None:
    """A day as people write it in a sheet; None for what is none."""
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date() if text else None  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    return None


def word_of(text: str) -> tuple[str, str]:
    """The column and the kept form of a number that somebody is named by."""
    if number := rules.phone(text):
        return "phone", number
    return ("pkh_id", word) if (word := rules.pkh_id(text)) else ("email", rules.email(text) or "")


def _said(cell: str) -> str:
    """A cell without the sign that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _small(text: str) -> str:
    return " ".join(text.lower().replace("*", "").split())


def doubles(words: Iterable[tuple[int, str, str | None]]) -> list[RowFault]:
    """Rows whose number (row, column, number as it is kept) an earlier row has already."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for row, column, word in words:
        if word and first.setdefault((column, word), row) != row:
            found.append(RowFault(row, column, _("Sama dengan baris %(row)s.", row=first[column, word])))
    return found


def whom(words: Mapping[str, str | None], known: Mapping[tuple[str, str], Known]) -> tuple[Known | None, str]:
    """The person whom a row means, and the column that speaks of somebody else, "" for none.

    The PKH id decides. A phone number or e-mail alone finds a person too, but never one who has another
    PKH id than the row: numbers are handed on, and nobody becomes somebody else by a sheet.
    """
    hits = {column: known[column, word] for column in WORDS if (word := words[column]) and (column, word) in known}
    if not hits:
        return None, ""
    first = next(iter(hits.values()))
    other = next((column for column, person in hits.items() if person.id != first.id), "")
    if not other and "pkh_id" not in hits and words["pkh_id"] and first.pkh_id:
        other = next(iter(hits))
    return (None, other) if other else (first, "")
