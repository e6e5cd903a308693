"""The sheets of earlier years: what is taken, what is refused and where."""

import io
from datetime import date

import pytest

from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import sheets
from tests.factories.evaluation import the_instruments
from tests.factories.identity import as_actor, someone, the_units

BANJAR = "63.03"
TODAY = date(2026, 11, 28)
HEAD = ["id_pkh", "nomor_sertifikat", "mulai", "selesai", "jam"]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (["", "094/2019", "2019-08-05", "2019-08-14", "75"], "id_pkh", "belum diisi"),
        (["p1", "tanpa angka", "2019-08-05", "2019-08-14", ""], "nomor_sertifikat", "bukan nomor"),
        (["p1", "=1+1", "2019-08-05", "2019-08-14", ""], "nomor_sertifikat", "bukan nomor"),
        (["p1", "094/2019", "5 Agustus", "2019-08-14", ""], "mulai", "2019-08-14"),
        (["p1", "094/2019", "2013-12-31", "2014-01-08", ""], "mulai", "2019-08-14"),
        (["p1", "094/2019", "2019-08-15", "2019-08-14", ""], "selesai", "sesudah hari mulai"),
        (["p1", "094/2019", "2019-08-05", "2019-08-14", "banyak"], "jam", "jam pelajaran"),
        (["p1", "094/2019", "2026-11-20", "2026-11-29", ""], "selesai", "belum selesai"),
    ],
)
def test_a_wrong_cell_of_an_alumnus_is_named_by_row_and_column(cells, column, words):
    found, faults = sheets.alumni([HEAD, cells], TODAY)
    assert (found, [(f.row, f.column) for f in faults]) == ([], [(2, column)])
    assert words in faults[0].message


def test_a_person_or_number_that_comes_twice_and_a_wrong_head_are_faults():
    row = ["p1", "094/2019", "2019-08-05", "2019-08-14", "75"]
    rows = [HEAD, row, ["P1", "095/2019", *row[2:]], ["p2", *row[1:]], ["p3", "096/2019", *row[2:]]]
    found, faults = sheets.alumni(rows, TODAY)
    assert [r.person for r in found] == ["p3"]
    assert [(f.row, f.column) for f in faults] == [(3, "id_pkh"), (2, "nomor_sertifikat"), (4, "nomor_sertifikat")]
    assert [f.column for f in sheets.alumni([[*HEAD[:4], "nilai"]], TODAY)[1]] == ["jam", "nilai"]


@pytest.fixture
def evaluator(both):
    the_units()
    return as_actor(someone("evaluator", "R4"))


def test_alumni_of_before_become_finished_classes_once(evaluator):
    person = someone("pendamping", BANJAR, pkh_id="lama1")
    rows = [
        HEAD,
        ["lama1", "094/2.1/2019", "2019-08-05", "2019-08-14", "75"],
        ["entah", "095/2.1/2019", "2019-08-05", "2019-08-14", ""],
    ]
    looked = service.import_alumni(evaluator, rows, keep=False)
    assert (looked.good, looked.kept, [(f.row, f.column) for f in looked.faults]) == (1, False, [(3, "id_pkh")])
    assert enrolment.finished_spells([person]) == []
    for _again in range(2):
        service.import_alumni(evaluator, rows, keep=True)
    spells = enrolment.finished_spells([person])
    assert [(s.object_ref, s.status, s.hours, s.source) for s in spells] == [
        ("sttpp:094/2.1/2019", "lulus", 75.0, "impor")
    ]


def test_a_number_that_somebody_else_has_already_is_taken_for_nobody(evaluator):
    first, second = (someone("pendamping", BANJAR, pkh_id=f"lama{n}") for n in (1, 2))
    row = ["094/2.1/2019", "2019-08-05", "2019-08-14", "75"]
    service.import_alumni(evaluator, [HEAD, ["lama1", *row]], keep=True)
    found = service.import_alumni(evaluator, [HEAD, ["lama2", *row]], keep=True)
    assert (found.good, [(f.row, f.column) for f in found.faults]) == (0, [(2, "nomor_sertifikat")])
    assert [spell.person_id for spell in enrolment.finished_spells([first, second])] == [first]


def test_somebody_elsewhere_looks_like_nobody(evaluator):
    someone("pendamping", BANJAR, pkh_id="lama1")
    rows = [HEAD, ["lama1", "094/2.1/2019", "2019-08-05", "2019-08-14", "75"]]
    elsewhere = as_actor(someone("evaluator", "62"))
    assert service.import_alumni(elsewhere, rows, keep=True).good == 0


def about(evaluator, **changed):
    plain = {"title": "Evaluasi 2020", "opens": date(2020, 9, 1), "closes": date(2020, 10, 15)}
    where = {"version_id": the_instruments()["em-alumni"].id, "unit_id": the_units()["R4"]}
    return service.OldWave(**plain | where | changed)


def test_old_answers_become_a_wave_that_is_over_with_the_silent_in_it(evaluator):
    for n in range(7):
        someone("pendamping", BANJAR, pkh_id=f"lama{n}", sex="P")
    head = ["id_pkh", "A1", "G1", "K1", "E1.m1", "E1.m2", "E1.m3", "E1.m4", "E1.m5"]
    answered = [[f"lama{n}", "200", str(90 + n), "waktu; tempat", *["semua"] * 5] for n in range(5)]
    rows = [head, *answered, ["lama5", "", "", "", *[""] * 5], ["lama6", "banyak", "", "", *[""] * 5]]
    looked = service.import_answers(evaluator, about(evaluator), rows, keep=False)
    assert (looked.good, looked.silent, [(f.row, f.column) for f in looked.faults]) == (6, 1, [(8, "A1")])
    assert service.waves(evaluator)[0] == []
    assert service.import_answers(evaluator, about(evaluator), rows, keep=True).kept
    wave = service.waves(evaluator)[0][0]
    page = service.result(evaluator, wave.id)
    assert (wave.closed_at is not None, page.rate.asked, page.rate.answered) == (True, 6, 5)
    apply = next(h for h in page.headlines if h.code == "G1")
    assert (apply.total, apply.numbers.plain) == ((460, 1000), 46.0)
    assert {row.state for row in read.everybody(wave.id)} == {"dijawab", "menunggu"}
    assert {(row.sex, row.log_band) for row in read.frame(wave.id)} == {("P", "")}
    with pytest.raises(Conflict):
        service.import_answers(evaluator, about(evaluator), rows, keep=True)


def test_a_wave_of_before_lies_in_the_past(evaluator):
    with pytest.raises(Invalid, match="sudah lewat"):
        service.import_answers(evaluator, about(evaluator, closes=date(2990, 1, 1)), [["id_pkh"]], keep=False)


def test_both_pages_look_through_a_sheet_and_keep_it(app, sign_in):
    the_units(), the_instruments()
    someone("pendamping", BANJAR, pkh_id="lama1")
    page = sign_in(as_actor(someone("evaluator", "R4")))
    text = "id_pkh;nomor_sertifikat;mulai;selesai;jam\nlama1;094/2019;2019-08-05;2019-08-14;75\n<b>x</b>;1;;;\n"

    def send(url, **said):
        return page.post(url, data={"file": (io.BytesIO(text.encode()), "a.csv"), **said})

    looked = send("/evaluasi/impor/alumni")
    assert (looked.status_code, "1 baris bisa disimpan" in looked.text, "belum ada" in looked.text) == (
        200,
        True,
        False,
    )
    assert "1 baris disimpan" in send("/evaluasi/impor/alumni", keep="y").text
    assert page.post("/evaluasi/impor/alumni", data={}).status_code == 422
    bad = page.post("/evaluasi/impor/alumni", data={"file": (io.BytesIO(b"PK\x03\x04rusak"), "a.xlsx")})
    assert (bad.status_code, "tidak dapat dibaca" in bad.text) == (422, True)
    assert page.get("/evaluasi/impor/alumni.csv").text.startswith("\ufeffid_pkh,nomor_sertifikat")
    version = the_instruments()["em-alumni"].id
    assert "E1.m5" in page.get(f"/evaluasi/impor/jawaban/{version}.csv").text
    text = "id_pkh,A1\nlama1,200\n"
    about = {
        "title": "2020",
        "version": version,
        "unit": the_units()["R4"],
        "opens": "2020-09-01",
        "closes": "2020-09-30",
    }
    assert "1 baris bisa disimpan" in send("/evaluasi/impor/jawaban", **about).text
    assert "1 baris disimpan" in send("/evaluasi/impor/jawaban", keep="y", **about).text
    again = send("/evaluasi/impor/jawaban", keep="y", **about)
    assert (again.status_code, "sudah ada" in again.text) == (422, True)
