"""Who came by number of the roster: ticked or typed, counted for who did not count, kept, and told of as a reach."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import clock, schema
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.figures import INDICATORS
from p2k2lms.plugins.fieldwork.models import GroupMonth
from p2k2lms.plugins.fieldwork.queries import meetings as read
from p2k2lms.plugins.fieldwork.rules import reach
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.fieldwork.values import Change, Present, roster
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from p2k2lms.plugins.outcomes import words
from tests.factories.enrolment import KAPUAS, the_course
from tests.factories.fieldlog import on
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, changes, sends
from tests.factories.identity import as_actor
from tests.plugins.fieldwork.test_teaching_routes import SESI, fields_of

L402 = next(one for one in INDICATORS if one.id == "L4-02")
LAST = date(2026, 10, 31)


@given(st.sets(st.integers(1, roster.LARGEST)))
def test_numbers_are_the_same_after_they_were_spelled_and_packed(ticked):
    assert set(roster.numbers(roster.spelled(ticked))) == ticked
    assert roster.unpacked(roster.packed(ticked)) == ticked


def test_numbers_are_read_as_people_write_them():
    assert roster.numbers(" 3;1 - 2, 9.\n9 ") == (1, 2, 3, 9)
    assert roster.spelled((9, 1, 2, 3)) == "1-3, 9"
    assert (roster.numbers(""), roster.packed(()), len(roster.packed((1, 40)) or b"")) == ((), None, 5)


@pytest.mark.parametrize("said", ["Bu Ani", "5-3", "0", "1000", "1--4", "1,x", "1" * 2_001, None, [1], -4])
def test_what_is_no_list_of_numbers_is_refused(said):
    with pytest.raises(ValueError, match="misalnya 1-12, 15"):
        roster.numbers(said)


@pytest.fixture
def holder(both):
    """A pendamping with a group of 20 families and a course to teach."""
    the_course()
    actor = as_actor(a_pendamping())
    return actor, a_group(actor.id, members=20)


def told(actor, kind, payload):
    """What was sent, and the meeting that it became."""
    answer = sends(actor, kind, payload)
    assert answer.status == "accepted", answer.faults
    return answer, read.led(read.standing([group for group in payload["groups"] if group])[-1].id)[0]


def test_who_ticks_need_not_count_and_men_are_taken_off(holder):
    actor, group = holder
    answer, card = told(actor, "meeting", a_meeting([group.id], women=[""], men=[2], numbers=["1-9, 12"]))
    [one] = card.present
    assert (one.women, one.men, one.ticks, answer.flags) == (8, 2, "1-9, 12", ())


def test_a_report_without_numbers_is_a_whole_report(holder):
    actor, group = holder
    for numbers in ({}, {"numbers": [""]}, {"numbers": []}):
        _answer, card = told(actor, "meeting", a_meeting([group.id], **numbers))
        assert (card.present[0].numbers, card.present[0].families) == (None, 12)


def test_numbers_of_two_groups_stay_with_their_group_and_the_row_without_a_group_goes(holder):
    actor, group = holder
    other = a_group(actor.id, members=9)
    joint = {name: [n, n, ""] for name, n in (("men", 0), ("children", 1), ("homework", 2))}
    said = a_meeting([group.id], **joint, women=["", "", ""], numbers=["1-4", "9", ""])
    _answer, card = told(actor, "meeting", said | {"groups": [group.id, other.id, ""]})
    assert {p.group_id: (p.ticks, p.women) for p in card.present} == {group.id: ("1-4", 4), other.id: ("9", 1)}


@pytest.mark.parametrize(
    ("numbers", "field", "words"),
    [
        (["satu"], "payload.numbers.0", "misalnya 1-12, 15"),
        (["1", "2"], "payload", "Isi jumlah hadir"),
        ("1-4", "payload.numbers", ""),
        ([None], "payload.numbers.0", "misalnya 1-12, 15"),
    ],
)
def test_what_is_no_number_of_a_roster_is_told_beside_its_field(holder, numbers, field, words):
    actor, group = holder
    answer = sends(actor, "meeting", a_meeting([group.id], numbers=numbers))
    assert answer.status == "rejected"
    assert (answer.faults[0].field.rstrip("."), words in answer.faults[0].message) == (field, True)
    assert read.standing([group.id]) == []


def test_a_number_beyond_the_roster_of_the_day_is_kept_with_a_flag(holder):
    actor, group = holder
    sends(actor, "roster", changes(group.id, change="pindah", count=5))
    before = (clock.today() - timedelta(days=1)).isoformat()
    answer, card = told(actor, "meeting", a_meeting([group.id], women=[2], numbers=["1, 29"]))
    assert (answer.status, answer.flags) == ("accepted", ("nomor_tak_terdaftar",))
    assert (card.flags, card.present[0].ticks) == (("nomor_tak_terdaftar",), "1, 29")
    assert sends(actor, "meeting", a_meeting([group.id], numbers=["20"], women=[1])).flags[0] == "nomor_tak_terdaftar"
    there = sends(actor, "meeting", a_meeting([group.id], numbers=["20"], women=[1], on_day=before, sesi=SESI))
    assert "nomor_tak_terdaftar" not in there.flags


def test_a_count_that_is_not_that_of_the_ticks_is_kept_with_a_flag(holder):
    actor, group = holder
    answer, card = told(actor, "meeting", a_meeting([group.id], women=[12], numbers=["1-5"]))
    assert (card.flags, card.present[0].women, card.present[0].ticks) == (("hitungan_lain",), 12, "1-5")
    assert answer.flags == ("hitungan_lain",)


def test_the_form_without_script_takes_numbers_and_its_correction_keeps_them(app, sign_in):
    the_course()
    actor = as_actor(a_pendamping())
    group = a_group(actor.id, members=20, name="Melati")
    page, url = sign_in(actor), f"/lapangan/{group.id}/lapor/{SESI}"
    written = fields_of(page.get(url).text, women="", numbers="1-12, x", note="Hujan")
    refused = page.post(url, data=written)
    assert refused.status_code == 422
    for said in ("Tulis nomor dengan koma atau tanda hubung, misalnya 1-12, 15.", 'value="1-12, x"', "Hujan"):
        assert said in refused.text
    assert 'aria-invalid="true" aria-describedby="numbers-salah"' in refused.text
    kept = page.post(url, data=written | {"numbers": ["1-12, 15"]})
    assert "Nomor yang hadir: 1-12, 15" in page.get(kept.location).text
    mending = page.get(f"{kept.location}/perbaiki").text
    assert 'value="1-12, 15"' in mending
    mended = page.post(f"{kept.location}/perbaiki", data=fields_of(mending, note="Hujan deras"))
    assert mended.status_code == 303
    [meeting] = read.standing([group.id])
    assert [(p.ticks, p.families) for p in meeting.present] == [("1-12, 15", 13)]
    [plan] = page.get("/api/v1/paket/lapangan").json["told"]
    assert plan["payload"]["numbers"] == ["1-12, 15"]


def test_a_paper_sheet_says_who_came_by_its_rows(app, sign_in):
    the_course()
    actor = as_actor(a_pendamping())
    group = a_group(actor.id, members=6)
    typed = {"on_day": clock.today().isoformat(), "came": ["1", "", "2", "1", "-", "0"], "steps": ["y", "y", "y"]}
    assert sign_in(actor).post(f"/lapangan/{group.id}/kertas/{SESI}", data=typed).status_code == 303
    [meeting] = read.standing([group.id])
    assert [(p.women, p.men, p.ticks) for p in meeting.present] == [(2, 1, "1, 3-4")]


def a_tick(day, numbers="", women=None):
    ticked = roster.numbers(numbers)
    return reach.Tick(day, Present(1, 20, len(ticked) if women is None else women, 0, 0, 0, roster.packed(ticked)))


def change(days_before, delta, reason="masuk"):
    return Change(1, LAST - timedelta(days=days_before), delta, reason)


@pytest.mark.parametrize(
    ("later", "members"),
    [
        ([], 20),
        ([change(59, 3)], 23),
        ([change(58, 3)], 20),
        ([change(30, -4, "pindah")], 16),
        ([change(29, -4, "pindah")], 20),
        ([change(70, -4, "pindah")], 16),
        ([change(40, -1, "pindah"), change(39, 1, "pindah")], 20),
        ([change(40, -30, "pindah")], 0),
    ],
)
def test_who_was_a_member_sixty_of_ninety_days_is_counted(later, members):
    assert reach.lasting([change(300, 20), *later], LAST) == members


def test_a_family_counts_once_and_a_group_without_ticks_is_set_aside():
    full, day = [change(300, 20)], LAST - timedelta(days=40)
    twice = reach.row([a_tick(day, "1-10"), a_tick(LAST, "5-14")], full, LAST)
    assert twice == {"reached": 14, "reachable": 20, "unticked": 0}
    aside = {"reached": 0, "reachable": 0, "unticked": 20}
    assert reach.row([], full, LAST) == aside
    assert reach.row([a_tick(day, "1-10"), a_tick(LAST, women=9)], full, LAST) == aside
    assert reach.row([a_tick(day, "1-10"), a_tick(LAST, women=0)], full, LAST)["reached"] == 10
    assert reach.row([a_tick(day, "1-10"), a_tick(day, women=9)], full, LAST)["reached"] == 10
    assert reach.row([a_tick(day, "1-20")], [change(300, 12)], LAST)["reached"] == 12


@pytest.mark.parametrize(
    ("said", "born", "last", "without"),
    [
        ([8, 9, 10], date(2025, 1, 1), LAST, True),
        ([8, 10], date(2025, 1, 1), LAST, False),
        ([], date(2025, 1, 1), LAST, False),
        ([9, 10], date(2026, 8, 20), LAST, True),  # of August it owes no meeting
        ([9], date(2026, 8, 20), LAST, False),
        ([7, 8, 9], date(2025, 1, 1), date(2026, 10, 14), True),  # fourteen days of October owe none yet
        ([7, 8, 9], date(2025, 1, 1), date(2026, 10, 15), False),
        ([8, 9, 10], date(2026, 10, 25), LAST, False),
    ],
)
def test_a_group_is_without_a_meeting_when_every_month_that_owed_one_was_told_so(said, born, last, without):
    assert reach.all_without({date(2026, month, 1) for month in said}, born, last) is without


def test_who_was_told_not_to_meet_reached_nobody_and_who_said_nothing_is_unknown():
    full = [change(300, 20)]
    assert reach.row([], full, LAST, without=True) == {"reached": 0, "reachable": 20, "unticked": 0}
    assert reach.row([a_tick(LAST, women=9)], full, LAST, without=True)["unticked"] == 20
    assert reach.row([a_tick(LAST, "1-3")], full, LAST, without=True)["reached"] == 3


def test_three_months_without_a_meeting_are_a_reach_of_nobody_however_late_they_are_told(both):
    actor = as_actor(a_pendamping())
    with on("2026-11-05"):
        group = a_group(actor.id, members=20)
        for month in ("2026-08", "2026-10", "2026-09"):
            said = sends(actor, "no_meeting", {"group": group.id, "month": month, "reason": "panen"})
            assert said.status == "accepted"
            facts.rebuild()
        indicators.roll_up()
    unit = identity.unit_by_code(KAPUAS).id
    august, september, october = indicators.series([unit], L402, date(2026, 10, 1), 3)[unit]
    assert [one.counts for one in (august, september)] == [(0, 0, 1, 20)] * 2
    assert (october.counts, october.value, october.state) == ((0, 20, 1, 0), 0, "ada")


def test_a_month_of_before_reach_was_counted_says_that_it_is_unknown_and_an_upgrade_counts_it_again(both):
    the_course()
    actor = as_actor(a_pendamping())
    with on("2026-11-05"):
        group = a_group(actor.id, members=20)
        told(actor, "meeting", a_meeting([group.id], on_day="2026-10-10"))
        facts.rebuild()
        indicators.roll_up()
        nothing = dict.fromkeys(("reached", "reachable", "unticked"), 0)
        with writing_pen():
            db.session.execute(update(GroupMonth).values(**nothing))
        october = date(2026, 10, 1)
        indicators.count_months([october])
        unit = identity.unit_by_code(KAPUAS).id
        before = indicators.figures([unit], [L402], october)[unit, "L4-02"]
        assert (before.state, words.value(before), words.fraction(before)) == ("belum_diketahui", "belum diketahui", "")
        again = ScriptDirectory.from_config(schema._config()).get_revision("0051_reach").module.again(october)
        with writing_pen():
            db.session.execute(again)
        facts.rebuild()
        indicators.roll_up()
    known = indicators.figures([unit], [L402], october)[unit, "L4-02"]
    assert (known.counts, known.apart, words.value(known)) == ((0, 0, 1, 20), 100, "belum diketahui")


@pytest.mark.parametrize("sums", [{"reached": 3, "reachable": 2}, {"reached": -1}, {"unticked": -1}])
def test_sums_of_reach_that_cannot_be_are_refused_by_the_database(both, sums):
    a_group(a_pendamping())
    facts.nightly()
    facts.rebuild()
    with pytest.raises(IntegrityError), writing_pen():
        db.session.execute(update(GroupMonth).values(**sums))


@contextmanager
def writing_pen():
    """A transaction past every use-case: what an old release or a hand left in the tables."""
    with unit_of_work("test.by_hand"):
        yield


def test_a_meeting_is_looked_back_on_for_ninety_days():
    assert reach.later_months(date(2026, 1, 31), date(2026, 12, 1)) == [date(2026, m, 1) for m in (2, 3, 4)]
    assert reach.later_months(date(2026, 1, 15), date(2026, 3, 31)) == [date(2026, m, 1) for m in (2, 3)]
    assert reach.later_months(date(2026, 3, 5), date(2026, 3, 31)) == []


def test_the_reach_of_three_months_is_counted_and_the_share_without_ticks_told(both):
    the_course()
    actor = as_actor(a_pendamping())
    with on("2026-10-20"):
        ticked, plain = a_group(actor.id, members=20), a_group(actor.id, members=30)
        for group, day, numbers in (
            (ticked, "2026-08-10", "1-10"),
            (ticked, "2026-09-10", "6-15"),
            (plain, "2026-10-10", ""),
        ):
            told(actor, "meeting", a_meeting([group.id], women=[10], numbers=[numbers], on_day=day))
        facts.rebuild()
        indicators.roll_up()
    unit = identity.unit_by_code(KAPUAS).id
    found = indicators.series([unit], L402, date(2026, 10, 1), 3)[unit]
    assert [one.counts for one in found] == [(10, 20, 1, 30), (15, 20, 1, 30), (15, 20, 1, 30)]
    assert (found[-1].value, found[-1].apart) == (75, 60)


def test_a_late_report_and_its_correction_move_the_months_that_look_back_on_it(both):
    the_course()
    actor = as_actor(a_pendamping())
    with on("2026-10-20"):
        group = a_group(actor.id, members=20)
        told(actor, "meeting", a_meeting([group.id], women=[""], numbers=["1-5"], on_day="2026-10-10"))
        facts.rebuild()
        sent, _card = told(actor, "meeting", a_meeting([group.id], women=[""], numbers=["4-9"], on_day="2026-08-20"))
        facts.rebuild()
        assert reached(group) == [6, 6, 9]
        again = a_meeting([group.id], women=[""], numbers=["11-12"], on_day="2026-08-20") | {"corrects": sent.id}
        told(actor, "correction", again)
        facts.rebuild()
        assert reached(group) == [2, 2, 7]


def reached(group):
    db.session.rollback()
    return [db.session.get(GroupMonth, (group.id, date(2026, month, 1))).reached for month in (8, 9, 10)]
