"""The printed flip chart and worksheet of a sesi: two sides of a leaf, made once, for who may read the sesi."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from p2k2lms.core import press
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import prints, rules, service
from tests.factories.catalogue import TINY, a_course
from tests.factories.delivery import a_learner, a_longer_course
from tests.factories.enrolment import the_unit

HERE = f"/belajar/{TINY}/tf-s01"


@pytest.fixture(autouse=True)
def places(app):
    the_unit("R4"), a_course()


def cards(pictured):
    """The three cards of a sesi, of which those at these places have a picture."""
    pack = catalogue.open_pack(catalogue.latest(TINY).id)
    found = [pack.cards[f"tf-s01-l0{n}"] for n in (1, 2, 3)]
    return [card.model_copy(update={"picture": "x" if n in pictured else ""}) for n, card in enumerate(found, 1)]


@pytest.mark.parametrize(
    ("pictured", "expected"),
    [
        ((1, 2, 3), [(1, [1]), (2, [2]), (3, [3])]),
        ((1,), [(1, [1, 2, 3])]),
        ((2,), [(2, [1, 2, 3])]),
        ((2, 3), [(2, [1, 2]), (3, [3])]),
        ((), [(1, [1, 2, 3])]),
    ],
)
def test_every_langkah_stands_behind_one_picture(pictured, expected):
    leaves = rules.leaves(cards(pictured))
    assert [(leaf.picture.number, [card.number for card in leaf.spoken]) for leaf in leaves] == expected


def test_a_leaf_has_its_picture_in_front_and_its_words_on_the_back(sign_in):
    answer = sign_in(a_learner()[0]).get(f"{HERE}/lembar-balik.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 2
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)
    card = catalogue.card(catalogue.latest(TINY).id, "tf-s01-l01")
    assert card.title in pages[0].extract_text()
    assert card.teach.say[0] not in pages[0].extract_text().replace("\n", " ")
    assert card.teach.say[0] in pages[1].extract_text().replace("\n", " ")


def test_a_worksheet_is_a_page_for_the_family_and_one_for_the_pendamping(sign_in):
    pages = PdfReader(io.BytesIO(sign_in(a_learner()[0]).get(f"{HERE}/lembar-kerja.pdf").data)).pages
    sheet = catalogue.sesi(catalogue.latest(TINY).id, "tf-s01")
    family, own = (page.extract_text().replace("\n", " ") for page in pages)
    assert sheet.homework in family
    assert sheet.handraise[0] in own
    assert sheet.handraise[0] not in family


def test_a_long_list_to_pack_and_many_adaptations_stay_on_the_second_page(app):
    printed = service.printable(a_learner()[0], TINY, "tf-s01")
    long = {
        "materials": [f"barang nomor {n} yang dibawa dari rumah warga dan dari balai" for n in range(8)],
        "adaptations": [
            f"Keadaan {n}: pendamping mengganti bahan, memendekkan langkah, lalu melanjutkan." for n in range(8)
        ],
    }
    full = replace(printed, sheet=printed.sheet.model_copy(update=long))
    with app.test_request_context():
        assert len(PdfReader(io.BytesIO(prints.worksheet(full))).pages) == 2


def test_a_sheet_is_printed_once_however_often_it_is_asked_for(app, sign_in, monkeypatch):
    app.extensions.pop("delivery_prints", None)
    page, made = sign_in(a_learner()[0]), []
    real = press.pdf
    monkeypatch.setattr(press, "pdf", lambda *given: made.append(1) or real(*given))
    first, second = (page.get(f"{HERE}/lembar-kerja.pdf").data for _ in range(2))
    assert first == second
    assert made == [1]


def test_other_content_under_the_same_number_is_another_sheet(app):
    printed = service.printable(a_learner()[0], TINY, "tf-s01")
    other = replace(printed, sheet=printed.sheet.model_copy(update={"homework": "Menanam kangkung."}))
    with app.test_request_context():
        assert prints.worksheet(printed) != prints.worksheet(other)


def test_what_is_locked_or_not_written_or_not_ones_own_is_not_printed(sign_in):
    a_longer_course()
    actor, _card = a_learner()
    page = sign_in(actor)
    assert page.get(f"/belajar/{TINY}/tf-s02/lembar-balik.pdf").status_code == 404
    assert page.get(f"/belajar/{TINY}/tf-s77/lembar-balik.pdf").status_code == 404
    assert service.printable(actor, TINY, "tf-s01").sesi.id == "tf-s01"


def test_the_sheets_are_linked_where_a_sesi_ends_and_where_its_teaching_begins(sign_in):
    page = sign_in(a_learner()[0])
    for url in (f"{HERE}/tf-s01-l03", f"{HERE}/tf-s01-l01/ajar"):
        text = page.get(url).text
        assert f'href="{HERE}/lembar-balik.pdf"' in text, url
        assert f'href="{HERE}/lembar-kerja.pdf"' in text, url
