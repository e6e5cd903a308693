"""Documents with faults are refused by file, line and key; hostile ones do no harm."""

import time

import pytest

from p2k2lms.plugins.catalogue import yaml_source
from p2k2lms.plugins.catalogue.reading import read_course
from tests.factories.catalogue import TINY
from tests.plugins.catalogue.drafts import a_draft, changed, faults_of

CARD = "tf-s01/01-sapaan.md"
ITEMS = "tf-s01/soal.yaml"
SCENE = "tf-s01/adegan-hujan.yaml"
MANIFEST = "kursus-kecil.yaml"
RUBRIC = "kursus-kecil/rubrik.yaml"


@pytest.mark.parametrize(
    ("end", "old", "new", "line", "key", "message"),
    [
        (MANIFEST, "subtitle:", "subtitel:", 3, "subtitel", "kunci tidak dikenal"),
        (MANIFEST, "title: Kursus Kecil", "title: no", 2, "title", "harus teks, terbaca sebagai ya/tidak"),
        (MANIFEST, "size: 4", "size: 5", 7, "blueprint", "jumlah shares 4, padahal size 5"),
        (MANIFEST, "group: penunjang", "group: lain", 31, "modul.2.group", "Pilih salah satu"),
        (MANIFEST, "id: kursus-kecil", "id: lain", 1, "id", "harus sama dengan nama berkas"),
        (CARD, "minutes: 5", "minutes: banyak", 4, "minutes", "angka bulat"),
        (CARD, "  purpose:", "  tujuan:", 12, "teach.tujuan", "kunci tidak dikenal"),
        (CARD, "prove:", "bukti:", 11, "teach", None),
        (CARD, "id: tf-s01-l01", "id: l01", 2, "id", "bentuk id tidak benar: l01"),
        (CARD, "picture_alt: Lingkaran hijau\n", "", 2, "-", "gambar memerlukan picture_alt"),
        (CARD, "---\nid", "id", 1, "-", "harus mulai dengan kepala"),
        (CARD, "minutes: 5", "minutes: 5\nminutes: 6", 5, "-", "kunci minutes tertulis dua kali"),
        (ITEMS, "kind: matching", "kind: essay", 60, "q-tf-s01-06.kind", "harus salah satu dari single"),
        (ITEMS, "form: anchor", "form: C", 52, "q-tf-s01-05.form", "Pilih salah satu"),
        (RUBRIC, ", Tujuan dan harapan peserta.]", "]", 5, "behaviours.0.levels", "Paling sedikit 4"),
        (RUBRIC, "id: b02", "id: b01", 1, "-", "tertulis dua kali"),
        (SCENE, "id: tf-s01-a01", "id: tf-s01-l09", 1, "id", "bentuk id tidak benar"),
        (
            SCENE,
            "shows: [b01], feedback: Semua",
            "feedback: Semua",
            14,
            "moments.mulai.choices.1",
            "harus memperlihatkan",
        ),
        (SCENE, "feedback: Suara Anda habis., ", "", 13, "moments.mulai.choices.0.feedback", "wajib diisi"),
        (SCENE, "end: cukup", "end: bagus", 25, "moments.sedikit.end", "Pilih salah satu"),
        (SCENE, ", end: cukup", "", 25, "moments.sedikit", "harus punya pilihan (choices) atau akhir (end)"),
        ("tf-s01/_sesi.md", "id: tf-s01\n", "id: tf-s09\n", 2, "id", "harus sama dengan nama map: tf-s01"),
    ],
)
def test_a_fault_names_file_line_and_key(app, *, end, old, new, line, key, message):
    found = faults_of((end, old, new))
    if message is None:
        assert {f.key for f in found} == {"bukti", "prove"}
        return
    hit = [f for f in found if f.file.endswith(end) and f.key == key]
    assert hit, found
    assert message in hit[0].message
    assert hit[0].line == line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "correct: true, why: Rahasia a dari butir tf-s01 1.",
            "correct: false, why: x",
            "tepat satu pilihan harus benar",
        ),
        ("{text: Salah, correct", "{text: Keliru, correct", "pilihan harus Benar lalu Salah"),
        ("text: Kedua tf-s01", "text: Pertama tf-s01", "dua pilihan sama"),
        ("right: Dipeluk tf-s01", "right: Didengarkan tf-s01", "dua pilihan sama"),
        ("correct: true, why: Rahasia nama 2 tf-s01.", "correct: false, why: x", "paling sedikit dua pilihan benar"),
        ("why: Rahasia urutan 4 tf-s01.", "reason: x", "wajib diisi"),
    ],
)
def test_an_item_with_an_impossible_key_is_refused(app, old, new, message):
    assert any(message in f.message for f in faults_of((ITEMS, old, new)))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system [id]",
        "a: !!binary x",
        "[" * 40 + "]" * 40,
        "a: [1",
        "a: b\na: c",
        "? [a, b]\n: c",
        "a: 1\n---\nb: 2",
        "a: " + "x" * 500_000,
        "a: 2024-13-45",
        "\ta: b",
        "a: \x07",
    ],
)
def test_yaml_that_is_odd_or_hostile_is_refused_with_a_line(text):
    with pytest.raises(yaml_source.Unreadable) as refused:
        yaml_source.read(text)
    assert refused.value.line >= 1


def test_a_yaml_bomb_is_refused_at_once():
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    began = time.monotonic()
    with pytest.raises(yaml_source.Unreadable, match="alias"):
        yaml_source.read(bomb)
    assert time.monotonic() - began < 1


def test_a_manifest_that_is_no_mapping_is_refused(app):
    draft, faults = read_course(TINY, {f"courses/{TINY}.yaml": "- a\n- b\n"})
    assert draft is None
    assert "harus kelompok kunci" in faults[0].message
    draft, faults = read_course(TINY, {f"courses/{TINY}.yaml": ""})
    assert draft is None
    assert faults


def test_windows_line_ends_are_read(app):
    texts = {path: text.replace("\n", "\r\n") for path, text in changed().items()}
    draft, faults = read_course(TINY, texts)
    assert faults == []
    assert len(list(draft.steps())) == 6


def test_a_file_that_nobody_expects_is_named(app):
    stray = f"modules_content/{TINY}/tf-s01/catatan.txt"
    lost = f"modules_content/{TINY}/xx-s01/_sesi.md"
    found = {f.file: f.message for f in faults_of((stray, "", "x"), (lost, "", "x"))}
    assert "nama berkas tidak dikenal" in found[stray]
    assert "sesi xx-s01 tidak ada" in found[lost]


def test_an_unwritten_sesi_is_not_read_further(app):
    draft = a_draft(("m1-s01/_sesi.md", "written: true", "written: false"))
    assert [s.id for s in draft.ready] == ["tf-s01"]


def test_ids_of_options_tell_nothing_of_their_place_or_truth(app):
    draft = a_draft()
    again = a_draft(
        (ITEMS, "    - {text: Pertama tf-s01}\n    - {text: Kedua tf-s01}", "    - Kedua tf-s01\n    - Pertama tf-s01")
    )
    order = next(i.value.order for i in draft.items() if i.value.kind == "ordering")
    other = next(i.value.order for i in again.items() if i.value.kind == "ordering")
    assert order != other
    assert set(order) == set(other)
