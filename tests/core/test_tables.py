"""Tables from and to the spreadsheets of an office: what is read, what is refused, what no program runs."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core import sheets, workbook
from p2k2lms.core.errors import Invalid

ROWS = [["Nama", "HP"], ["Siti Aminah", "081200000001"], ["Norhayati", "081200000002"]]


def a_book(*rows, **wishes) -> bytes:
    """The bytes of an XLSX with these rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **wishes}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_whatever_a_spreadsheet_made_of_it(app, separator, code):
    data = "\r\n".join(separator.join(row) for row in ROWS).encode(code)
    assert sheets.read(data) == ROWS


def test_an_xlsx_is_read_with_numbers_as_people_typed_them(app):
    assert sheets.read(a_book(*ROWS, ["", ""], ["  dua   kata ", 81200000003.0], ["", 2.5])) == [
        *ROWS,
        ["", ""],
        ["dua kata", "81200000003"],
        ["", "2.5"],
    ]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(sheets.MOST_UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 no archive",
        a_book(*ROWS)[:-200],
        b"x" * (sheets.MOST_BYTES + 1),
        bomb(),
        b"a,b\n" * (sheets.MOST_ROWS + 1),
        b'a,"' + b"x" * 200_000,
    ],
    ids=["empty", "binary", "no archive", "cut off", "too big", "bomb", "too long", "a quote that never ends"],
)
def test_what_is_no_table_is_refused_in_words(app, data):
    with pytest.raises(Invalid) as refusal:
        sheets.read(data)
    assert refusal.value.field == "file"


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_bring_the_reader_down(data, as_archive):
    try:
        found = sheets.read((sheets.ZIP if as_archive else b"") + data)
    except Invalid:
        return
    assert all(isinstance(cell, str) for row in found for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@cmd", "\tx", "\rx"])
def test_a_spreadsheet_never_takes_a_name_for_a_formula(text):
    assert workbook.safe_cell(text) == "'" + text
    assert workbook.safe_cell("Siti = 1") == "Siti = 1"


def test_what_is_written_is_read_again_sheet_by_sheet(app):
    made = b"".join(workbook.as_book({"Hadir": [("Nama", "Menit"), ("=Siti", 45)], "Nilai": [("Nama", "Nilai")]}))
    assert sheets.read(made) == [["Nama", "Menit"], ["=Siti", "45"]]
