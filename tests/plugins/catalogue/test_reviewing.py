"""The yearly review of a course in the studio: questions to ask, facts with their year, numbers to call."""

import pytest

from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY, a_course, course_texts

ANI = an_actor(7, "widyaiswara")
STEP = "tf-s01-l01"
ADDRESS = f"/studio/kursus/{TINY}/tinjauan"


CARD = "modules_content/kursus-kecil/tf-s01/01-sapaan.md"
BODY = "Di Banjarbaru, Ibu Siti memulai dengan satu senyuman."
ASKED = "review: perlu-verifikasi\nreview_question: Masih enam kali?\n"


def says(body, front):
    text = course_texts()[CARD].replace(BODY, body).replace("key: ", f"{front}key: ", 1)
    a_course(changes={CARD: text})


def test_a_question_a_year_and_a_number_to_call_stand_on_one_page(sign_in, count_queries):
    says("Anjuran enam kali (per 2021). Hubungi SAPA 129.", f"sources: [H-1]\n{ASKED}")
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(ADDRESS).text
    assert "1 kartu menunggu verifikasi" in page
    assert "Masih enam kali?" in page
    assert "Anjuran enam kali (per 2021)." in page
    assert "Menyebut nomor pertolongan" in page
    assert page.count(f"/studio/kursus/{TINY}/kartu/{STEP}") == 3
    assert len(seen) + WHO_ACTS <= 6, seen


def test_a_question_that_was_answered_leaves_the_list_and_one_that_is_typed_enters_it(app):
    says("Enam kali.", ASKED)
    for typed, waiting in (("", []), ("Berapa kali?", [STEP])):
        found = service.card_draft(ANI, TINY, STEP)
        service.save_card(ANI, TINY, STEP, {**found.fields, "review_question": typed}, found.revision)
        assert [card.id for card in service.yearly_review(ANI, TINY).found.asked] == waiting


def test_what_rests_on_sources_that_grow_old_and_names_no_year_is_listed(sign_in):
    says("Tanpa tahun.", "sources: [H-1]\n")
    assert [card.id for card in service.yearly_review(ANI, TINY).found.silent] == [STEP]
    page = sign_in(ANI).get(ADDRESS).text
    assert "tanpa tahun" in page
    assert "Tidak ada kartu yang menunggu verifikasi" in page


def test_the_outline_leads_to_the_review(sign_in):
    a_course()
    assert ADDRESS in sign_in(ANI).get(f"/studio/kursus/{TINY}").text


def test_a_course_that_is_not_there_has_no_review(app):
    with pytest.raises(NotFound):
        service.yearly_review(ANI, "tidak-ada")
