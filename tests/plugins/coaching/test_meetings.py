"""On the page of a meeting stand its sheets of observation: for its leader, who guides him, and nobody else."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.fieldwork import service as fieldwork
from tests.conftest import WHO_ACTS
from tests.factories.coaching import watches
from tests.factories.enrolment import KAPUAS, the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised

TITLE, FILL, RATE = ">Lembar amatan<", "Isi lembar amatan pertemuan ini", "Nilai diri pada pertemuan ini"


@pytest.fixture
def told(app):
    """Who led, who supervises, and the page of the meeting."""
    leader, guide = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS, name="Rusmini"))
    supervised(guide.id, leader.id)
    sent = sends(leader, "meeting", a_meeting([a_group(leader.id).id]))
    return leader, guide, f"/lapangan/pertemuan/{sent.id}"


def test_the_leader_is_asked_to_rate_himself_and_the_supervisor_to_fill_the_sheet(told, sign_in):
    leader, guide, url = told
    assert (RATE in sign_in(leader).get(url).text, FILL in sign_in(guide).get(url).text) == (True, True)


def test_the_way_leads_to_a_sheet_that_knows_the_day_the_place_and_the_meeting(told, sign_in):
    _leader, guide, url = told
    page = sign_in(guide)
    way = re.search(r'href="(/bimbingan/amatan/baru/[^"]+)"', page.get(url).text).group(1).replace("&amp;", "&")
    form = page.get(way).text
    day = fieldwork.meeting(guide, UUID(url.rpartition("/")[2])).card.on_day
    assert f'name="on_day" value="{day}"' in form
    assert '<option value="pertemuan" selected>' in form
    assert f'name="subject" value="meeting:{url.rpartition("/")[2]}"' in form


def test_what_was_seen_stands_there_with_its_points_and_no_second_sheet_is_asked_for(told, sign_in):
    leader, guide, url = told
    about = {"context": "pertemuan", "subject": f"meeting:{url.rpartition('/')[2]}"}
    watches(guide, leader.id, the_course().id, **about)
    own, seen = sign_in(leader).get(url).text, sign_in(guide).get(url).text
    assert "Amatan Rusmini" in own
    assert "6 dari 9" in own
    assert ("Amatan Anda" in seen, FILL in seen) == (True, False)


def test_who_looks_after_the_group_or_took_it_over_sees_no_sheet_of_who_led(told, sign_in):
    leader, guide, url = told
    watches(guide, leader.id, the_course().id, context="pertemuan", subject=f"meeting:{url.rpartition('/')[2]}")
    new = a_pendamping()
    supervised(guide.id, new)
    group = fieldwork.meeting(guide, UUID(url.rpartition("/")[2])).card.present[0].group_id
    fieldwork.hand_over(guide, group, new, clock.today())
    answer = sign_in(as_actor(new)).get(url)
    assert (answer.status_code, TITLE in answer.text) == (200, False)
    assert TITLE in sign_in(as_actor(someone("koordinator", KAPUAS))).get(url).text


def test_a_sheet_of_another_meeting_or_person_is_not_of_this_one(both):
    leader, guide = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    supervised(guide.id, leader.id)
    today, version = clock.today(), the_course().id
    here = ("meeting:0b7c1f5e-0000-4000-8000-000000000001", leader.id, version, "m1-s01", today)
    elsewhere = {"context": "pertemuan", "subject": "meeting:0b7c1f5e-0000-4000-8000-000000000002"}
    watches(guide, leader.id, version, **elsewhere)
    watches(guide, leader.id, version, context="latihan")
    watches(guide, leader.id, version, context="pertemuan", on_day=today - timedelta(days=1))
    watches(leader, leader.id, version, context="pertemuan", subject=here[0])
    watches(guide, leader.id, version, context="acak")
    found = service.meeting_sheets(guide, *here)
    assert [(s.own, s.context) for s, _name in found.sheets] == [(True, "pertemuan"), (False, "acak")]
    stranger = as_actor(a_pendamping())
    assert service.meeting_sheets(stranger, *here).sheets == ()
    assert not service.meeting_sheets(stranger, *here).may_fill


@pytest.mark.parametrize("who", ["leader", "guide", "koordinator"])
def test_the_page_still_asks_at_most_six_things(told, sign_in, count_queries, who):
    leader, guide, url = told
    root = url.rpartition("/")[2]
    watches(guide, leader.id, the_course().id, context="pertemuan", subject=f"meeting:{root}")
    fieldwork.remark(guide, UUID(root), "present", "ditanya", "Benar 12 orang?")
    actor = {"leader": leader, "guide": guide}.get(who) or as_actor(someone("koordinator", KAPUAS))
    page = sign_in(actor)
    page.get(url)
    with count_queries() as asked:
        assert TITLE in page.get(url).text
    assert len(asked) + WHO_ACTS <= 6, asked
