"""From the field back to the author: how often a card is left out and why, from enough meetings, of its own course."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import NotAllowed
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.rules import loop
from p2k2lms.plugins.fieldwork.rules.loop import Told
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor

ANI = an_actor(7, "widyaiswara")
SECOND = "m1-s01-l02"


def told(sign: str = "y", minutes: int | None = 60, hands: str = "", obstacle: str = "tidak_ada") -> Told:
    return Told(sign, minutes, hands, obstacle)


def test_reasons_obstacles_time_and_hands_are_counted():
    found = loop.card_loop(
        [told("w", 30, "02"), told("w", 40, "12", "tempat"), told("n"), told("p", 90), told("y", None, "2-", "tempat")]
    )
    assert (found.meetings, found.done, found.part, found.skipped, found.skipped_share) == (5, 1, 1, 3, 60)
    assert found.reasons == (("w", 2), ("n", 1))
    assert found.obstacles == (("tempat", 2),)
    assert found.hands == ({"0": 1, "1": 1, "2": 1}, {"0": 0, "1": 0, "2": 2})
    assert found.minutes is None
    assert loop.card_loop([told(minutes=n) for n in (10, 20, 30, 40, 500)]).minutes == 30


def test_below_five_meetings_only_their_number_is_told():
    found = loop.card_loop([told("w")] * 4 + [told("")] * 9)
    assert (found.enough, found.meetings, found.reasons, found.skipped) == (False, 4, (), 0)
    assert loop.card_loop([told("w")] * 5).enough


def meets(times: int, **traits) -> None:
    """So many meetings of one pendamping, each of a group of its own."""
    holder = a_pendamping()
    for _n in range(times):
        answer = sends(as_actor(holder), "meeting", a_meeting([a_group(holder).id], **traits))
        assert answer.status == "accepted", answer


def test_an_author_sees_what_was_told_of_the_card_in_the_last_year(both):
    meets(3, steps="ywy", minutes=50, handraise="012")
    meets(3, steps="yyy", obstacle="tempat")
    found = service.card_loop(ANI, TINY, SECOND)
    assert (found.meetings, found.skipped, found.reasons) == (6, 3, (("w", 3),))
    assert service.card_loop(ANI, TINY, "m1-s01-l01").skipped == 0
    assert service.card_loop(ANI, "kursus-lain", SECOND).meetings == 0
    assert service.card_loop(ANI, TINY, "m1-s01-l99").meetings == 0
    with clock.stopped(clock.now() + timedelta(days=400)):
        assert service.card_loop(ANI, TINY, SECOND).meetings == 0


def test_who_writes_no_content_reads_no_sums(both):
    with pytest.raises(NotAllowed):
        service.card_loop(an_actor(9, "pendamping"), TINY, SECOND)


def test_the_editor_shows_it_beside_the_card(app, sign_in, count_queries):
    meets(5, steps="ywy")
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"/studio/kursus/{TINY}/kartu/{SECOND}").text
    assert len(seen) + WHO_ACTS <= 6, seen
    beside = page.split("Dari lapangan")[1]
    assert "5 kali (100%)" in beside
    assert "Waktu habis: 5" in beside
    other = browser.get(f"/studio/kursus/{TINY}/kartu/tf-s01-l01").text
    assert "Baru 0 pertemuan dengan kartu ini" in other
