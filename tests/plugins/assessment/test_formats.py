"""Question files: what each example holds, that a round trip changes nothing, and that hostile files are refused."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.assessment import formats
from p2k2lms.plugins.assessment.formats import WRITERS, qti2_write
from p2k2lms.plugins.assessment.formats.question import KINDS, Amount, Option, Pair, Question, Variant
from tests.factories.questions import questions

EXAMPLES = Path(__file__).parents[2] / "data" / "items"


def read(name: str) -> formats.Found:
    return formats.read((EXAMPLES / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "format", "counts", "left"),
    [
        ("aiken/dua.txt", "Aiken", {"single": 2}, []),
        ("aiken/dua-baris-windows.txt", "Aiken", {"single": 1}, []),
        ("aiken/salah.txt", "Aiken", {"single": 1}, ["baris 1", "baris 4", "baris 14"]),
        ("gift/pertemuan.gift.txt", "GIFT", {"single": 1, "truefalse": 1}, []),
        ("gift/aneh.gift.txt", "GIFT", {"multiple": 1, "numeric": 1, "single": 1}, ["baris 1", "baris 11"]),
        ("gift/pasangan.gift.txt", "GIFT", {"matching": 1, "ordering": 1, "short": 1}, []),
        ("moodle/campur.xml", "Moodle XML", {"multiple": 1}, ["kategori", "soal ke-2 (Cerita)"]),
        ("moodle/utf16.xml", "Moodle XML", {"truefalse": 1}, []),
        ("moodle/windows.xml", "Moodle XML", {"matching": 1, "numeric": 1, "short": 1}, []),
        ("qti1/pilihan.xml", "QTI 1.2", {"multiple": 1, "single": 1}, []),
        ("qti1/isian.xml", "QTI 1.2", {"numeric": 1, "short": 1}, ["soal ke-3 (Titik)"]),
        ("qti1/rusak.xml", "QTI 1.2", {"ordering": 1}, ["soal ke-2 (Rusak)"]),
        ("qti2/jamak.xml", "QTI 2", {"multiple": 1}, []),
        ("qti2/angka.xml", "QTI 2", {"numeric": 1}, []),
        ("qti2/uraian.xml", "QTI 2", {}, ["Uraian"]),
        ("table/titik-koma.csv", "Tabel", {"numeric": 1, "single": 1, "truefalse": 1}, ["baris 1"]),
        ("table/koma.csv", "Tabel", {"matching": 1, "multiple": 1, "ordering": 1, "short": 1}, []),
        ("table/salah.csv", "Tabel", {"single": 1}, ["baris 2", "baris 3", "baris 4", "baris 5"]),
        ("word/bernomor.txt", "Teks", {"multiple": 1, "single": 1, "truefalse": 1}, ["baris 1"]),
        ("word/tanpa-nomor.txt", "Teks", {"numeric": 1, "short": 1, "single": 1}, []),
        ("word/windows.txt", "Teks", {"single": 1}, ["baris 5"]),
    ],
)
def test_each_example_is_carried_or_named(name, format, counts, left):
    found = read(name)
    assert (found.format, found.counts) == (format, counts)
    assert [remark.place for remark in found.remarks] == left


def only(name: str, place: int = 0) -> Question:
    return read(name).questions[place][1]


def test_the_key_the_reasons_and_the_points_arrive():
    several = only("moodle/campur.xml")
    assert several.options == (Option("Telur", True, "Ya."), Option("Tempe", True), Option("Gula & garam"))
    assert (several.points, several.why, several.stem) == (2.0, "Protein membangun.", "Pilih semua sumber protein.")
    assert only("qti1/pilihan.xml").options == (Option("Ya", True), Option("Tidak", False, "Coba lagi."))
    assert only("qti1/pilihan.xml").points == 2.0
    assert only("qti1/pilihan.xml", 1).options == (Option("a", True), Option("b", True), Option("c"))
    assert only("qti1/isian.xml").stem == "Modul pertama tentang _____ anak."
    assert only("qti1/isian.xml").variants == (Variant("pengasuhan"), Variant("pola asuh"))
    assert only("qti1/isian.xml", 1).amounts == (Amount(10.0, 0.5),)
    assert only("qti2/angka.xml").amounts == (Amount(200.0, 10.0),)
    assert only("moodle/windows.xml").stem == "Apa nama “tempat minum kopi”?"
    assert only("moodle/windows.xml", 2).pairs == (Pair("A", "a"), Pair("B", "b"), Pair("", "c"))


def test_signs_that_gift_escapes_arrive_as_themselves():
    formula = only("gift/aneh.gift.txt")
    assert formula.stem == "Manakah rumus yang benar: 2 {x} = 4?"
    assert [option.text for option in formula.options] == ["x = 2", "x ~ 3", "x # 1", "\\x"]
    assert only("gift/aneh.gift.txt", 1).amounts == (
        Amount(12.0, 1.0, 1.0, "Tepat."),
        Amount(12.0, 2.0, 0.5, "Cukup dekat."),
    )
    assert only("gift/pertemuan.gift.txt", 1).options == (
        Option("Benar", True, "Benar."),
        Option("Salah", False, "Waktu keluarga terbuang."),
    )
    assert only("gift/pertemuan.gift.txt").told["objective"] == "m1-s01-t1"


@pytest.mark.parametrize("format", WRITERS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_round_trip_changes_nothing_that_both_sides_can_say(format, data):
    kind = data.draw(st.sampled_from(KINDS))
    question = data.draw(questions(kind))
    found = formats.read(WRITERS[format].write([question, question]))
    assert found.remarks == ()
    assert [one for _place, one in found.questions] == [question, question]


def test_a_number_with_two_tolerances_is_said_to_be_lost_in_qti():
    question = Question("numeric", "Berapa?", amounts=(Amount(1.0), Amount(2.0, 1.0, 0.5)))
    assert WRITERS["qti"].loses(question)
    assert not WRITERS["moodle"].loses(question)


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


MANIFEST = b'<manifest><resources><resource type="imsqti_item_xmlv2p1" href="%s"/></resources></manifest>'
ENTITY = b'<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">]><quiz>&a;</quiz>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong"),
        (ENTITY, "entitas"),
        (b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>', "entitas"),
        (b"<quiz>" + b"<a>" * 100, "terlalu dalam"),
        (b"<html><body/></html>", "tidak dikenal"),
        (b"<<<", "bukan XML"),
        (zipped({"soal.xml": b"<quiz/>"}), "imsmanifest"),
        (zipped({"../luar.xml": b"<quiz/>"}), "keluar dari mapnya"),
        (zipped({"imsmanifest.xml": MANIFEST % b"../../etc/passwd.xml"}), "keluar dari mapnya"),
        (zipped({"imsmanifest.xml": ENTITY}), "entitas"),
        (zipped({"imsmanifest.xml": b"<manifest/>"}), "Tidak ada soal QTI"),
        (zipped({"imsmanifest.xml": b" " * 30_000_000}), "terlalu besar"),
        (zipped({"a.xml": b"x"})[:-30], "rusak"),
        (b"Jenis;Soal;Kunci\n", "Tidak ada soal"),
        (b"%PDF-1.7 ...", "Ini PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word atau Excel lama"),
        (zipped({"word/document.xml": b"<w/>"}), "Salin isinya"),
        (b"::a:: " + b"<b>x</b> " * 30_000 + b"{=a ~b}", "lebih dari 200000 huruf"),
        (b"ANSWER: A\n" * 10_001, "Lebih dari 10000 hal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_should_not_be_opened_is_refused_in_words(data, said):
    with pytest.raises(Invalid, match=said):
        formats.read(data)


def test_a_sheet_of_ten_thousand_items_is_read_and_each_line_beyond_is_named():
    sheet = "soal,kunci,pilihan 1,pilihan 2\n" + "".join(f"Soal {n}?,A,a,b\n" for n in range(10_002))
    found = formats.read(sheet.encode())
    assert found.counts == {"single": 10_000}
    assert [remark.place for remark in found.remarks] == ["baris 10002", "baris 10003"]


def test_a_package_names_what_it_promises_and_does_not_hold():
    item = qti2_write.item(Question("single", "Siapa?", (Option("a", True), Option("b"))), "satu")
    found = formats.read(zipped({"imsmanifest.xml": MANIFEST % b"satu.xml"}))
    assert [remark.place for remark in found.remarks] == ["satu.xml"]
    assert formats.read(zipped({"imsmanifest.xml": MANIFEST % b"satu.xml", "satu.xml": item})).counts == {"single": 1}


def test_an_open_brace_does_not_swallow_the_file():
    found = formats.read(b"::a:: Rusak {=x ~y\n\n" + b"\n" * 20_000 + b"::b:: Utuh {=x ~y}\n")
    assert (found.counts, len(found.remarks)) == ({"single": 1}, 1)
