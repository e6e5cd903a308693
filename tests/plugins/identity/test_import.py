"""People from a sheet: looked at row by row, taken in once, given back with reasons; hostile files are refused."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from markupsafe import escape
from sqlalchemy import func, select

from p2k2lms.core import clock, sheets, workbook
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.models import PeopleSheet, Person, Posting, Supervision
from p2k2lms.plugins.identity.rules import people_sheet as rules
from tests.conftest import WHO_ACTS
from tests.factories.identity import a_person, as_actor, someone, supervised, the_units
from tests.plugins.identity.conftest import NOON

HEAD = ["Nama", "ID PKH", "Nomor HP", "Peran", "Kode wilayah", "Supervisor", "Tanggal lahir", "Catatan kami"]
SITI = ["Siti Aminah", "62KPS01", "0813 4977 2216", "Pendamping", "62.03", "", "17/08/1990", "x"]
BUDI = ["Budi", "", "0813-4977-2217", "Supervisor", "62.03", "", "", ""]
MOST_QUERIES = 6


@pytest.fixture
def admin(app):
    the_units()
    return as_actor(someone("admin", "62.03"))


def look(actor, *rows):
    return service.check_sheet(actor, [HEAD, *rows])


def take_in(actor, *rows):
    return service.import_table(actor, actor.paths("admin"), [HEAD, *rows])


def faults(report):
    return {(fault.row, fault.column) for fault in report.faults}


@pytest.mark.parametrize(
    ("words", "found", "other"),
    [
        ({"pkh_id": "a1"}, 1, ""),
        ({"phone": "+628a"}, 1, ""),
        ({"pkh_id": "a1", "phone": "+628new"}, 1, ""),
        ({"pkh_id": "a1", "phone": "+628b"}, None, "phone"),
        ({"pkh_id": "new", "phone": "+628a"}, None, "phone"),  # a number that was handed on
        ({"pkh_id": "new", "phone": "+628c"}, 3, ""),  # who has no PKH id yet gets this one
        ({"pkh_id": "new"}, None, ""),
    ],
)
def test_the_pkh_id_says_whom_a_row_means_and_a_number_never_makes_one_somebody_else(words, found, other):
    people = [rules.Known(1, "a1", "+628a", None), rules.Known(2, "b2", "+628b", None)]
    people.append(rules.Known(3, None, "+628c", None))
    known = {(n, w): p for p in people for n, w in (("pkh_id", p.pkh_id), ("phone", p.phone)) if w}
    person, column = rules.whom({"pkh_id": None, "phone": None, "email": None} | words, known)
    assert (person.id if person else None, column) == (found, other)


def test_a_sheet_is_taken_in_and_a_second_time_changes_nothing(both):
    the_units()
    actor = as_actor(someone("admin", "62.03"))
    siti = [*SITI[:5], "081349772217", *SITI[6:]]
    report = look(actor, siti, BUDI)
    assert (report.created, report.faults, report.unread) == (2, (), ("Catatan kami",))
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    take_in(actor, siti, BUDI)
    made = db.session.scalars(select(Person).where(Person.pkh_id == "62kps01")).one()
    assert (made.name, made.phone, str(made.birth_date)) == ("Siti Aminah", "+6281349772216", "1990-08-17")
    assert (made.status, made.password_hash) == ("active", None)
    assert [(p.role, p.unit.kemendagri_code) for p in service.postings_of(made.id)] == [("pendamping", "62.03")]
    boss = service.supervisor_of(made.id, service.postings_of(made.id)[0].valid_from)
    assert service.person(boss).name == "Budi"
    before = [db.session.scalar(select(func.count()).select_from(t)) for t in (Person, Posting, Supervision)]
    again = take_in(actor, siti, BUDI)
    assert (again.created, again.changed, again.same) == (0, 0, 2)
    assert [db.session.scalar(select(func.count()).select_from(t)) for t in (Person, Posting, Supervision)] == before


def test_a_known_person_is_changed_and_an_empty_cell_leaves_what_is_known(app, admin):
    take_in(admin, SITI)
    report = take_in(admin, ["Siti Aminah Putri", "62kps01", "", "", "", "", "", ""])
    assert (report.created, report.changed) == (0, 1)
    row = db.session.scalars(select(Person).where(Person.pkh_id == "62kps01")).one()
    assert (row.name, row.phone, row.birth_date.year) == ("Siti Aminah Putri", "+6281349772216", 1990)


def test_each_fault_is_told_by_row_and_column_and_the_good_rows_come_in(app, admin):
    elsewhere = someone("pendamping", "63.03", pkh_id="jauh1")
    report = take_in(
        admin,
        SITI,
        ["", "abc1", "", "Pendamping", "62.03", "", "", ""],
        ["Tanpa nomor", "", "", "Pendamping", "62.03", "", "", ""],
        ["Salah HP", "", "12", "Pendamping", "62.03", "", "", ""],
        ["Peran aneh", "abc2", "", "Raja", "62.03", "", "", ""],
        ["Luar wilayah", "abc3", "", "Pendamping", "63.03", "", "", ""],
        ["Tanpa tempat", "abc4", "", "", "", "", "", ""],
        ["Tanggal", "abc5", "", "Pendamping", "62.03", "", "kemarin", ""],
        ["Kembar", "62KPS01", "", "Pendamping", "62.03", "", "", ""],
        ["Orang jauh", "jauh1", "", "Pendamping", "62.03", "", "", ""],
        ["Tanpa atasan", "abc6", "", "Pendamping", "62.03", "siapa1", "", ""],
    )
    assert report.created == 1
    assert faults(report) == {
        (3, "name"), (4, "phone"), (5, "phone"), (6, "role"), (7, "unit_code"), (8, "unit_code"), (8, "role"),
        (9, "birth_date"), (10, "pkh_id"), (11, "pkh_id"), (12, "supervisor"),
    }  # fmt: skip
    assert service.person(elsewhere).name != "Orang jauh"
    assert [p.unit.kemendagri_code for p in service.postings_of(elsewhere)] == ["63.03"]


def test_a_sheet_takes_no_pendamping_away_from_a_supervisor(app, admin):
    old, new = someone("supervisor", "62.03", pkh_id="lama1"), someone("supervisor", "62.03", pkh_id="baru1")
    pendamping = someone("pendamping", "62.03", pkh_id="pend1")
    supervised(old, pendamping)
    row = ["Orang", "pend1", "", "Pendamping", "62.03", "baru1", "", ""]
    assert faults(take_in(admin, row)) == {(2, "supervisor")}
    assert db.session.scalar(select(Supervision.supervisor_id)) == old != new


def test_who_stands_above_is_not_changed_by_a_sheet_from_below(app, admin):
    above = someone("koordinator", "62", pkh_id="atas1", name="Orang Atas")
    assert faults(take_in(admin, ["Diganti", "atas1", "", "", "", "", "", ""])) == {(2, "pkh_id")}
    assert service.person(above).name == "Orang Atas"
    with pytest.raises(NotAllowed):
        look(as_actor(someone("supervisor", "62.03")), SITI)


def test_the_sheet_comes_back_with_a_reason_in_each_row_and_no_formula(app, admin):
    rows = [SITI, ["=HYPERLINK(1)", "", "", "Raja", "62.03", "", "", ""]]
    kept = service.keep_sheet(admin, b"".join(workbook.as_xlsx([HEAD, *rows])), "orang.xlsx")
    data = b"".join(workbook.as_xlsx(service.sheet_with_reasons(admin, kept)))
    back = sheets.read(data)
    assert back[0] == [*HEAD, "Hasil", "Alasan"]
    assert (back[1][-2:], back[2][-2]) == (["baru", ""], "diperbaiki dahulu")
    assert "Peran ini tidak dikenal" in back[2][-1]
    inside = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in inside
    again = service.check_sheet(admin, back)
    assert again.unread == ("Catatan kami",)


def test_a_sheet_is_sealed_seen_by_its_officer_alone_and_gone_after_a_day(app, admin):
    kept = service.keep_sheet(admin, f"{';'.join(HEAD)}\n{';'.join(SITI)}".encode(), "orang.csv")
    stored = db.session.execute(db.text("SELECT rows FROM identity_people_sheet")).scalar()
    assert "Siti" not in stored
    with pytest.raises(NotFound):
        service.kept_sheet(as_actor(someone("admin", "62.03")), kept)
    for hours, left in ((23, 1), (25, 0)):
        with clock.stopped(NOON + timedelta(hours=hours)):
            service.forget_sheets()
        assert db.session.scalar(select(func.count()).select_from(PeopleSheet)) == left


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80 * 1024**2)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "atau kosong"),
        (b"PK\x03\x04 rusak", "tidak dapat dibaca"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bukan tabel"),
        (b"nama saja\nSiti\n", "judul kolom"),
        (b"Nama;ID PKH\n", "1 sampai"),
        (b"x" * (2 * 1024**2 + 1), "paling besar"),
        (bomb(), "terlalu besar"),
    ],
    ids=["empty", "torn", "picture", "no-column", "no-row", "large", "bomb"],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field_and_the_page_lives_on(app, admin, sign_in, data, says):
    browser = sign_in(admin)
    if len(data) <= 2 * 1024**2:
        answer = browser.post("/kelola/impor", data={"file": (io.BytesIO(data), "../../orang.xlsx")})
        assert (answer.status_code, says in answer.text) == (422, True)
    with pytest.raises(Invalid, match=says):
        service.keep_sheet(admin, data, "orang.xlsx")
    assert browser.get("/kelola/impor").status_code == 200


def test_an_officer_looks_takes_in_and_sees_what_was_done(app, admin, sign_in, count_queries):
    browser = sign_in(admin)
    text = "\n".join(";".join(row) for row in (HEAD, SITI, BUDI, ["<b>", "", "", "Raja", "62.03", "", "", ""]))
    page = browser.post("/kelola/impor", data={"file": (io.BytesIO(text.encode()), "orang.csv")}).location
    with count_queries() as seen:
        shown = browser.get(page).text
    assert len(seen) + WHO_ACTS <= MOST_QUERIES
    assert "Simpan 2 orang" in shown
    assert "Peran ini tidak dikenal" in shown
    assert browser.post(f"{page}/terapkan").status_code == 303
    done = browser.get(page).text
    assert "Tersimpan: 2 orang baru" in done
    assert "2 baris sudah tercatat" in done
    back = browser.get(f"{page}/alasan.xlsx")
    assert [row[-2] for row in sheets.read(back.data)[1:]] == ["tetap", "tetap", "diperbaiki dahulu"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*7 }} ${7*7}", '=1+1 & O\'Neil "x"', "ชื่อ 名前 😀"])
def test_a_name_is_shown_as_it_was_typed_on_each_page(app, admin, sign_in, name):
    report = take_in(admin, [name, "aneh1", "", "Pendamping", "62.03", "", "", ""])
    person_id = db.session.scalar(select(Person.id).where(Person.pkh_id == "aneh1"))
    assert report.created == 1
    browser = sign_in(admin)
    for path in ("/kelola/orang", "/kelola/kode", f"/kelola/orang/{person_id}", f"/kelola/orang/{person_id}/ubah"):
        page = browser.get(path).text
        assert str(escape(name)) in page, path
        assert "<script>alert" not in page


def test_the_command_says_first_and_writes_only_when_told(app, tmp_path):
    the_units()
    a_person()
    file = tmp_path / "orang.csv"
    file.write_text(f"{';'.join(HEAD)}\n{';'.join(SITI)}\n", "utf-8")
    run = app.test_cli_runner().invoke
    assert "1 baru" in run(args=["people", "import", str(file)]).output
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    assert run(args=["people", "import", str(file), "--apply"]).exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2


@pytest.mark.slow(reason="five thousand people on both databases")
def test_five_thousand_people_come_in_within_the_bar(both):
    the_units()
    actor = as_actor(someone("admin", "62"))
    someone("supervisor", "62.03", pkh_id="atasan1")
    rows = [
        [f"Orang Ke {n}", f"masal{n:05d}", f"0812{n:08d}", "Pendamping", "62.03", "atasan1", "01/02/1990", ""]
        for n in range(5_000)
    ]
    assert look(actor, *rows).created == 5_000
    began = time.process_time()
    assert take_in(actor, *rows).created == 5_000
    spent = time.process_time() - began
    assert 5_000 / spent >= 2_000
    assert take_in(actor, *rows).same == 5_000
