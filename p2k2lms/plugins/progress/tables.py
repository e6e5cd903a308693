"""The same rows as files: CSV piece by piece, XLSX through a file on disk; the only file that knows XlsxWriter."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from p2k2lms.plugins.progress import rules

Cell = str | int | None
BOM = "\ufeff"
LINES_AT_ONCE = 200
PIECE = 64 * 1024


def as_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV that spreadsheets open with the right letters, and without running anything."""
    page = io.StringIO()
    page.write(BOM)
    write = csv.writer(page).writerow
    for number, row in enumerate(rows):
        write([rules.safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
        if number % LINES_AT_ONCE == LINES_AT_ONCE - 1:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """An XLSX, written row by row to the disk; text is written as text, so nothing in it is a formula."""
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 1)
            bold = book.add_format({"bold": True})
            for number, row in enumerate(rows):
                _write(sheet, number, row, None if number else bold)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[Cell], look: xlsxwriter.format.Format | None
) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell, look)
        elif cell is not None:
            sheet.write_string(number, column, cell, look)
