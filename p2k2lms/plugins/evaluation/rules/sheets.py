"""Reads the two sheets of earlier years: alumni with their certificates, and answers given elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import InstrumentDef
from p2k2lms.plugins.evaluation.kinds import KINDS, Wrong
from p2k2lms.plugins.evaluation.rules.answers import Sheet
from p2k2lms.plugins.evaluation.values import LEFT_OUT, Given

PERSON = "id_pkh"
NUMBER = "nomor_sertifikat"
ALUMNI_COLUMNS = (PERSON, NUMBER, "mulai", "selesai", "jam")
CERTIFICATE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z ./-]{4,69}")
FIRST_CLASS, LONGEST_CLASS = date(2014, 1, 1), 366  # days
MANY = re.compile(r"[;,]\s*")


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell; row 1 is the head."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class AlumnusRow:
    """One alumnus: who, the number of the certificate, and the days of the class, both included."""

    row: int
    person: str
    certificate: str
    first: date
    last: date
    hours: float | None


@dataclass(frozen=True)
class AnswerRow:
    """One person who was asked; `sheet` is empty for who did not answer."""

    row: int
    person: str
    sheet: Sheet


def head_faults(head: Sequence[str], wanted: Sequence[str], allowed: Sequence[str] = ()) -> list[RowFault]:
    """Columns that are missing, unknown, or there twice."""
    found = [RowFault(1, name, _("kolom ini tidak ada")) for name in wanted if name not in head]
    strangers = [name for name in head if name and name not in (*wanted, *allowed)]
    found += [RowFault(1, name, _("kolom ini tidak dikenal")) for name in strangers]
    return found + [
        RowFault(1, name, _("kolom ini ada dua kali")) for name in set(head) if name and head.count(name) > 1
    ]


def alumni(rows: Sequence[Sequence[str]], today: date) -> tuple[list[AlumnusRow], list[RowFault]]:
    """The alumni of a sheet and the faults of its rows; a person that comes twice is a fault the second time.

    A number that stands beside two people is a fault of every row that has it: nobody here knows whose it is.
    """
    head = [name.strip().lower() for name in rows[0]] if rows else []
    if faults := head_faults(head, ALUMNI_COLUMNS):
        return [], faults
    found: list[AlumnusRow] = []
    seen: set[str] = set()
    holders: dict[str, set[str]] = {}
    for number, cells in enumerate(rows[1:], 2):
        said = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
        if not any(cells):
            continue
        row, wrong = _alumnus(number, said, today)
        person = said[PERSON].lower()
        holders.setdefault(said[NUMBER], set()).add(person)
        if person in seen and person:
            wrong.append(RowFault(number, PERSON, _("sudah ada di baris lain")))
        seen.add(person)
        faults += wrong
        found += [row] if row is not None and not wrong else []
    doubtful = [row for row in found if len(holders[row.certificate]) > 1]
    faults += [RowFault(row.row, NUMBER, _("nomor ini dipakai beberapa orang di berkas ini")) for row in doubtful]
    return [row for row in found if row not in doubtful], faults


def _alumnus(number: int, said: Mapping[str, str], today: date) -> tuple[AlumnusRow | None, list[RowFault]]:
    faults = [] if said[PERSON] else [RowFault(number, PERSON, _("belum diisi"))]
    if not CERTIFICATE.fullmatch(said[NUMBER]):
        faults.append(RowFault(number, NUMBER, _("bukan nomor sertifikat")))
    first, last = (_day(said[name]) for name in ("mulai", "selesai"))
    for name, day in (("mulai", first), ("selesai", last)):
        if day is None or day < FIRST_CLASS:
            faults.append(RowFault(number, name, _("tulis tanggal, misalnya 2019-08-14")))
    hours = _hours(said["jam"])
    if said["jam"] and hours is None:
        faults.append(RowFault(number, "jam", _("tulis jumlah jam pelajaran, misalnya 75")))
    if first and last and not 0 <= (last - first).days <= LONGEST_CLASS:
        faults.append(RowFault(number, "selesai", _("harus sesudah hari mulai, paling lama setahun")))
    if last and last > today:
        faults.append(RowFault(number, "selesai", _("kelas ini belum selesai")))
    if faults or first is None or last is None:
        return None, faults
    return AlumnusRow(number, said[PERSON], said[NUMBER], first, last, hours), []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _hours(text: str) -> float | None:
    return float(text.replace(",", ".")) if re.fullmatch(r"\d{1,3}([.,]\d)?", text) else None


def columns_of(instrument: InstrumentDef) -> list[str]:
    """The columns of the sheet of answers: one for each question, one for each row of a table of choices."""
    found = []
    for question in instrument.questions:
        rows = getattr(question, "rows", ())
        found += [f"{question.code}.{row.code}" for row in rows] or [question.code]
    return found


def answers(instrument: InstrumentDef, rows: Sequence[Sequence[str]]) -> tuple[list[AnswerRow], list[RowFault]]:
    """Everybody who was asked, with what was answered; an empty cell is an answer that was left out."""
    head = [name.strip() for name in rows[0]] if rows else []
    faults = head_faults(head, (PERSON,), columns_of(instrument))
    found: list[AnswerRow] = []
    seen: set[str] = set()
    for number, cells in enumerate(rows[1:] if not faults else (), 2):
        said = {name: cell for name, cell in zip(head, cells, strict=False) if cell}
        person = said.pop(PERSON, "")
        if not person and not said:
            continue
        if not person or person.lower() in seen:
            faults.append(RowFault(number, PERSON, _("sudah ada di baris lain") if person else _("belum diisi")))
        seen.add(person.lower())
        sheet, wrong = _sheet(instrument, said, number)
        faults += wrong
        found.append(AnswerRow(number, person, sheet))
    return found, faults


def _sheet(instrument: InstrumentDef, said: Mapping[str, str], row: int) -> tuple[Sheet, list[RowFault]]:
    sheet: Sheet = {}
    faults: list[RowFault] = []
    if not said:
        return sheet, faults
    for question in instrument.questions:
        kind = KINDS[question.kind]
        several = {name: MANY.split(text) if question.kind == "many" else text for name, text in said.items()}
        sheet[question.code] = [Given(missing=LEFT_OUT)]
        if not kind.is_empty(question, several):
            try:
                sheet[question.code] = kind.read(question, several)
            except Wrong as wrong:
                faults.append(RowFault(row, question.code, str(wrong)))
    return sheet, faults
