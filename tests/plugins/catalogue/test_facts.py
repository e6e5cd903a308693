"""The page of dated facts: each with its sources and question, and what should carry a year but does not."""

from dataclasses import replace

from p2k2lms.plugins.catalogue import facts, paths
from tests.plugins.catalogue.drafts import a_draft

CARD = "tf-s01/01-sapaan.md"
BODY = "Di Banjarbaru, Ibu Siti memulai dengan satu senyuman."
REGISTER = (paths.REGISTER, "", "H-1: {judul: Bacaan gizi, alamat: contoh.id}")


def test_a_dated_sentence_stands_with_its_source_and_question(app):
    review = "sources: [H-1, H-2]\nreview: perlu-verifikasi\nreview_question: Masih sama?\nkey: "
    page = facts.page(
        [a_draft(REGISTER, (CARD, "key: ", review), (CARD, BODY, "Anjuran enam kali (per 2021). Tanpa tahun."))]
    )
    assert ": 1 kartu bertanggal" in page
    assert "- Anjuran enam kali (per 2021).\n- Sumber H-1: Bacaan gizi (contoh.id)" in page
    assert "- Sumber H-2: tidak ada dalam daftar\n- Tanyakan: Masih sama?" in page
    assert "Tanpa tahun." not in page


def test_a_card_of_health_without_a_year_is_listed(app):
    page = facts.page([a_draft(REGISTER, (CARD, "key: ", "sources: [H-1]\nkey: "))])
    assert "tanpa tahun dalam teks: 1 kartu\n\n- tf-s01-l01" in page


def test_every_card_that_names_a_number_to_call_is_listed(app):
    page = facts.page([a_draft((CARD, BODY, "Hubungi SAPA 129."))])
    assert "nomor pertolongan (110, 119, 129, 157): 1 kartu\n\n- tf-s01-l01" in page
    assert "nomor pertolongan" not in facts.page([a_draft((CARD, BODY, "Kira-kira 1129 orang datang."))])


def test_the_command_prints_the_page_of_the_shipped_courses(app):
    done = app.test_cli_runner().invoke(args=["courses", "facts"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("# Fakta bertanggal")
    assert "m2-s07-l11" in done.stdout


def test_a_draft_without_a_register_still_has_its_page(app):
    draft = replace(a_draft((CARD, BODY, "Sejak 2018 berubah.")), register=None)
    assert "Sejak 2018 berubah." in facts.page([draft])
