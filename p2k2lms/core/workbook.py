"""Rows as files: CSV piece by piece, XLSX through a file on disk; the only file that knows XlsxWriter."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

import xlsxwriter

Cell = str | int | float | None
BOM = "\ufeff"
LINES_AT_ONCE = 200
PIECE = 64 * 1024


FORMULA = frozenset("=+-@\t\r")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in FORMULA else text


def as_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV that spreadsheets open with the right letters, and without running anything."""
    page = io.StringIO()
    page.write(BOM)
    write = csv.writer(page).writerow
    for number, row in enumerate(rows):
        write([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
        if number % LINES_AT_ONCE == LINES_AT_ONCE - 1:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """An XLSX of one sheet, written row by row to the disk; text is written as text, so nothing in it is a formula."""
    return as_book({"": rows})


def as_book(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> Iterator[bytes]:
    """The same with several sheets by name; the first row of each is its head."""
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            bold = book.add_format({"bold": True})
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name or None)
                sheet.freeze_panes(1, 1)
                for number, row in enumerate(rows):
                    _write(sheet, number, row, None if number else bold)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[Cell], look: xlsxwriter.format.Format | None
) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float):
            sheet.write_number(number, column, cell, look)
        elif cell is not None:
            sheet.write_string(number, column, cell, look)
