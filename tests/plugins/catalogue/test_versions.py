"""Versions as authors see them: told in words, and a way back that breaks nobody's course."""

import pytest

from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import queries, service
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course

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
    assert [(card.step, card.kind) for card in told.cards] == [(STEP, "changed")]
    assert any("Kalimat kedua." in change.came for change in told.cards[0].changes)
    assert not service.difference(ANI, TINY, 2).cards
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
    assert len(seen) <= 6
    assert "<ins>Kalimat kedua.</ins>" in page
    assert "Kembalikan naskah ke versi 1" in page
    assert browser.post(f"{ADDRESS}/1/kembali").status_code == 303
    service.add_card(ANI, TINY, "tf-s01", "Belum jadi")
    refused = browser.get(f"{ADDRESS}?dari=1")
    assert (refused.status_code, "belum utuh" in refused.text) == (409, True)
