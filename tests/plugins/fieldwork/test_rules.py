"""Pure rules of the field: what comes next, how a tick moves on, whose month it is."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork.rules import arranging, coverage, members, months, teaching
from p2k2lms.plugins.fieldwork.values import Change, Given, GroupCard, Held, Present

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def sesi(number):
    plan = {"id": f"m1-s0{number}", "modul_id": "m1", "title": f"Sesi {number}", "number": number, "minutes": 60}
    return OutlineSesi(**plan, kb=1, written=True, aim="", steps=())


def given(number, steps, day=1):
    came = (Present(1, 20, 10, 0, 0, 0),)
    return Given(uuid4(), 7, date(2026, 10, day), f"m1-s0{number}", 1, steps, NOW, came)


PLAN = [sesi(number) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("meetings", "line", "following"),
    [
        ([], "n   ", 1),
        ([given(1, "yy")], "dn  ", 2),
        ([given(1, "yp")], "h   ", 1),
        ([given(1, "yp"), given(2, "yy", 2)], "hdn ", 3),
        ([given(1, "yp"), given(1, "ny", 2)], "dn  ", 2),
        ([given(1, "yy"), given(3, "yy", 2)], "dod ", 2),
        ([given(1, "nw")], "n   ", 1),
        ([given(n, "yy", n) for n in (1, 2, 3, 4)], "dddd", None),
    ],
)
def test_the_map_of_a_group_and_what_it_is_taught_next(meetings, line, following):
    cells = coverage.row(1, PLAN, meetings)
    assert "".join(cells[s.id].state or " " for s in PLAN) == line
    found = coverage.next_sesi(1, PLAN, meetings)
    assert (found.number if found else None) == following


def test_a_tick_moves_on_and_nonsense_begins_anew():
    state = teaching.state_of({"k": "y--", "n": "2", "m": "0805", "h": "2026-11-21", "t": "w"}, 3, NOW)
    assert (state.ticks, state.number, state.began, state.day) == ("yw-", 3, time(8, 5), date(2026, 11, 21))
    assert state.report_ticks == "ywn"
    for strange in ({"k": "y-"}, {"k": "zzz", "n": "x"}, {"n": "²"}, {"n": "9" * 50, "k": "??"}):
        assert teaching.state_of(strange, 3, NOW).ticks == "---"
    assert teaching.hands({"t1": "2", "t3": "0"}, 3) == "2-0"
    assert teaching.hands({"t1": "9"}, 3) == ""


def test_the_later_holder_answers_for_a_month_shared_in_half():
    month = months.month_of(date(2026, 2, 10))
    halves = [Held(1, 5, date(2026, 1, 1), date(2026, 2, 15)), Held(1, 6, date(2026, 2, 15), None)]
    assert months.responsible(halves, month) == 6
    assert months.responsible(halves, months.earlier(month)) == 5
    assert months.responsible([], month) is None
    assert members.holder_on(halves, date(2026, 2, 15)) == 6


def a_card(begun: date, ended: date | None = None) -> GroupCard:
    return GroupCard(1, "Melati", "", 1, "/ID/", "Asia/Jakarta", begun, ended)


@pytest.mark.parametrize(
    ("day", "begun", "ended", "other", "entry", "why"),
    [
        ("11-22", "01-05", None, "01-05", "01-05", ""),
        ("11-23", "01-05", None, "01-05", "01-05", "day"),  # not yet
        ("09-23", "01-05", None, "01-05", "01-05", "day"),  # sixty days ago
        ("09-24", "01-05", None, "01-05", "01-05", ""),
        ("11-10", "11-10", None, "01-05", "11-10", "day"),  # the day on which it began
        ("11-11", "11-10", None, "01-05", "11-10", ""),
        ("11-10", "01-05", None, "11-10", "01-05", "day"),  # the other began then
        ("11-20", "01-05", "11-20", "01-05", "01-05", "ended"),
        ("11-19", "01-05", "11-20", "01-05", "01-05", ""),
        ("11-20", "01-05", None, "01-05", "11-21", "ledger"),
        ("11-20", "01-05", None, "01-05", "11-20", ""),
    ],
)
def test_families_move_from_a_day_that_nothing_speaks_against(day, begun, ended, other, entry, why):
    said = [date.fromisoformat(f"2026-{one}") for one in (day, begun, ended or day, other, entry)]
    card = a_card(said[1], said[2] if ended else None)
    assert arranging.why_not_from(said[0], card, said[3], NOW.date(), [Change(1, said[4], 20, "")]) == why


@pytest.mark.parametrize(
    ("handed_over", "may"), [((), True), (("01-05",), True), (("01-05", "11-20"), False), (("11-21",), False)]
)
def test_a_group_ends_only_after_its_last_change_of_hands(handed_over, may):
    assert arranging.may_end_on(date(2026, 11, 20), [date.fromisoformat(f"2026-{day}") for day in handed_over]) is may


@pytest.mark.parametrize(("number", "part"), [(-1, False), (0, False), (1, True), (19, True), (20, False), (21, False)])
def test_a_part_leaves_families_behind(number, part):
    assert arranging.is_part(number, 20) is part
