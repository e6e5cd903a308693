"""Each rule of content is content with a good course and finds the fault of a bad one."""

from dataclasses import replace
from hashlib import sha256

import pytest
from flask import g

from p2k2lms.plugins.catalogue import paths, rules
from p2k2lms.plugins.catalogue.rules import cards, coverage, items, language, prose, scenes, sources, structure, weight
from p2k2lms.plugins.catalogue.rules.counts import counts, spread
from tests.factories.catalogue import course_texts
from tests.plugins.catalogue.drafts import a_draft

CARD = "tf-s01/01-sapaan.md"
OTHER = "m1-s01/02-sepakat.md"
SESI = "tf-s01/_sesi.md"
ITEMS = "tf-s01/soal.yaml"
PICTURE = "tf-s01/gambar-1.svg"
SCENE = "tf-s01/adegan-hujan.yaml"
MANIFEST = "kursus-kecil.yaml"
REGISTER = paths.REGISTER
BODY = "Di Banjarbaru, Ibu Siti memulai dengan satu senyuman."
LONG = " ".join(["kata"] * 26) + "."
ADAPTED = "Bila waktu sempit, pakai dua langkah pertama."
SHORTENED = "'Waktu hanya 5 menit: jalankan langkah"
NOISE = " ".join(sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(700))
CARD_2 = course_texts()["modules_content/kursus-kecil/tf-s01/02-duduk.md"]
ITEM_5 = "- id: q-tf-s01-05"
SINGLE = """- id: q-tf-s01-{n}
  kind: single
  objective: tf-s01-t1
  form: A
  reread: tf-s01-l01
  stem: Tanya {n}?
  options:
    - {{text: Satu, correct: true, why: x}}
    - {{text: Dua, correct: false, why: x}}
    - {{text: Tiga, correct: false, why: x}}
"""
STATEMENT = """- id: q-tf-s01-{n}
  kind: truefalse
  objective: tf-s01-t1
  form: A
  reread: tf-s01-l01
  stem: Tanya {n}?
  options: [{{text: Benar, correct: true, why: x}}, {{text: Salah, correct: false, why: x}}]
"""
SINGLES = "".join(SINGLE.format(n=n) for n in range(30, 60)) + ITEM_5
STATEMENTS = "".join(STATEMENT.format(n=n) for n in range(30, 42)) + ITEM_5

BAD = [
    (structure.ids_are_unique, [(OTHER, "id: m1-s01-l02", "id: m1-s01-l01")], "m1-s01-l01 sudah dipakai di"),
    (structure.ids_are_unique, [(MANIFEST, "id: tf-s02", "id: tf-s01")], "tf-s01 sudah dipakai"),
    (structure.objectives_exist, [(CARD, "[tf-s01-t1]", "[tf-s01-t9]")], "tujuan tf-s01-t9 tidak ada"),
    (structure.objectives_exist, [(ITEMS, "objective: tf-s01-t1", "objective: tf-s02-t1")], "tujuan tf-s02-t1"),
    (structure.cards_to_reread_exist, [(ITEMS, "reread: tf-s01-l03", "reread: tf-s01-l30")], "langkah tf-s01-l30"),
    (structure.pictures_exist, [(CARD, "gambar-1.svg", "gambar-7.svg")], "gambar gambar-7.svg tidak ada"),
    (structure.written_sesi_are_usable, [(SESI, "aim: ", "safeguarding: ")], "wajib diisi"),
    (structure.planned_sesi_have_a_title, [(MANIFEST, "title: Bertanya dan mendengar, ", "")], "belum punya judul"),
    (structure.nothing_is_left_blank, [(SESI, "aim: Pendamping", "aim: (belum ditulis)")], "belum ditulis"),
    (structure.examples_are_of_behaviours, [("tf-s01/rubrik.yaml", "b01", "b09")], "perilaku b09 tidak ada"),
    (cards.learn_texts_have_their_length, [(CARD, BODY, "kata " * 270)], "kata, seharusnya 100 sampai 260"),
    (cards.sesi_have_their_cards, [], "3 langkah, seharusnya 8 sampai 16"),
    (cards.files_have_their_order, [("modules_content/kursus-kecil/tf-s01/01-lagi.md", "", CARD_2)], "nomor 01 sudah"),
    (cards.sesi_are_whole, [(SESI, "Siapa yang sudah mencoba?, ", "")], "2 pertanyaan, seharusnya 3"),
    (cards.sesi_are_whole, [(SESI, "materials: [Kertas, Spidol]", "materials: []")], "wajib diisi"),
    (cards.taught_sesi_have_their_examples, [], "belum ada contoh untuk b01, b02, b03"),
    (cards.minutes_add_up, [(CARD, "minutes: 5", "minutes: 7")], "tertulis 15, jumlah langkah 17 menit"),
    (cards.shortened_meetings_fit, [(SESI, ADAPTED, f"{SHORTENED} 1, 2, dan 3.'")],
     "5 menit, padahal langkahnya perlu 15 menit"),
    (cards.shortened_meetings_fit, [(SESI, ADAPTED, f"{SHORTENED} 1 dan 9.'")],
     "5 menit, padahal"),
    (cards.manifest_agrees, [(MANIFEST, "number: 1,", "number: 2,")], "2, padahal"),
    (cards.cards_differ, [(OTHER, BODY, f"{BODY} {LONG}"), (CARD, BODY, LONG)], "% sama dengan"),
    (cards.cards_use_no_html, [(CARD, BODY, "<b>x</b>")], "HTML tidak dipakai: <b>"),
    (items.options_have_similar_length, [(ITEMS, "Pilihan b dari butir tf-s01 1", LONG)], "panjang pilihan"),
    (items.options_have_similar_length, [(ITEMS, "Pilihan a dari butir tf-s01 1", "satu " * 13)], "jauh lebih panjang"),
    (items.no_option_catches_all, [(ITEMS, "Pilihan b dari butir tf-s01 1", "Semua jawaban benar")], "tidak dipakai"),
    (items.no_option_catches_all, [(ITEMS, "Pilihan b dari butir tf-s01 1", "Semua di atas")], "tidak dipakai"),
    (items.items_differ, [(ITEMS, "butir 8", "butir 5"), (ITEMS, "benar 8", "benar 5"), (ITEMS, "salah 8", "salah 5")],
     "sama dengan q-tf-s01-05"),
    (items.enough_items_are_situations, [], "2 dari 20 butir situasi"),
    (items.single_choice_is_not_all, [(ITEMS, ITEM_5, SINGLES)], "butir single, paling banyak 60 %"),
    (items.keys_are_balanced, [(ITEMS, ITEM_5, SINGLES)], "kunci di tempat ke-1"),
    (items.keys_are_balanced, [(ITEMS, ITEM_5, STATEMENTS)], "Benar adalah kunci 16 dari 16"),
    (coverage.objectives_are_covered, [(ITEMS, "form: cek", "form: A"), (ITEMS, "form: latihan", "form: B")],
     "dilatih"),
    (coverage.objectives_are_covered, [(ITEMS, f"form: {form}", "form: cek") for form in ("A", "B", "anchor")],
     "diuji"),
    (coverage.objectives_are_covered, [(SESI, "minutes:", "  - {id: tf-s01-t3, text: Baru}\nminutes:")], "diajarkan"),
    (coverage.items_ask_what_their_card_teaches, [(CARD, "[tf-s01-t1]", "[tf-s01-t2]")], "tidak mengajarkan tf-s01-t1"),
    (coverage.shares_name_what_is_written, [(MANIFEST, "tf-s01: 2, m1: 2", "tf-s01: 2, m7: 2")], "belum ada sesi"),
    (coverage.forms_can_be_filled, [(MANIFEST, "size: 4", "size: 10"), (MANIFEST, "anchors: 1", "anchors: 2"),
                                    (MANIFEST, "tf-s01: 2", "tf-s01: 8")], "tidak cukup untuk 8"),
    (coverage.forms_can_be_filled, [(f"{sesi}/soal.yaml", "form: anchor", "form: A") for sesi in ("tf-s01", "m1-s01")],
     "bank butir meminta 0 sampai 0 jangkar"),
    (coverage.tests_stay_sealed, [(CARD, BODY, "Rahasia b dari butir tf-s01 1.")], "ini juga ada di kartu"),
    (language.sentences_can_be_said, [(CARD, BODY, LONG)], "kalimat 26 kata"),
    (language.sentences_can_be_said, [(CARD, "Ibu dan Bapak, mari kita coba bersama.", LONG)], "kalimat 26 kata"),
    (language.what_is_spoken_is_short, [(CARD, "mari kita coba bersama.", f"{' kata' * 15}.")], "ucapan 18 kata"),
    (language.what_is_spoken_is_short, [(CARD, "Apa yang Ibu rasakan tadi?", f"Apa{' kata' * 16}?")], "ucapan 17 kata"),
    (language.one_question_is_asked, [(CARD, "rasakan tadi?", "rasakan, dan siapa yang menolong?")], "dua pertanyaan"),
    (language.one_question_is_asked, [(CARD, "rasakan tadi?", "rasakan? Di mana?")], "dua pertanyaan"),
    (language.spelling_is_standard, [(CARD, BODY, "Ada resiko.")], "resiko: yang baku risiko"),
    (language.spelling_is_standard, [(ITEMS, "Urutkan langkah", "Praktek merubah")], "merubah: yang baku mengubah"),
    (sources.sources_resolve, [(REGISTER, "", "L-1: {judul: Undang-Undang}"), (CARD, "key: ", "sources: [L-2]\nkey: ")],
     "sumber L-2 tidak ada"),
    (sources.what_has_no_source_is_to_be_verified, [(CARD, "key: ", "sources: [bk]\nkey: ")], "memerlukan review"),
    (weight.lessons_are_light, [(CARD, BODY, NOISE), ("02-duduk.md", BODY, NOISE[::-1])], "paling banyak 30000"),
    (scenes.choices_lead_somewhere, [(SCENE, "to: lelah", "to: hilang")], "momen hilang tidak ada"),
    (scenes.choices_lead_somewhere, [(SCENE, "start: mulai", "start: awal")], "momen awal tidak ada"),
    (scenes.every_way_ends, [(SCENE, "to: sedikit", "to: mulai")], "adegan berputar"),
    (scenes.every_moment_is_reached, [(SCENE, "to: sedikit", "to: bubar")], "tidak ada jalan ke momen ini"),
    (scenes.scored_behaviours_exist, [(SCENE, "misses: [b01], feedback: Suara", "misses: [b12], feedback: Suara")],
     "perilaku b12 tidak ada"),
    (scenes.scenes_belong_to_their_sesi, [(SCENE, "id: tf-s01-a01", "id: tf-s09-a01")], "id sebuah sesi"),
    (scenes.each_moment_has_a_good_and_a_poor_choice, [(SCENE, "misses: [b01], feedback: Suara",
                                                        "shows: [b01], feedback: Suara")], "pilihan yang kurang"),
    (scenes.the_best_choice_moves, [(SCENE, "misses: [b01], feedback: Suara", "shows: [b01], feedback: Suara")],
     "selalu di tempat yang sama"),
    (scenes.scenes_end_well_and_otherwise, [(SCENE, "end: baik", "end: cukup")], "harus ada akhir baik"),
    (scenes.scenes_are_light, [(SCENE, "Suara Anda tidak terdengar.", "Suara hujan. " * 2_500)], "paling banyak 30000"),
    (language.sentences_can_be_said, [(SCENE, "Belum terlambat.", LONG)], "kalimat 26 kata"),
    (language.sentences_can_be_said, [("tf-s01/rubrik.yaml", "Menyebut guna sapaan.", LONG)], "kalimat 26 kata"),
    (weight.pictures_are_light, [(PICTURE, "</svg>", "<g/>" * 3_000 + "</svg>")], "paling banyak 12000"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "message"), BAD)
def test_a_rule_finds_the_fault_of_a_bad_example(app, rule, changes, message):
    found = list(rule(a_draft(*changes)))
    assert any(message in fault.message for fault in found), found
    assert all(fault.line >= 1 and fault.file for fault in found)


def test_every_rule_has_a_bad_example():
    assert {rule for rule, _, _ in BAD} == {*rules.STRUCTURE, *rules.QUALITY}


@pytest.mark.parametrize("rule", rules.STRUCTURE)
def test_the_tiny_course_has_the_form_that_publishing_asks_for(app, rule):
    assert list(rule(a_draft())) == []


@pytest.mark.parametrize(
    "rule",
    [
        cards.minutes_add_up,
        cards.shortened_meetings_fit,
        cards.files_have_their_order,
        cards.manifest_agrees,
        cards.cards_use_no_html,
        cards.sesi_are_whole,
        items.options_have_similar_length,
        items.no_option_catches_all,
        items.single_choice_is_not_all,
        items.keys_are_balanced,
        items.items_differ,
        *coverage.RULES,
        *language.RULES,
        *weight.RULES,
        *scenes.QUALITY,
    ],
)
def test_a_rule_leaves_what_is_right_alone(app, rule):
    assert list(rule(a_draft())) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu dua. Tiga empat? Lima!", ["Satu dua.", "Tiga empat?", "Lima!"]),
        ("Satu\ndua tiga.\n\nEmpat", ["Satu dua tiga.", "Empat"]),
        ("- satu\n- dua\n1. tiga", ["satu", "dua", "tiga"]),
        ("Pukul 09.00 di [balai](https://x.id). Rp 1.000", ["Pukul 09.00 di balai.", "Rp 1.000"]),
        ("Ia berkata, “Ayo.” Lalu pergi.", ["Ia berkata, “Ayo.”", "Lalu pergi."]),
        ("![gambar](a.svg)", []),
    ],
)
def test_sentences_end_where_a_reader_breathes(text, expected):
    assert prose.sentences(text) == expected


def test_words_are_counted_without_marks():
    assert prose.words("**Ibu-ibu** membaca 3 buku, [ini](https://x.id/a-b).") == [
        "ibu-ibu",
        "membaca",
        "3",
        "buku",
        "ini",
    ]


@pytest.mark.parametrize(("shared", "alike"), [(9, False), (10, True)])
def test_two_cards_may_share_a_quarter_of_their_runs_but_not_more(app, shared, alike):
    sesi = a_draft().sesi[0]
    same = [f"sama{n}" for n in range(shared)]
    first, second = (" ".join(same + [f"{name}{n}" for n in range(24 - shared)]) for name in "ab")
    steps = (replace(sesi.steps[0], body=first), replace(sesi.steps[1], body=second))
    draft = replace(a_draft(), sesi=(replace(sesi, steps=steps),))
    assert bool(list(cards.cards_differ(draft))) is alike


def test_counts_say_what_there_is(app):
    told = counts(a_draft())
    assert (told["sesi"], told["sesi_written"], told["langkah"], told["items"]) == (3, 2, 6, 20)
    assert told["items_by_form"] == {"A": 4, "B": 4, "anchor": 4, "cek": 4, "latihan": 4}
    assert spread([]) == {}
    assert spread([3, 1, 2]) == {"min": 1, "median": 2, "mean": 2.0, "max": 3}


@pytest.mark.parametrize(("rule", "changes"), [(rule, changes) for rule, changes, _ in BAD])
def test_who_reads_english_is_told_in_english(app, rule, changes):
    draft = a_draft(*changes)
    source = {fault.message for fault in rule(draft)}
    with app.test_request_context("/"):
        g.language = "en"
        assert not source & {fault.message for fault in rule(draft)}
