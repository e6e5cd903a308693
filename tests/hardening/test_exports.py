"""Every file for a spreadsheet, made of data that begin like formulas: no program takes any of it for one."""

import csv
import io
import re
import zipfile

import pytest
from sqlalchemy import String, Text

from p2k2lms.core import clock
from p2k2lms.core.db import db
from tests.access import table
from tests.access.world import NOON

WORDS = {"name", "title", "note", "text", "reason", "place", "name_on_certificate", "letter_number", "topic", "comment"}
BEGINS = "=1+1;"
FORMULA = re.compile(r"[=+@\t\r-](?![\d.,]*$)")  # a number may be less than nothing
EXPORT = re.compile(r"\.(csv|xlsx)$")
MORE = {"/dampak/wilayah/<code>/laporan.<form>": ("csv", "xlsx")}


def spoil() -> int:
    """Put the beginning of a formula before every word of people in the database; how many columns."""
    spoiled = 0
    with db.engine.begin() as connection:
        for one in db.metadata.sorted_tables:
            for column in one.columns:
                fits = isinstance(column.type, Text) or (
                    isinstance(column.type, String) and (column.type.length or 0) >= 40
                )
                if column.name in WORDS and fits and not one.name.startswith(("core_", "catalogue_")):
                    connection.exec_driver_sql(f"UPDATE {one.name} SET {column.name} = '{BEGINS}' || {column.name}")
                    spoiled += 1
    return spoiled


def cells(kind: str, data: bytes) -> list[str]:
    """All that a spreadsheet reads from a file; a formula of an XLSX as it stands there."""
    if kind == "csv":
        return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    return [f"={found}" for sheet in sheets for found in re.findall(r"<f[ >].*?</f>", sheet)] + re.findall(
        r"<t[^>]*>([^<]*)", "".join(sheets)
    )


@pytest.mark.slow(reason="writes every spreadsheet of the platform")
def test_no_export_holds_a_formula_whatever_names_and_notes_are(world):
    faults, seen, touched = [], [], 0
    rows = {row.rule: row for row in table.rows() if row.method == "GET"}
    with clock.stopped(NOON), world.as_it_was():
        assert spoil() > 20
        for method, plain, rule in table.routes(world.app):
            if method != "GET" or not (EXPORT.search(plain) or plain in MORE):
                continue
            role = next(who for (who, place), status in rows[plain].cells.items() if place == "own" and status == 200)
            where = table.address(world, plain, rule)
            for kind in MORE.get(plain, (plain.rpartition(".")[2],)):
                answer = world.client(role, "own").get(re.sub(r"laporan\.\w+$", f"laporan.{kind}", where))
                assert answer.status_code == 200, (plain, answer.status_code)
                found = cells(kind, answer.data)
                bad = [c for c in found if (c.startswith("=<f") if kind == "xlsx" else FORMULA.match(c))]
                seen.append(plain)
                touched += any(BEGINS in cell for cell in found)
                faults += [(plain, bad[:3])] * bool(bad)
    assert faults == []
    assert len(seen) >= 14
    assert touched >= 5
