"""Units from a file: what is kept, what is said of each row, and that a second time changes nothing."""

import pytest

from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.identity import service
from tests.factories.identity import the_units

FILE = """kemendagri_code,name,parent_code,bps_code,zone
61,Kalimantan Barat,R2,61,Asia/Pontianak
R2,Regional II (BBPPKS Bandung),,,Asia/Jakarta
"""
GOOD = """kemendagri_code,name,parent_code,bps_code,zone
R2,Regional II (BBPPKS Bandung),ID,,Asia/Jakarta
61,Kalimantan Barat,R2,61,Asia/Pontianak
61.01,Kabupaten Sambas,,6101,
"""


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(both):
    the_units()
    report = service.import_units(GOOD)
    assert (report.created, report.changed, report.same, report.faults) == (3, 0, 0, ())
    with pytest.raises(NotFound):
        service.unit_by_code("61")


def test_an_import_can_be_repeated_and_mends_names(both):
    the_units()
    assert service.import_units(GOOD, apply=True).created == 3
    sambas = service.unit_by_code("61.01")
    assert (sambas.path, sambas.zone) == ("/ID/R2/61/61.01/", "Asia/Pontianak")
    assert service.import_units(GOOD, apply=True).same == 3
    report = service.import_units(GOOD.replace("Kabupaten Sambas", "Kab. Sambas"), apply=True)
    assert (report.created, report.changed, report.same) == (0, 1, 2)
    assert service.unit_by_code("61.01").name == "Kab. Sambas"


def test_a_row_before_its_parent_is_a_fault_and_the_other_rows_are_kept(both):
    the_units()
    report = service.import_units(FILE, apply=True)
    assert [(f.row, f.column) for f in report.faults] == [(2, "parent_code")]
    assert service.unit_by_code("R2").level == "regional"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("6299,Tanpa Titik,,,", "kemendagri_code"),
        ("62.99.01,Yatim,,,", "parent_code"),
        ("62.99,Salah Induk,63,,", "parent_code"),
        ("62.98,,,,", "name"),
        ("62.98,Baru,,enam,", "bps_code"),
        ("62.98,Baru,,6203,", "bps_code"),
        ("62.98,Baru,,,Asia/Tokyo", "zone"),
        ("62.98,Baru,,", ""),
        ("62.98,Baru,,,,lebih", ""),
        ("<script>,Baru,,,", "kemendagri_code"),
    ],
)
def test_a_fault_names_row_and_column(app, row, column):
    the_units()
    report = service.import_units(f"kemendagri_code,name,parent_code,bps_code,zone\n{row}\n", apply=True)
    assert [(f.row, f.column) for f in report.faults] == [(2, column)]
    assert report.created == 0


@pytest.mark.parametrize(
    "text",
    ["", "\n", "nama,kode\nx,y\n", "kemendagri_code\n62\n", "kemendagri_code,name,name\n", "\x00\x00", "a" * 200_000],
)
def test_a_file_that_is_no_table_of_units_is_refused_in_one_line(app, text):
    report = service.import_units(text, apply=True)
    assert [f.row for f in report.faults] == [1]


def test_a_code_that_comes_twice_is_said(app):
    the_units()
    report = service.import_units("kemendagri_code;name\n62.98;Baru\n62.98;Baru lagi\n", apply=True)
    assert (report.created, [f.row for f in report.faults]) == (1, [3])


def test_the_command_tries_dry_first_and_ends_with_one_on_a_fault(app, tmp_path):
    the_units()
    file = tmp_path / "units.csv"
    file.write_text(GOOD, "utf-8-sig")
    run = app.test_cli_runner()
    dry = run.invoke(args=["units", "import", str(file)])
    assert (dry.exit_code, "3 baru" in dry.output, "--apply" in dry.output) == (0, True, True)
    assert run.invoke(args=["units", "import", str(file), "--apply"]).exit_code == 0
    assert service.unit_by_code("61.01").bps_code == "6101"
    file.write_text(FILE.replace("R2", "R3"))
    wrong = run.invoke(args=["units", "import", str(file)])
    assert (wrong.exit_code, "baris 2, parent_code" in wrong.output) == (1, True)
    file.write_bytes(b"\xff\xfe\x00")
    assert run.invoke(args=["units", "import", str(file)]).exit_code == 1


def test_the_command_that_ships_the_units_may_be_repeated(app):
    run = app.test_cli_runner()
    assert "69 baru" in run.invoke(args=["units", "ship"]).output
    assert "69 tetap" in run.invoke(args=["units", "ship"]).output
