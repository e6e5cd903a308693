"""Reads a table that somebody uploads, CSV or XLSX, into rows of text; the only file that knows python-calamine."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import python_calamine

from p2k2lms.core import archives
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 2_000
PIECE = 64 * 1024
ZIP = b"PK\x03\x04"
SEPARATORS = ";\t,"


def text(cell: Any) -> str:
    """A cell as people typed it: a whole number without a point, a day as 2026-11-21."""
    return " ".join(as_typed(cell).split())[:LONGEST_CELL]


def as_typed(cell: Any) -> str:
    """The same with its lines and however long."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    said = cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)
    return said.replace("\x00", "").strip()


def read(data: bytes, said: Callable[[Any], str] = text) -> list[list[str]]:
    """The rows of the first sheet, each cell as trimmed text; empty rows at the end are left out.

    The place in the list is the place in the file: row 1 is the first. Raises Invalid for what is no table.
    """
    if not data:
        raise Invalid(_("Berkas belum dipilih, atau kosong."), "file")
    if len(data) > MOST_BYTES:
        raise Invalid(_("Berkas paling besar %(n)s MB.", n=MOST_BYTES // 1024**2), "file")
    rows = _book(data) if data.startswith(ZIP) else _csv(data)
    found: list[list[str]] = []
    for row in rows:
        if len(found) >= MOST_ROWS:
            raise Invalid(_("Paling banyak %(n)s baris dalam satu berkas.", n=MOST_ROWS), "file")
        found.append([said(cell) for cell in row[:MOST_COLUMNS]])
    while found and not any(found[-1]):
        found.pop()
    return found


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    try:
        whole = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        whole = data.decode("cp1252", "replace")
    if not whole.strip() or "\x00" in whole:
        raise Invalid(_("Berkas ini bukan tabel. Simpan sebagai XLSX atau CSV."), "file")
    first = whole.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(whole, newline=""), delimiter=separator)
    except csv.Error as problem:
        raise Invalid(_("Berkas CSV ini tidak dapat dibaca sampai akhir."), "file") from problem


def _book(data: bytes) -> Sequence[Sequence[Any]]:
    _must_unpack_small(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    except BaseException as problem:  # the library may also give up with a panic of its own, which is no Exception
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Invalid(_("Berkas XLSX ini tidak dapat dibaca. Simpan sekali lagi, lalu unggah."), "file") from problem
    return rows


def _must_unpack_small(data: bytes) -> None:
    """Refuse an archive that grows beyond all measure, whatever it says of itself."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as file:
                    while piece := file.read(PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise Invalid(_("Isi berkas ini terlalu besar."), "file")
    except archives.BROKEN as problem:
        raise Invalid(_("Berkas XLSX ini tidak dapat dibaca. Simpan sekali lagi, lalu unggah."), "file") from problem
