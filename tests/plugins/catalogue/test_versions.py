"""Versions as authors see them: told in words, and a way back that breaks nobody's course."""

import sys

import pytest

from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import queries, service, words
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import DATA, TINY, a_course

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
STEP = "tf-s01-l01"
ADDRESS = f"/studio/kursus/{TINY}/versi"


def another(body: str):
    """The next version, with this text on the first card."""
    found = service.card_draft(ANI, TINY, STEP)
    service.save_card(ANI, TINY, STEP, {**found.fields, "body": body}, found.revision)
    return published()


def published():
    service.hand_in(ANI, TINY)
    return service.approve(BUDI, TINY)


def test_a_course_goes_back_to_an_earlier_version_as_a_new_one_and_the_old_ones_stay(both):
    first = a_course()
    texts = queries.texts(TINY)
    second = another("Kalimat kedua.")
    service.roll_back(ANI, TINY, 1)
    assert queries.texts(TINY) == texts
    third = published()
    assert third.number == 3
    assert len({first.hash, second.hash, third.hash}) == 3
    assert service.open_pack(third.id) == service.open_pack(first.id)
    assert "Kalimat kedua." in service.card(second.id, STEP).html
    assert service.publish(TINY).number == 3
    assert another("Kalimat kedua.").number == 4


def test_what_differs_is_told_card_by_card_in_sentences(app):
    a_course()
    another("Kalimat kedua.\n\nYang lain.")
    told = service.difference(ANI, TINY, 1, 2)
    assert [(card.step, card.kind) for card in told.words.cards] == [(STEP, "changed")]
    assert any("Kalimat kedua." in change.came for change in told.words.cards[0].changes)
    assert not service.difference(ANI, TINY, 2).words.cards
    with pytest.raises(NotFound):
        service.difference(ANI, TINY, 1, 9)
    with pytest.raises(NotFound):
        service.roll_back(ANI, TINY, 9)


def test_the_page_of_versions_compares_and_leads_back(app, sign_in, count_queries):
    a_course()
    another("Kalimat kedua.")
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}?dari=1&ke=2").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "<ins>Kalimat kedua.</ins>" in page
    assert "Kembalikan naskah ke versi 1" in page
    back = browser.post(f"{ADDRESS}/1/kembali")
    assert back.status_code == 303
    assert "Naskah kembali ke versi 1" in browser.get(back.location).text
    service.add_card(ANI, TINY, "tf-s01", "Belum jadi")
    refused = browser.get(f"{ADDRESS}?dari=1")
    assert (refused.status_code, "belum utuh" in refused.text) == (409, True)


QUICK = "Pilihan c dari butir m1-s01 7"
AT_BANK = "m1-s01/soal.yaml"
BANK = (DATA / "modules_content" / TINY / AT_BANK).read_text("utf-8")
SHORT = """
- id: q-m1-s01-11
  kind: short
  objective: m1-s01-t1
  form: cek
  reread: m1-s01-l01
  stem: Siapa namanya?
  accepted: [{text: Ibu, share: 1}, {text: Bu, share: 0.5}]
  why: Begitu.

- id: q-m1-s01-12
  kind: numeric
  objective: m1-s01-t1
  form: cek
  reread: m1-s01-l01
  stem: Berapa menit?
  accepted: [{value: 2.5, tolerance: 0.5}]
  why: Begitu.
"""


def told_of(*replaced: tuple[str, str], actor=ANI):
    """What differs after these words of the bank were replaced by others."""
    text = BANK + SHORT
    a_course(changes={AT_BANK: text})
    for old, new in replaced:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    a_course(changes={AT_BANK: text})
    return service.difference(actor, TINY, 1, 2)


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        (
            "Pilihan b dari butir m1-s01 1, correct: false",
            "Lain sekali, correct: false",
            "Pilihan keliru: Pilihan b dari butir m1-s01 1",
            "Pilihan keliru: Lain sekali",
        ),
        ("Rahasia benar 8 m1-s01.", "Sebab lain.", "Penjelasan: Rahasia benar 8 m1-s01.", "Penjelasan: Sebab lain."),
        (
            "right: Dipeluk m1-s01",
            "right: Dibelai",
            "Pasangan: Bayi m1-s01 – Dipeluk m1-s01",
            "Pasangan: Bayi m1-s01 – Dibelai",
        ),
        ("text: Bu, share: 0.5", "text: Bu, share: 0.2", "Diterima: Bu (50%)", "Diterima: Bu (20%)"),
        ("tolerance: 0.5", "tolerance: 0.2", "Diterima: 2,5 ± 0,5", "Diterima: 2,5 ± 0,2"),
    ],
)
def test_each_thing_that_an_item_says_is_told_with_its_part(app, old, new, went, came):
    (item,) = told_of((old, new)).items
    assert item.kind == "changed"
    assert [(change.went, change.came) for change in item.changes] == [((went,), (came,))]


def test_a_key_that_moved_and_an_item_that_changed_its_use_are_told(app):
    was = "a dari butir m1-s01 1, correct: true"
    key, use = told_of(
        (was, was.replace("true", "false")),
        ("b dari butir m1-s01 1, correct: false", "b dari butir m1-s01 1, correct: true"),
        ("form: anchor\n  reread: m1-s01-l03", "form: latihan\n  reread: m1-s01-l02"),
    ).items
    assert (key.step, key.title) == ("q-m1-s01-01", "Pertanyaan nomor 1 dari m1-s01?")
    assert "Kunci: Pilihan b dari butir m1-s01 1" in [said for change in key.changes for said in change.came]
    assert "Kunci: Pilihan a dari butir m1-s01 1" in [said for change in key.changes for said in change.went]
    assert [said for change in use.changes for said in change.came] == [
        "Kartu untuk dibaca ulang: Ayah dan ibu sepakat",
        "Dipakai dalam: Latihan",
    ]


def test_an_item_of_a_test_is_only_counted_for_who_writes_no_content(app, monkeypatch):
    monkeypatch.setattr(sys.modules[service.difference.__module__], "allowed", lambda *_who: False)
    told = told_of((QUICK, "Pilihan lain"), ("Pernyataan butir 5", "Kalimat butir 5"))
    assert [item.step for item in told.items] == ["q-m1-s01-07"]
    assert told.sealed == 1


def test_the_page_of_versions_tells_what_items_say_otherwise_also_those_that_came_and_went(app, sign_in, count_queries):
    text = BANK + SHORT
    a_course(changes={AT_BANK: text})
    a_course(changes={AT_BANK: BANK.replace(QUICK, "Pilihan <b>baru</b>").replace("butir 5 dari", "butir lima dari")})
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}?dari=1&ke=2").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "<ins>Kunci: Pilihan &lt;b&gt;baru&lt;/b&gt;</ins>" in page
    assert "<ins>Pernyataan butir lima dari m1-s01 ini tepat.</ins>" in page
    gone = page.split("Siapa namanya?")[1]
    assert "tidak ada lagi" in gone.split("</h4>")[0]
    assert "4 soal" in page
    assert service.changed_items(*(one.id for one in reversed(service.versions_of(TINY)))) == {"changed": 2, "gone": 2}


SCENE = (DATA / "modules_content" / TINY / "tf-s01/adegan-hujan.yaml").read_text("utf-8")
MANIFEST = (DATA / "courses" / f"{TINY}.yaml").read_text("utf-8")


def since(end: str, text: str, *replaced: tuple[str, str]):
    """What differs after these words of a document were replaced by others."""
    a_course()
    for old, new in replaced:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    a_course(changes={end: text})
    return service.difference(ANI, TINY, 1, 2)


def pairs(changes) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(change.went, change.came) for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("minutes: 5", "minutes: 7", "Waktu: 5 menit", "Waktu: 7 menit"),
        ("Suara Anda habis.", "Suara serak.", "Tanggapan: Suara Anda habis.", "Tanggapan: Suara serak."),
        ("Berteriak lebih keras.", "Diam.", "Pilihan: Berteriak lebih keras.", "Pilihan: Diam."),
        ("deras.\n    choices:\n      - {text: Memakai gambar besar., shows", "", "Memperlihatkan: ", "Melewatkan: "),
        ("tanpa bekal., to: bubar", "tanpa bekal., to: sedikit", "Lalu: Balai kosong.", "Lalu: Lima ibu"),
        ("Lima ibu tinggal dan mencoba., end: cukup", "", "Akhir: cukup", "Akhir: perlu diulang"),
    ],
)
def test_each_thing_that_a_scene_says_is_told_with_its_part(app, old, new, went, came):
    new = new or old.replace("shows", "misses").replace("end: cukup", "end: ulang")
    (scene,) = since("adegan-hujan.yaml", SCENE, (old, new)).words.scenes
    assert (scene.title, scene.kind) == ("Hujan di atap seng", "changed")
    ((gone,), (here,)) = pairs(scene.changes)[0]
    assert gone.startswith(went)
    assert here.startswith(came)


def test_a_scene_that_begins_elsewhere_says_so(app):
    scene = service.open_pack(a_course().id).scenes["tf-s01-a01"]
    before, after = (words.scene_lines(scene.model_copy(update={"start": name}), {}) for name in ("mulai", "rapat"))
    assert {*after} - {*before} == {"Dimulai dari: Hujan makin deras."}


def test_a_scene_that_goes_is_told_by_its_name(app):
    a_course()
    a_course(changes={"adegan-hujan.yaml": None})
    for numbers, kind in (((1, 2), "gone"), ((2, 1), "new")):
        (scene,) = service.difference(ANI, TINY, *numbers).words.scenes
        assert (scene.title, scene.kind, scene.changes) == ("Hujan di atap seng", kind, ())


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("title: Kursus Kecil", "title: Kursus Baru", "Judul kursus: Kursus Kecil", "Judul kursus: Kursus Baru"),
        ("post_test: 70", "post_test: 75", "Batas lulus post-test: 70%", "Batas lulus post-test: 75%"),
        (
            "luring: 90",
            "luring: 95",
            "Kehadiran paling sedikit: 90%. Tatap muka (luring)",
            "Kehadiran paling sedikit: 95%. Tatap muka (luring)",
        ),
        ("minutes: 20", "minutes: 25", "Waktu tes: 20 menit", "Waktu tes: 25 menit"),
        ("attempts_post: 3", "attempts_post: 2", "Kesempatan post-test: 3", "Kesempatan post-test: 2"),
        (
            "review: langsung",
            "review: skor-saja",
            "Pembahasan terbuka sesudah tes dikumpulkan",
            "Pembahasan tidak dibuka, hanya nilai",
        ),
        ("jp: 9", "jp: 10", "Modul: Teknik fasilitasi, Inti, 9 JP", "Modul: Teknik fasilitasi, Inti, 10 JP"),
    ],
)
def test_each_rule_of_a_course_that_changes_is_told(app, old, new, went, came):
    told = since(f"courses/{TINY}.yaml", MANIFEST, (old, new))
    assert pairs(told.words.rules) == [((went,), (came,))]


def test_a_rule_that_is_not_asked_for_any_more_and_shares_that_move_are_told(app):
    moved = ("{tf-s01: 2, m1: 2}", "{tf-s01: 1, m1: 3}")
    told = since(f"courses/{TINY}.yaml", MANIFEST, (", micro_teaching: {luring: true}", ""), moved)
    assert pairs(told.words.rules) == [
        (("Praktik mengajar diminta. Tatap muka (luring)",), ()),
        (
            ("Soal dari Membuka pertemuan: 2", "Soal dari Pengasuhan dan Pendidikan Anak: 2"),
            ("Soal dari Membuka pertemuan: 1", "Soal dari Pengasuhan dan Pendidikan Anak: 3"),
        ),
    ]


def test_the_page_of_versions_tells_rules_sesi_and_scenes_and_nothing_of_what_is_the_same(app, sign_in, count_queries):
    head = (DATA / "modules_content" / TINY / "tf-s01/_sesi.md").read_text("utf-8")
    (aim,) = [line for line in head.splitlines() if line.startswith("aim:")]
    a_course()
    a_course(
        changes={
            "adegan-hujan.yaml": SCENE.replace("Balai kosong.", "Balai <b>sepi</b>."),
            "tf-s01/_sesi.md": head.replace(aim, "aim: Ibu merasa disambut."),
            f"courses/{TINY}.yaml": MANIFEST.replace("post_test: 70", "post_test: 75"),
        }
    )
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}?dari=1&ke=2").text
    assert len(seen) + WHO_ACTS <= 6, seen
    for said in ("Balai &lt;b&gt;sepi&lt;/b&gt;.", "Tujuan sesi: Ibu merasa disambut.", "Batas lulus post-test: 75%"):
        assert f"<ins>{said}</ins>" in page
    same = browser.get(f"{ADDRESS}?dari=2&ke=2").text
    assert "<ins>" not in same
    assert "Aturan kursus" not in same
