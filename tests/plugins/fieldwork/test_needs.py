"""Which cards need their author most: from enough meetings, counted each night, said with what they were counted on."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import NotAllowed
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.rules import needs
from p2k2lms.plugins.fieldwork.rules.needs import Need
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY, a_course
from tests.plugins.fieldwork.test_loop import ANI, SECOND, meets


def a_need(step: str, skipped: int = 0, *, minutes: int | None = 90, few: int = 0, meetings: int = 100) -> Need:
    return Need(step, meetings, skipped, minutes, 90, few, 100)


def test_a_card_is_in_need_when_one_of_three_things_is_amiss():
    assert a_need("a", 9, minutes=107, few=49).signs == (False, False, False)
    assert a_need("a", 10).signs == (True, False, False)
    assert a_need("a", minutes=108).signs == (False, True, False)
    assert a_need("a", few=50).signs == (False, False, True)
    assert a_need("a", minutes=None).over == 0


def test_what_is_left_out_most_comes_first_then_what_takes_too_long_and_raises_few_hands():
    cards = [
        a_need("c", 31),
        a_need("d", 33, minutes=200),
        a_need("e", 35, few=60, minutes=200),
        a_need("f", minutes=200),
        a_need("b", 44),
        a_need("g"),
        a_need("h", 9, meetings=9),
    ]
    assert [card.step for card in needs.most(cards)] == ["b", "e", "d", "c", "f"]
    assert len(needs.most([a_need(f"k{n:02}", 50) for n in range(30)])) == needs.MOST_CARDS


def test_a_night_counts_every_card_and_a_second_one_says_the_same(both):
    meets(8, steps="ywy", minutes=50, handraise="012")
    meets(4, steps="yyy", minutes=70)
    assert service.cards_in_need(ANI, TINY) is None
    for _night in range(2):
        service.count_cards()
    found = service.cards_in_need(ANI, TINY)
    assert (found.as_of, found.since) == (clock.today(), clock.today() - timedelta(days=365))
    cards = {card.step: card for card, _title in found.cards}
    assert cards[SECOND] == Need(SECOND, 12, 8, 50, 25, 8, 24)
    assert found.cards[0] == (cards[SECOND], "Ayah dan ibu sepakat")
    assert cards["m1-s01-l01"].skipped == 0  # its sesi takes twice the time


def test_too_few_meetings_rank_no_card_and_a_card_that_is_gone_is_not_named(both):
    meets(9, steps="www")
    service.count_cards()
    assert service.cards_in_need(ANI, TINY) is None
    meets(1, steps="www")
    service.count_cards()
    assert len(service.cards_in_need(ANI, TINY).cards) == 3
    assert service.cards_in_need(ANI, "kursus-lain") is None


def test_nothing_is_counted_where_nothing_is_taught_and_who_writes_no_content_reads_nothing(both):
    service.count_cards()
    with pytest.raises(NotAllowed):
        service.cards_in_need(an_actor(9, "pendamping"), TINY)


def test_the_outline_names_them_with_numerator_denominator_period_and_day(app, sign_in, count_queries):
    a_course()
    meets(10, steps="ywy")
    service.count_cards()
    browser = sign_in(ANI)
    browser.get(f"/studio/kursus/{TINY}")
    with count_queries() as seen:
        page = browser.get(f"/studio/kursus/{TINY}").text
    assert len(seen) + WHO_ACTS <= 6, seen
    listed = page.split("paling perlu dibenahi menurut lapangan")[1].split("</details>")[0]
    assert f'href="/studio/kursus/{TINY}/kartu/{SECOND}"' in listed
    assert "Dilewati di 10 dari 10 pertemuan (100%)." in listed
    assert "Kartu dengan kurang dari 10 pertemuan tidak diurutkan." in listed
