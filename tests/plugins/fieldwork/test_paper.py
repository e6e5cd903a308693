"""The bridge to paper: sheets to print, a screen that mirrors them, and groups from an office file."""

import io
import json

import pypdf
import pytest

from p2k2lms.core import clock, press, qr, sheets, workbook
from p2k2lms.core.errors import Invalid, NotAllowed
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.rules import paper
from p2k2lms.plugins.fieldwork.rules import sheets as rules
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import KAPUAS, the_course
from tests.factories.fieldwork import a_desa, a_group, a_pendamping
from tests.factories.identity import as_actor, someone

TODAY = clock.today()
MOST_QUERIES = 6
HEAD = ["Nama Kelompok", "DESA", "Jumlah KPM", "Tempat", "Sejak"]


def test_signs_of_rows_are_counted_and_others_named():
    assert paper.counts(["1", "1", " 2", "", "0", "-"]) == (2, 1)
    assert paper.odd_rows(["1", "3", "", "x"]) == [2, 4]


@pytest.mark.parametrize("text", ["2026-01-31", "31/01/2026", "31-01-2026", "31.01.2026"])
def test_a_day_is_read_as_people_write_it(text):
    assert rules.day_of(text).isoformat() == "2026-01-31"
    assert rules.day_of("kemarin") is None


def a_table(*rows):
    return [HEAD, *rows]


def test_a_sheet_without_a_fault_is_taken_in_whole(both):
    desa, actor = a_desa(), as_actor(a_pendamping())
    table = a_table(
        ["Melati", desa.name.upper(), "24", "Balai", "01/01/2026"], ["", "", "", "", ""], ["Mawar", desa.name, "9"]
    )
    check = service.check_sheet(actor, table)
    assert ([one.name for one in check.ready], check.faults, check.rows) == (["Melati", "Mawar"], (), 2)
    assert service.own_groups(actor) == []
    assert service.import_groups(actor, table) == 2
    assert {(g.name, g.members) for g in service.own_groups(actor)} == {("Melati", 24), ("Mawar", 9)}


def test_each_fault_is_told_by_row_and_column_and_nothing_is_kept(both):
    desa, actor = a_desa(), as_actor(a_pendamping())
    service.add_group(actor, service.GroupData(desa.id, "Ada", "", 20, TODAY))
    table = a_table(
        ["M", desa.name, "24", "", ""],
        ["Melati", "Atlantis", "24", "", ""],
        ["Melati", desa.name, "dua", "", "besok"],
        ["Mawar", desa.name, "20", "", "2031-01-01"],
        ["Kenanga", desa.name, "20", "", ""],
        ["kenanga", desa.name, "20", "", ""],
        ["ADA", desa.name, "20", "", ""],
        ["", "Atlantis", "20", "y" * 121, ""],
        ["X" * 61, desa.name, "20", "", ""],
    )
    check = service.check_sheet(actor, table)
    found = {(fault.row, fault.column) for fault in check.faults}
    assert found == {
        *((2, "name"), (3, "desa"), (4, "members"), (4, "since"), (5, "since"), (7, "name"), (8, "name")),
        *((9, "name"), (9, "desa"), (9, "place"), (10, "name")),
    }
    with pytest.raises(Invalid):
        service.import_groups(actor, table)
    assert len(service.own_groups(actor)) == 1
    back = list(service.with_faults(table, check))
    assert back[0][-1] == "Yang perlu diperbaiki"
    assert ("Isi 1 sampai 500" in back[3][-1], back[5][-1]) == (True, "")


@pytest.mark.parametrize(
    "table", [[], [["Nama"]], [HEAD], [HEAD, *[["a", "b", "1"]] * 61], [["Desa", "Keluarga"], ["b", "2"]]]
)
def test_a_sheet_without_its_columns_or_with_too_much_is_refused(app, table):
    with pytest.raises(Invalid):
        service.check_sheet(as_actor(a_pendamping()), table)


def test_only_a_pendamping_imports(app):
    a_desa()
    with pytest.raises(NotAllowed):
        service.check_sheet(as_actor(someone("supervisor", KAPUAS)), a_table())


def upload(page, data):
    return page.post("/lapangan/kelompok/impor", data={"file": (io.BytesIO(data), "a.xlsx")})


def test_the_import_pages_look_first_and_give_the_same_sheet_back(app, sign_in):
    desa, actor = a_desa(), as_actor(a_pendamping())
    page = sign_in(actor)
    assert page.get("/lapangan/kelompok/impor").status_code == 200
    assert "Berkas belum dipilih, atau kosong." in page.post("/lapangan/kelompok/impor").text
    assert sheets.read(page.get("/lapangan/kelompok/impor/contoh.xlsx").data)[0][0] == "Kelompok"
    good, bad = a_table(["Melati", desa.name, "24"]), a_table(["Melati", "Atlantis", "24"])
    seen = upload(page, b"".join(workbook.as_xlsx(bad)))
    assert (seen.status_code, "Baris 2, Desa" in seen.text) == (422, True)
    back = page.post("/lapangan/kelompok/impor/catatan.xlsx", data={"rows": json.dumps(bad)})
    assert sheets.read(back.data)[1][-1] == "Desa ini tidak ada di wilayah tugas Anda."
    assert page.post("/lapangan/kelompok/impor/terapkan", data={"rows": json.dumps(bad)}).status_code == 422
    assert "1 kelompok siap" in upload(page, b"".join(workbook.as_xlsx(good))).text
    assert page.post("/lapangan/kelompok/impor/terapkan", data={"rows": json.dumps(good)}).status_code == 303
    assert [g.name for g in service.own_groups(actor)] == ["Melati"]
    for odd in ("", "[1]", '{"a": 1}', "[[1]]", "[" * 9, "x" * 200_001):
        assert page.post("/lapangan/kelompok/impor/terapkan", data={"rows": odd}).status_code == 422
    for odd in (b"", b"\x89PNG", b"PK\x03\x04rusak"):
        assert upload(page, odd).status_code == 422


def test_sheets_are_printed_with_numbers_and_no_names(app, sign_in):
    actor = as_actor(a_pendamping())
    the_course()
    card = a_group(actor.id, members=26)
    page = sign_in(actor)
    for url in (f"/lapangan/{card.id}/daftar.pdf", f"/lapangan/{card.id}/lembar/m1-s01.pdf"):
        answer = page.get(url)
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
        assert answer.mimetype == "application/pdf"
        assert card.name in text.replace("\n", " ")
        assert "26" in text


def test_the_code_on_the_sheet_opens_the_screen_that_mirrors_it(app, sign_in, monkeypatch):
    """The drawing on the paper is that of the screen's own address; read with any camera, it leads there."""
    actor = as_actor(a_pendamping())
    the_course()
    card = a_group(actor.id, members=26)
    page, printed = sign_in(actor), list[str]()
    monkeypatch.setattr(press, "pdf", lambda html, *_styles: printed.append(html) or b"%PDF")
    page.get(f"/lapangan/{card.id}/lembar/m1-s01.pdf")
    [html] = printed
    assert qr.svg(f"http://localhost/lapangan/{card.id}/kertas/m1-s01") in html
    assert qr.svg(f"http://localhost/lapangan/{card.id}/kertas/m1-s02") not in html
    assert 'name="came"' in page.get(f"/lapangan/{card.id}/kertas/m1-s01").text


def test_the_screen_mirrors_the_sheet_and_sends_an_ordinary_report(app, sign_in, count_queries):
    actor = as_actor(a_pendamping())
    the_course()
    card = a_group(actor.id, members=26)
    page, url = sign_in(actor), f"/lapangan/{card.id}/kertas/m1-s01"
    with count_queries() as asked:
        html = page.get(url).text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert html.count('name="came"') == 26
    came = ["1"] * 14 + ["2"] + [""] * 11
    form = {
        "on_day": TODAY.isoformat(),
        "came": came,
        "children": "4",
        "homework": "9",
        "steps": list("yyp"),
        "minutes": "90",
    }
    odd = page.post(url, data=form | {"came": ["7", *came[1:]]})
    assert (odd.status_code, odd.text.count('aria-invalid="true"')) == (422, 1)
    many = page.post(url, data=form | {"children": "99999"})
    assert (many.status_code, 'id="children-salah"' in many.text) == (422, True)
    answer = page.post(url, data=form)
    assert answer.status_code == 303
    told = service.meeting(actor, service.group_page(actor, card.id).meetings[0].id).card
    (present,) = told.present
    assert (present.women, present.men, present.children, present.homework_back, told.steps) == (14, 1, 4, 9, "yyp")
