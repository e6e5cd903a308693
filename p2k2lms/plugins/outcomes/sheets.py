"""Tables in CSV files: read whole, checked cell by cell, every fault with its file, row and column."""

import csv
import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

from p2k2lms.core.errors import DomainError
from p2k2lms.core.i18n import _
from p2k2lms.stats.arithmetic import Floats, Ints, Labels

MOST_FAULTS = 20
EPOCH = date(1970, 1, 1).toordinal()
Value = TypeVar("Value")


class FileFault(DomainError):
    """Something in a file must be mended first; the message names the file and, where it can, row and column."""


class Sheet:
    """A table with a heading. Rows are counted as a spreadsheet shows them: the heading is row 1."""

    def __init__(self, name: str, heading: list[str], rows: list[tuple[int, list[str]]], comma: bool) -> None:
        self.name, self.heading, self.rows, self.comma = name, heading, rows, comma

    def __len__(self) -> int:
        return len(self.rows)

    def fault(self, row: int, column: str, message: str) -> str:
        """One line about a cell; `row` counts from 0 over the data."""
        place = _("%(file)s, baris %(row)s, kolom %(column)s", file=self.name, row=self.rows[row][0], column=column)
        return f"{place}: {message}"

    def heading_place(self, column: str) -> str:
        """Where a column is named."""
        return _("%(file)s, baris 1, kolom %(column)s", file=self.name, column=column)

    def column_fault(self, column: str, message: str) -> FileFault:
        """What is wrong with a column as a whole."""
        place = _("%(file)s, kolom %(column)s", file=self.name, column=column)
        return FileFault(f"{place}: {message}")

    def refuse(self, faults: list[str]) -> None:
        """Stop here if there are faults; the first twenty are named."""
        if faults:
            more = [_("... dan %(count)s kesalahan lain", count=len(faults) - MOST_FAULTS)]
            raise FileFault("\n".join(faults[:MOST_FAULTS] + (more if len(faults) > MOST_FAULTS else [])))

    def cells(self, column: str) -> list[str]:
        """The texts of a column."""
        if column not in self.heading:
            message = _("kolom ini tidak ada. Kolom yang ada: %(known)s", known=", ".join(self.heading))
            raise FileFault(f"{self.heading_place(column)}: {message}")
        place = self.heading.index(column)
        return [cells[place].strip() for _row, cells in self.rows]

    def _read(self, column: str, read: Callable[[str], Value], blank: Value | None) -> list[Value]:
        """Every cell through `read`, which says by ValueError what is wrong; blank cells only where they may be."""
        found: list[Value] = []
        faults = []
        for row, text in enumerate(self.cells(column)):
            try:
                found.append(_filled(text, read, blank))
            except ValueError as wrong:
                faults.append(self.fault(row, column, str(wrong)))
        self.refuse(faults)
        return found

    def texts(self, column: str) -> Labels:
        """Names; none may be blank."""
        return np.array(self._read(column, str, None), dtype=np.str_)

    def once(self, column: str) -> Labels:
        """Names that may stand in one row only."""
        names = self.texts(column)
        first: dict[str, int] = {}
        faults = []
        for row, name in enumerate(names):
            if name in first:
                seen = self.rows[first[name]][0]
                faults.append(self.fault(row, column, _("%(name)s sudah ada di baris %(row)s", name=name, row=seen)))
            first.setdefault(str(name), row)
        self.refuse(faults)
        return names

    def numbers(
        self, column: str, low: float = -math.inf, high: float = math.inf, blank: float | None = None
    ) -> Floats:
        """Numbers from `low` to `high`; a blank cell is `blank`, or a fault."""
        return np.array(self._read(column, lambda text: _number(text, low, high, self.comma), blank), dtype=np.float64)

    def wholes(self, column: str, low: int = 0, blank: int | None = None) -> Ints:
        """Whole numbers from `low` on."""
        return np.array(self._read(column, lambda text: _whole(text, low, self.comma), blank), dtype=np.int64)

    def flags(self, column: str) -> Floats:
        """0 or 1."""
        return np.array(self._read(column, _flag, None), dtype=np.float64)

    def days(self, column: str, blank: int | None = None) -> Ints:
        """Dates (2026-11-21) as days since 1970-01-01."""
        return np.array(self._read(column, _day, blank), dtype=np.int64)

    def among(self, column: str, known: Labels, where: str) -> Labels:
        """Names, each of which must be known from another file."""
        names = self.texts(column)
        there = set(known.tolist())
        unknown = [row for row, name in enumerate(names.tolist()) if name not in there]
        self.refuse(
            [self.fault(r, column, _("%(name)s tidak ada di %(file)s", name=names[r], file=where)) for r in unknown]
        )
        return names


def _filled(text: str, read: Callable[[str], Value], blank: Value | None) -> Value:
    if text:
        return read(text)
    if blank is None:
        raise ValueError(_("kosong"))
    return blank


def _number(text: str, low: float, high: float, comma: bool) -> float:
    try:
        value = float(text.replace(",", ".") if comma else text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:
        raise ValueError(_("bukan angka: %(value)s", value=text))
    if not low <= value <= high:
        raise ValueError(_("%(value)s di luar batas", value=text) + f" ({_limits(low, high)})")
    return value


def _limits(low: float, high: float) -> str:
    if math.isinf(high):
        return _("paling kecil %(low)s", low=f"{low:g}")
    return _("%(low)s sampai %(high)s", low=f"{low:g}", high=f"{high:g}")


def _whole(text: str, low: int, comma: bool) -> int:
    value = _number(text, low, math.inf, comma)
    if value != int(value):
        raise ValueError(_("bukan bilangan bulat: %(value)s", value=text))
    return int(value)


def _flag(text: str) -> float:
    if text not in ("0", "1"):
        raise ValueError(_("harus 0 atau 1, bukan %(value)s", value=text))
    return float(text)


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - EPOCH
    except ValueError:
        raise ValueError(_("bukan tanggal (contoh 2026-11-21): %(value)s", value=text)) from None


def read(path: Path) -> Sheet:
    """A CSV file in UTF-8 with a heading; commas, or semicolons with decimal commas, as a spreadsheet saves it."""
    lines = _text(path).splitlines(keepends=True)
    mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    try:
        records = list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error:
        raise FileFault(_("%(file)s: bukan tabel CSV; ada tanda kutip yang tidak ditutup.", file=path.name)) from None
    rows = [(number, cells) for number, cells in enumerate(records, start=1) if any(cell.strip() for cell in cells)]
    if len(rows) < 2:
        raise FileFault(_("%(file)s, baris 2: kosong, tidak ada data di bawah judul.", file=path.name))
    sheet = Sheet(path.name, [cell.strip() for cell in rows[0][1]], rows[1:], mark == ";")
    sheet.refuse(_heading_faults(sheet) + _ragged(sheet))
    return sheet


def _heading_faults(sheet: Sheet) -> list[str]:
    seen = sheet.heading
    twice = sorted({column for column in seen if seen.count(column) > 1})
    said = _("judul ini ada dua kali")
    return [f"{sheet.heading_place(c)}: {said}" for c in twice]


def _ragged(sheet: Sheet) -> list[str]:
    wanted = len(sheet.heading)
    faults = []
    for row, (_line, cells) in enumerate(sheet.rows):
        if len(cells) != wanted:
            at = sheet.heading[len(cells)] if len(cells) < wanted else str(wanted + 1)
            said = _("baris ini berisi %(count)s isian, judulnya %(wanted)s", count=len(cells), wanted=wanted)
            faults.append(sheet.fault(row, at, said))
    return faults


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise FileFault(_("%(file)s: berkas ini tidak ada atau tidak bisa dibuka.", file=path)) from None
    if not raw.strip():
        raise FileFault(_("%(file)s, baris 1: berkas ini kosong.", file=path.name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start]
        row, start = before.count(b"\n") + 1, before.rfind(b"\n") + 1
        column = before[start:].count(b",") + before[start:].count(b";") + 1
        said = _("huruf tidak terbaca. Simpan berkas sebagai CSV UTF-8, lalu ulangi.")
        place = _("%(file)s, baris %(row)s, kolom %(column)s", file=path.name, row=row, column=column)
        raise FileFault(f"{place}: {said}") from None
