"""A pendamping whose duty ends gives up the groups that day; the koordinator is told, finds and hands them on."""

import re
from datetime import date, timedelta

import pytest

from p2k2lms.core import clock, marks
from p2k2lms.core.i18n import long_date
from p2k2lms.core.notices import of_person
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.rules import members
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.fieldwork.values import Held
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.service import leaving
from p2k2lms.plugins.identity.values import PostingData
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.fieldwork import KECAMATAN, a_group, a_meeting, a_pendamping, group_now, held, sends
from tests.factories.identity import a_person, a_posting, as_actor, someone, supervised

TODAY = clock.today()
DAY = TODAY - timedelta(days=3)
MOST_QUERIES = 6


def leaves(person_id, day=DAY, role="pendamping"):
    """The oldest open posting of this role ends."""
    lasting = [p for p in identity.postings_of(person_id) if p.role == role and p.valid_to is None]
    posting = min(lasting, key=lambda p: p.valid_from)
    identity.end_posting(as_actor(someone("admin", "62")), posting.id, day, "pindah")
    return posting


def told(person_id):
    return [str(notice.text) for notice in of_person(person_id)]


def test_groups_are_held_by_nobody_from_the_day_on_which_the_duty_ends(both):
    holder = a_pendamping(name="Rina")
    supervisor, boss, other = (
        someone("supervisor", KAPUAS),
        someone("koordinator", KAPUAS),
        someone("koordinator", BANJAR),
    )
    supervised(supervisor, holder)
    cards = [a_group(holder) for _ in range(2)]
    facts.rebuild()
    leaves(holder)
    for card in cards:
        assert group_now(card.id).holder_id is None
        assert read.card(card.id, DAY - timedelta(days=1)).holder_id == holder
    assert identity.supervisor_of(holder, DAY) is None
    assert identity.supervisor_of(holder, DAY - timedelta(days=1)) == supervisor
    assert {mark.unit_id for mark in marks.waiting([facts.RAW], 99).values()} == {cards[0].unit_id}
    for person in (supervisor, boss):
        assert told(person) == [f"Rina tidak lagi bertugas mulai {long_date(DAY)}. Kelompok tanpa pendamping: 2."]
    assert told(other) == []


def test_a_report_of_days_after_is_kept_and_says_that_the_group_was_not_held(both):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id)
    leaves(actor.id)
    before = sends(actor, "meeting", a_meeting([card.id], on_day=(DAY - timedelta(days=1)).isoformat()))
    after = sends(actor, "meeting", a_meeting([card.id], on_day=DAY.isoformat()))
    assert [(a.status, a.flags) for a in (before, after)] == [("accepted", ()), ("accepted", ("bukan_pemegang",))]


def test_the_duty_of_another_role_or_another_unit_gives_up_nothing_here(both):
    holder = a_pendamping()
    a_posting(holder, "supervisor", KAPUAS)
    here, there = a_group(holder), a_group(holder, desa=f"{KECAMATAN}.9002")
    leaves(holder, role="supervisor")
    a_posting(holder, "pendamping", f"{KECAMATAN}.9001")
    leaves(holder)
    assert [group_now(card.id).holder_id for card in (here, there)] == [holder, None]


def test_who_comes_back_after_a_gap_keeps_the_supervisor_and_what_lies_in_the_new_unit(both):
    holder, old, new = a_pendamping(), someone("supervisor", KAPUAS), someone("supervisor", KAPUAS)
    comes = DAY + timedelta(days=2)
    supervised(old, holder, valid_to=DAY)
    supervised(new, holder, valid_from=comes)
    here, gone, planned = a_group(holder), a_group(holder, desa=f"{KECAMATAN}.9002"), a_group(None)
    held(planned.id, holder, comes)
    a_posting(holder, "pendamping", f"{KECAMATAN}.9001", valid_from=comes)
    leaves(holder)
    assert [group_now(card.id).holder_id for card in (here, gone, planned)] == [holder, None, holder]
    assert [identity.supervisor_of(holder, day) for day in (DAY, comes)] == [None, new]


def test_a_supervision_that_reaches_into_the_next_duty_goes_on_and_one_before_it_falls(both):
    holder, guide = a_pendamping(), someone("supervisor", KAPUAS)
    comes = TODAY + timedelta(days=9)
    supervised(guide, holder)
    a_posting(holder, "pendamping", BANJAR, valid_from=comes)
    leaves(holder)
    assert identity.supervisor_of(holder, comes) == guide
    other = a_pendamping()
    supervised(guide, other, valid_to=TODAY + timedelta(days=5))
    a_posting(other, "pendamping", BANJAR, valid_from=comes)
    leaves(other)
    assert identity.supervisor_of(other, DAY) is None


def test_what_was_left_before_custody_ended_with_the_duty_is_given_up_in_the_night_once(both):
    stays, gone, comes = a_pendamping(), a_person(name="Rina"), a_person()
    boss, guide = someone("koordinator", KAPUAS), someone("supervisor", KAPUAS)
    a_posting(gone, "pendamping", KECAMATAN, valid_to=DAY)
    a_posting(comes, "pendamping", KECAMATAN, valid_from=TODAY + timedelta(days=5))
    cards = [a_group(person) for person in (gone, stays, comes)]
    for person in (gone, stays, comes):
        supervised(guide, person)
    for _night in range(2):
        service.leave_late()
        leaving.leave_late()
    assert [group_now(card.id).holder_id for card in cards] == [None, stays, comes]
    assert read.card(cards[0].id, TODAY - timedelta(days=1)).holder_id == gone
    assert [identity.supervisor_of(person, TODAY) for person in (gone, stays, comes)] == [None, guide, guide]
    assert told(boss) == [f"Rina tidak lagi bertugas mulai {long_date(TODAY)}. Kelompok tanpa pendamping: 1."]


def test_one_who_cannot_be_seen_to_keeps_no_other_waiting(app, monkeypatch):
    people = [a_person(), a_person()]
    cards = [a_group(person) for person in people]
    really = members.is_left
    refused = iter([True])
    monkeypatch.setattr(members, "is_left", lambda *said: 1 / 0 if next(refused, False) else really(*said))
    with pytest.raises(ExceptionGroup, match="given up"):
        service.leave_late()
    assert [group_now(card.id).holder_id for card in cards] == [people[0], None]
    service.leave_late()
    assert group_now(cards[0].id).holder_id is None


@pytest.mark.parametrize(
    ("group", "ended", "others", "left"),
    [
        ("/ID/A/1/", "/ID/A/", [], True),
        ("/ID/B/1/", "/ID/A/", [], True),
        ("/ID/A/1/", "/ID/A/", ["/ID/A/1/"], False),
        ("/ID/A/2/", "/ID/A/", ["/ID/A/1/"], True),
        ("/ID/B/1/", "/ID/A/", ["/ID/C/"], False),
    ],
)
def test_which_groups_go_with_a_duty(group, ended, others, left):
    assert members.is_left(group, ended, others) is left


def test_what_was_to_begin_later_falls_and_a_new_group_was_held_for_a_day(both):
    old, holder = a_pendamping(), a_pendamping()
    planned, made = a_group(None), a_group(None, valid_from=TODAY)
    held(planned.id, old, date(2025, 1, 1), TODAY)
    held(planned.id, holder, TODAY)
    held(made.id, holder, TODAY)
    leaves(holder)
    assert [(h.person_id, h.valid_to) for h in read.custody_of([planned.id])] == [(old, TODAY)]
    assert [h.valid_to for h in read.custody_of([made.id])] == [TODAY + timedelta(days=1)]


def test_who_is_to_leave_holds_until_then(both):
    holder, boss = a_pendamping(), as_actor(someone("koordinator", KAPUAS))
    card = a_group(holder)
    leaves(holder, TODAY + timedelta(days=5))
    assert group_now(card.id).holder_id == holder
    assert service.without_holder(boss).groups == ()
    with clock.stopped(clock.now() + timedelta(days=6)):
        assert [group.id for group in service.without_holder(boss).groups] == [card.id]


def test_the_koordinator_finds_the_groups_and_hands_them_back_with_two_presses(app, sign_in, count_queries):
    holder, other = a_pendamping(name="Rina"), a_pendamping()
    boss, card = as_actor(someone("koordinator", KAPUAS)), a_group(holder, name="Melati")
    page = sign_in(boss)
    assert "Kelompok tanpa pendamping" not in page.get("/lapangan").text
    posting = leaves(holder)
    with count_queries() as asked:
        shown = page.get("/lapangan").text
    assert len(asked) + WHO_ACTS <= MOST_QUERIES, asked
    assert "Kelompok tanpa pendamping" in shown
    assert "dulu Rina" in shown
    assert f'href="/lapangan/{card.id}/serah"' in shown
    again = PostingData("pendamping", posting.unit.kemendagri_code, DAY)
    identity.post_person(as_actor(someone("admin", "62")), holder, again)
    form = page.get(f"/lapangan/{card.id}/serah").text
    assert re.search(rf'<option selected value="{holder}">', form)
    assert f'value="{DAY.isoformat()}"' in form
    answer = page.post(f"/lapangan/{card.id}/serah", data={"to": holder, "from_day": DAY.isoformat()})
    assert answer.status_code == 303
    assert "belum ada pemegang" in page.get(answer.location).text
    assert [read.card(card.id, day).holder_id for day in (DAY - timedelta(days=1), DAY, TODAY)] == [holder] * 3
    assert "Kelompok tanpa pendamping" not in page.get("/lapangan").text
    assert sends(as_actor(holder), "meeting", a_meeting([card.id])).flags == ()
    assert other not in {h.person_id for h in read.custody_of([card.id])}


def test_only_who_may_hand_over_is_shown_the_groups_and_each_those_of_the_own_units(app, sign_in):
    holder, guide = a_pendamping(), someone("supervisor", KAPUAS)
    supervised(guide, holder)
    card = a_group(holder)
    leaves(holder)
    the_unit(BANJAR)
    seen = {
        someone("koordinator", KAPUAS): True,
        someone("admin", "ID"): True,
        someone("koordinator", BANJAR): False,
        guide: False,
        someone("dinsos", KAPUAS): False,
        a_person(): None,
    }
    for person, wanted in seen.items():
        answer = sign_in(as_actor(person)).get("/lapangan")
        assert (f"/lapangan/{card.id}/serah" in answer.text) is bool(wanted), person


def test_the_last_holder_is_known_as_long_as_nobody_follows():
    first, second = Held(1, 7, date(2026, 1, 1), date(2026, 2, 1)), Held(1, 8, date(2026, 3, 1), None)
    assert members.left_by([first], date(2026, 2, 1)) == first
    assert members.left_by([first], date(2026, 1, 31)) is None
    assert members.left_by([first, second], date(2026, 3, 1)) is None
    assert members.left_by([], date(2026, 3, 1)) is None
