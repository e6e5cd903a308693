"""The decisions about classes, as tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.enrolment import rules
from p2k2lms.plugins.enrolment.rules import rosters, timetable
from p2k2lms.plugins.enrolment.rules.attending import InRoom, is_in_room
from p2k2lms.plugins.enrolment.values import AngkatanCard, AngkatanPlan

DAY = date(2026, 11, 21)


def a_plan(**traits) -> AngkatanPlan:
    return AngkatanPlan(**{"name": "Angkatan 1", "mode": "luring", "starts": DAY} | traits)


def a_card(**traits) -> AngkatanCard:
    ordinary = {"id": 1, "name": "A", "course": "k", "version_id": 1, "mode": "daring", "centre_unit_id": 2}
    rest = {"centre_path": "/ID/R4/", "starts": DAY, "ends": None, "seats": None, "open_door": True, "closed_at": None}
    return AngkatanCard(**ordinary | rest | traits)


@pytest.mark.parametrize(
    ("plan", "taken", "fields"),
    [
        (a_plan(), 0, []),
        (a_plan(ends=DAY), 0, []),
        (a_plan(ends=DAY - timedelta(days=1)), 0, ["ends"]),
        (a_plan(seats=30), 30, []),
        (a_plan(seats=29), 30, ["seats"]),
        (a_plan(seats=0), 0, ["seats"]),
        (a_plan(seats=100_001), 0, ["seats"]),
        (a_plan(mode="daring", open_door=True), 0, []),
        (a_plan(mode="luring", open_door=True), 0, ["open_door"]),
        (a_plan(mode="lain"), 0, ["mode"]),
    ],
)
def test_a_plan_is_refused_at_the_field_to_blame(plan, taken, fields):
    assert [fault.field for fault in rules.faults_of(plan, taken)] == fields


@pytest.mark.parametrize(
    ("card", "paths", "may"),
    [
        (a_card(), ["/ID/R4/63/63.03/"], True),
        (a_card(), ["/ID/R3/32/"], False),
        (a_card(), [], False),
        (a_card(open_door=False), ["/ID/R4/63/"], False),
        (a_card(mode="luring"), ["/ID/R4/63/"], False),
        (a_card(ends=DAY), ["/ID/R4/63/"], True),
        (a_card(ends=DAY - timedelta(days=1)), ["/ID/R4/63/"], False),
        (a_card(closed_at=DAY), ["/ID/R4/63/"], False),
    ],
)
def test_an_open_door_is_for_people_of_the_centres_area_while_the_class_runs(card, paths, may):
    assert rules.may_walk_in(card, paths, DAY) is may


def test_the_units_above_are_found_with_the_unit_itself():
    assert rules.ancestors(["/ID/R4/63/", "/ID/R4/"]) == ["/ID/", "/ID/R4/", "/ID/R4/63/"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("0812\n0813\r\n", ["0812", "0813"]),
        (" 0812 , uji2;uji3\tuji2", ["0812", "uji2", "uji3"]),
        ("0812 3456 789", ["0812 3456 789"]),
    ],
)
def test_pasted_numbers_are_read_once_each_in_order(text, numbers):
    assert rules.numbers_in(text) == numbers


@given(st.dates(), st.dates(), st.dates())
def test_a_spell_is_never_empty(starts, came, last):
    since = rules.exposed_from(starts, came)
    if last < date.max and since < date.max:
        assert rules.exposed_to(since, last) > since


@pytest.mark.parametrize(
    ("written", "same"), [("0812-0000-0001", "+62 812 0000 0001"), ("Siti  AMINAH", "siti aminah")]
)
def test_two_spellings_of_one_name_or_number_agree(written, same):
    assert rosters.plain(written) == rosters.plain(same)


def test_ten_hours_of_lesson_fall_into_a_day_and_sundays_stay_free():
    saturday = date(2026, 12, 5)
    plans, left = timetable.lay_out(
        [timetable.Subject("m1", "Modul 1", 16), timetable.Subject("m2", "Modul 2", 9)], saturday, date(2026, 12, 7)
    )
    assert left == 5
    assert {p.on_day for p in plans} == {saturday, date(2026, 12, 7)}
    assert [sum(p.jp for p in plans if p.on_day == day) for day in sorted({p.on_day for p in plans})] == [10, 10]
    assert not any(timetable.meet(a, b) for a in plans for b in plans if a is not b)


EIGHT, LONG = 480, 90


def at(minute: int, status: str = "", starts: int = EIGHT) -> InRoom:
    """A meeting of an hour and a half beside this minute of its day."""
    return InRoom(starts, LONG, minute, status)


@pytest.mark.parametrize(
    ("meetings", "there"),
    [
        ([], False),
        ([at(479)], False),
        ([at(480)], True),
        ([at(569)], True),
        ([at(570)], False),
        ([at(500 - 24 * 60)], False),
        ([at(500, "hadir")], True),
        ([at(500, "izin")], False),
        ([at(500, "sakit")], False),
        ([at(500, "alpa")], False),
        ([at(450, "hadir")], True),
        ([at(449, "hadir")], False),
        ([at(599, "hadir")], True),
        ([at(600, "hadir")], False),
        ([at(599, "izin")], False),
        ([at(575, "hadir"), at(575, "alpa", starts=570)], False),
        ([at(575, "alpa"), at(575, "", starts=570)], True),
        ([at(575, "alpa"), at(575, "hadir", starts=600)], True),
    ],
)
def test_who_is_in_the_room_is_told_by_the_meeting_that_runs_then_by_a_mark_nearby(meetings, there):
    assert is_in_room(meetings) is there
