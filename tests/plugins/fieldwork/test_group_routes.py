"""The pages of groups work by plain forms, show each only their own, and ask little of the database."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.identity.models import Unit
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS, the_course
from tests.factories.fieldwork import a_desa, a_group, a_pendamping, group_now
from tests.factories.identity import as_actor, someone, supervised

MOST_QUERIES = 6


def fields(html):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def test_without_a_group_the_page_says_what_will_stand_here(app, sign_in):
    page = sign_in(as_actor(a_pendamping())).get("/lapangan").text
    assert "Belum ada kelompok" in page
    assert 'href="/lapangan/kelompok/baru"' in page


def test_a_group_is_added_by_a_plain_form(app, sign_in):
    desa, actor = a_desa(), as_actor(a_pendamping())
    page = sign_in(actor)
    assert desa.name in page.get("/lapangan/kelompok/baru").text
    written = {"name": " Melati ", "unit_id": desa.id, "members": "24", "place": "Balai", "since": "2026-01-01"}
    answer = page.post("/lapangan/kelompok/baru", data=written)
    made = service.own_groups(actor)[0]
    assert (answer.status_code, answer.location, made.name) == (303, f"/lapangan/{made.id}", "Melati")
    assert "24 keluarga" in page.get("/lapangan").text


@pytest.mark.parametrize("wrong", [{"members": "-3"}, {"members": "x"}, {"name": ""}, {"unit_id": "7x"}, {"since": ""}])
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(app, sign_in, wrong):
    desa = a_desa()
    written = {"name": "Melati", "unit_id": desa.id, "members": "24", "place": "Balai <b>", "since": "2026-01-01"}
    answer = sign_in(as_actor(a_pendamping())).post("/lapangan/kelompok/baru", data=written | wrong)
    assert answer.status_code == 422
    assert 'class="err"' in answer.text
    assert "Balai &lt;b&gt;" in answer.text


def test_a_change_of_members_is_sent_by_a_plain_form_and_twice_counts_once(app, sign_in):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=20)
    page, url = sign_in(actor), f"/lapangan/{card.id}/anggota"
    html = page.get(url).text
    assert 'data-kirim="fieldwork.roster"' in html
    written = fields(html) | {"change": "graduasi_mandiri", "count": "2", "on_day": clock.today().isoformat()}
    assert [page.post(url, data=written).status_code for _ in range(2)] == [303, 303]
    assert group_now(card.id).members == 18
    answer = page.post(url, data=written | {"sent_id": "", "count": "sepuluh", "numbers": "4, 17"})
    assert answer.status_code == 422
    assert "Isi dengan angka bulat." in answer.text
    assert 'value="4, 17"' in answer.text


def test_a_group_outside_the_usual_size_is_a_word_and_no_barrier(app, sign_in):
    actor = as_actor(a_pendamping())
    small = a_group(actor.id, members=9)
    assert "15 sampai 40" in sign_in(actor).get(f"/lapangan/{small.id}").text


def test_a_supervisor_hands_over_by_a_plain_form(app, sign_in):
    old, new = a_pendamping(), a_pendamping()
    supervisor = as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, old), supervised(supervisor.id, new)
    card, page = a_group(old), sign_in(supervisor)
    assert f'href="/lapangan/{card.id}/serah"' in page.get(f"/lapangan/{card.id}").text
    form = {"to": new, "from_day": clock.today().isoformat()}
    assert page.post(f"/lapangan/{card.id}/serah", data={"to": old, "from_day": "kemarin"}).status_code == 422
    assert page.post(f"/lapangan/{card.id}/serah", data=form).status_code == 303
    assert group_now(card.id).holder_id == new


def test_who_opens_which_page(app, browser, sign_in):
    holder, supervisor = a_pendamping(), someone("supervisor", KAPUAS)
    supervised(supervisor, holder)
    card = a_group(holder)
    urls = ("/lapangan", f"/lapangan/{card.id}", f"/lapangan/{card.id}/anggota", f"/lapangan/{card.id}/serah")
    seen = {
        holder: [200, 200, 200, 403],
        supervisor: [200, 200, 200, 200],
        someone("koordinator", KAPUAS): [200, 200, 200, 200],
        a_pendamping(): [200, 404, 404, 403],
        someone("supervisor", KAPUAS): [200, 404, 404, 404],
        someone("koordinator", BANJAR): [200, 404, 404, 404],
        someone("widyaiswara", KAPUAS): [403, 404, 404, 403],
    }
    for person, wanted in seen.items():
        assert [sign_in(as_actor(person)).get(url).status_code for url in urls] == wanted
    assert all(browser.get(url).location.startswith("/masuk") for url in urls)
    assert sign_in(as_actor(holder)).get("/lapangan/99999999999").status_code == 404


def test_pages_ask_at_most_six_things(app, sign_in, count_queries):
    holder, supervisor = a_pendamping(), someone("supervisor", KAPUAS)
    supervised(supervisor, holder)
    cards = [a_group(holder) for _ in range(5)]
    for person in (holder, supervisor):
        for url in ("/lapangan", f"/lapangan/{cards[0].id}", f"/lapangan/{cards[0].id}/anggota"):
            page = sign_in(as_actor(person))
            with count_queries() as asked:
                assert page.get(url).status_code == 200
            assert len(asked) + WHO_ACTS <= MOST_QUERIES, (url, asked)


LATE_IN_WIB = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
"""23.30 where the group meets; in Central Indonesian Time the next month has begun."""


@pytest.mark.parametrize(
    ("page", "field", "day"),
    [
        ("anggota", "on_day", "2026-11-30"),
        ("kertas/m1-s01", "on_day", "2026-11-30"),
        ("serah", "from_day", "2026-11-30"),
        ("gabung", "from_day", "2026-11-30"),
        ("bagi", "from_day", "2026-11-30"),
        ("lapor/m1-s01", "on_day", "2026-11-30"),
        ("tidak-bertemu", "month", "2026-11"),
    ],
)
def test_late_in_the_evening_a_form_has_the_day_of_the_place_where_the_group_meets(app, sign_in, page, field, day):
    the_course()
    holder, guide = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    for person_id in (holder.id, a_pendamping()):
        supervised(guide.id, person_id)
    card, _other = a_group(holder.id, zone="Asia/Pontianak"), a_group(holder.id)
    client = sign_in(guide if page == "serah" else holder)
    with clock.stopped(LATE_IN_WIB):
        answer = client.get(f"/lapangan/{card.id}/{page}")
    assert answer.status_code == 200
    (box,) = re.findall(rf'<input[^>]*name="{field}"[^>]*>', answer.text)
    assert f'value="{day}"' in box


def test_a_new_group_begins_no_later_than_today_where_it_meets(both):
    desa = a_desa()
    with unit_of_work("test.zone"):
        db.session.get(Unit, desa.id).zone = "Asia/Pontianak"
    actor = as_actor(a_pendamping())
    with clock.stopped(LATE_IN_WIB):
        tomorrow = service.GroupData(desa.id, "Melati", "", 20, date(2026, 12, 1))
        with pytest.raises(Invalid):
            service.add_group(actor, tomorrow)
        assert service.add_group(actor, replace(tomorrow, since=date(2026, 11, 30)))
