"""Beside an item and a card in their editors stand the figures of the post-tests: for who writes them, of nobody."""

import pytest

from p2k2lms.core.errors import NotAllowed
from p2k2lms.plugins.assessment import service
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY
from tests.factories.identity import as_actor
from tests.factories.items import MISKEYED, a_class_of_the_reference, a_tested_class, as_in_reference, forms_of, sat

CARD, OTHER = "m1-s01-l01", "m1-s01-l02"
BESIDE, ABOUT = ">Dari post-test<", ">Soal tentang kartu ini<"
ITEM = f"/studio/soal/{TINY}/butir/{MISKEYED}"


def test_the_figures_are_those_of_the_clinic(both):
    trainer, angkatan = a_class_of_the_reference()
    case = next(c for c in service.class_clinic(trainer, angkatan.id).cases if c.item.id == MISKEYED)
    assert service.item_figures(trainer, TINY, MISKEYED) == case.figures


def test_a_card_has_the_items_that_send_back_to_it(app):
    a_tested_class(2)
    actor = an_actor(9, "widyaiswara")
    assert MISKEYED in {item.id for item in service.items_of_card(actor, TINY, CARD)}
    assert service.items_of_card(actor, TINY, OTHER) == []
    assert service.items_of_card(actor, "kursus-lain", CARD) == []


def test_an_item_that_nobody_answered_has_no_figures(app):
    a_tested_class(2)
    actor = an_actor(9, "widyaiswara")
    assert service.item_figures(actor, TINY, MISKEYED) is None


def test_who_writes_no_items_reads_no_figures(app):
    a_class_of_the_reference()
    for role in ("pendamping", "panitia", "admin"):
        with pytest.raises(NotAllowed):
            service.item_figures(an_actor(9, role), TINY, MISKEYED)
        with pytest.raises(NotAllowed):
            service.items_of_card(an_actor(9, role), TINY, CARD)


def test_the_editor_of_an_item_says_what_is_odd_and_what_to_do(app, sign_in, count_queries):
    trainer, _angkatan = a_class_of_the_reference()
    page = sign_in(trainer)
    page.get(ITEM)
    with count_queries() as seen:
        beside = page.get(ITEM).text.partition(BESIDE)[2]
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "24 orang (sementara)" in beside
    assert "Kemungkinan kunci salah" in beside
    looked = page.post(ITEM, data={"do": "look", "stem": "Apa?", "reread": CARD})
    assert BESIDE not in looked.text


def test_few_answers_are_only_counted(app, sign_in):
    trainer, _angkatan, members = a_tested_class(9)
    sat(members, forms_of(members)[:1], "post", as_in_reference)
    page = sign_in(as_actor(trainer)).get(ITEM)
    beside = page.text.partition(BESIDE)[2]
    assert ("Baru 9 orang menjawab soal ini." in beside, "Dijawab benar" in beside) == (True, False)


def test_the_editor_of_a_card_lists_the_items_that_send_back_to_it(app, sign_in, count_queries):
    trainer, _angkatan = a_class_of_the_reference()
    page, url = sign_in(trainer), f"/studio/kursus/{TINY}/kartu/{CARD}"
    page.get(url)
    with count_queries() as seen:
        beside = page.get(url).text.partition(ABOUT)[2]
    assert len(seen) + WHO_ACTS <= 6, seen
    assert f'href="{ITEM}"' in beside
    assert ABOUT not in page.get(f"/studio/kursus/{TINY}/kartu/{OTHER}").text
