"""Question files of other programs: told apart by what is in them, read into one neutral form, and written from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core import foreign_xml, sheets, workbook
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import (
    aiken,
    gift_read,
    gift_write,
    moodle_read,
    moodle_write,
    package,
    plain,
    qti1,
    qti2_read,
    qti2_write,
    table,
    word,
)
from p2k2lms.plugins.assessment.formats.basket import Found, Remark
from p2k2lms.plugins.assessment.formats.question import Question

MOST_BYTES = 20 * 1024 * 1024
LONGEST_CELL = 8_000
ZIP = b"PK"
DOCX = b"word/document.xml"
SHEET = "xl/workbook.xml"
XML: Mapping[str, Callable[[foreign_xml.Tree], Found]] = {
    moodle_read.ROOT: moodle_read.read,
    qti1.ROOT: qti1.read,
    qti2_read.ROOT: qti2_read.read,
}


def read(data: bytes) -> Found:
    """The questions of a file, whatever its name; Invalid for a file that is none of ours or should not be opened."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("Berkas paling besar %(n)s MB.", n=MOST_BYTES // 1024**2), "file")
    if not data.strip():
        raise Invalid(_("Berkas ini kosong."), "file")
    found = _found(data)
    if not found.questions and not found.remarks:
        raise Invalid(_("Tidak ada soal dalam berkas ini."), "file")
    return found


def _of_another_kind(data: bytes) -> str:
    """What to do with a file that people often have, and that holds no questions to read; "" for any other."""
    if data.startswith(b"%PDF"):
        return _("Ini PDF. Salin teksnya, lalu tempel di bawah.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _("Ini berkas Word atau Excel lama. Simpan sebagai XLSX, atau salin teksnya lalu tempel di bawah.")
    if data.startswith(ZIP) and DOCX in data:
        return _("Ini dokumen Word. Salin isinya, lalu tempel di bawah.")
    return ""


def _found(data: bytes) -> Found:
    if said := _of_another_kind(data):
        raise Invalid(said, "file")
    if data.startswith(ZIP):
        return _zip(data)
    text = plain.letters(data)
    return _xml(data) if text.lstrip("\ufeff \t\r\n").startswith("<") else read_text(text)


def read_text(text: str) -> Found:
    """Questions as text: a table, GIFT, Aiken, or what somebody pasted."""
    rows = _table(text)
    if rows is not None:
        return table.read(rows)
    return _reader_of(text)(text)


def _reader_of(text: str) -> Callable[[str], Found]:
    if aiken.looks_like(text):
        return aiken.read
    return gift_read.read if gift_read.looks_like(text) else word.read


def _table(text: str) -> list[list[str]] | None:
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    if "soal" not in head.lower() or "kunci" not in head.lower():
        return None
    rows = sheets.read(text.encode(), _cell)
    return rows if table.looks_like(rows) else None


def _cell(cell: object) -> str:
    """A cell with its lines; a text that was guarded against being a formula, as it was."""
    said = sheets.as_typed(cell)
    if len(said) > LONGEST_CELL:
        raise Invalid(_("Satu sel berisi lebih dari %(n)s huruf.", n=LONGEST_CELL), "file")
    return said[1:] if said[:1] == "'" and said[1:2] in ("=", "+", "-", "@") else said


def _zip(data: bytes) -> Found:
    if SHEET.encode() not in data:
        return package.read(data)
    rows = sheets.read(data, _cell)
    if not table.looks_like(rows):
        raise Invalid(_("Baris pertama harus memuat kolom soal dan kunci. Pakai lembar contoh."), "file")
    return table.read(rows)


def _xml(data: bytes) -> Found:
    tree = foreign_xml.read(data)
    if tree.root.tag not in XML:
        raise Invalid(_("Jenis XML %(tag)s tidak dikenal.", tag=tree.root.tag[:40]), "file")
    return XML[tree.root.tag](tree)


@dataclass(frozen=True)
class Writer:
    """A format to write: its name and ending and type, what it makes of questions, and what it cannot say."""

    name: str
    ending: str
    mimetype: str
    write: Callable[[Sequence[Question]], bytes]
    loses: Callable[[Question], bool]


def _gift_loses(question: Question) -> bool:
    return question.points != 1 or question.exact_case or _pair_reasons(question)


def _pair_reasons(question: Question) -> bool:
    return any(pair.why for pair in question.pairs)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS: Mapping[str, Writer] = {
    "gift": Writer("GIFT", "gift.txt", "text/plain", lambda found: gift_write.write(found).encode(), _gift_loses),
    "moodle": Writer("Moodle XML", "moodle.xml", "application/xml", moodle_write.write, _pair_reasons),
    "qti": Writer("QTI 2.2", "qti22.zip", "application/zip", qti2_write.write, qti2_write.loses),
    "xlsx": Writer("XLSX", "xlsx", XLSX, lambda found: b"".join(workbook.as_xlsx(table.rows(found))), table.loses),
}

__all__ = ["MOST_BYTES", "WRITERS", "Found", "Question", "Remark", "Writer", "read", "read_text"]
