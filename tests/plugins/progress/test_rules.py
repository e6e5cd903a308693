"""When a class is completed: a table that a trainer can check line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.progress.rules import (
    all_read,
    decide,
    filters_of,
    may_follow,
    needs_reason,
    rule_decides,
)
from p2k2lms.plugins.progress.values import FAILED, PASSED, Facts, Limits

ASKED = {"daring": Limits(70), "luring": Limits(70, 90, True), "campuran": Limits(70, 90, True)}

CASES = [
    # mode        read  of  test  hadir  micro   passed  what still lacks
    ("daring", 12, 12, 70, None, None, True, []),
    ("daring", 12, 12, 100, None, None, True, []),
    ("daring", 12, 12, 69, None, None, False, ["post_test"]),
    ("daring", 12, 12, 0, None, None, False, ["post_test"]),
    ("daring", 12, 12, None, None, None, False, ["post_test"]),
    ("daring", 11, 12, 100, None, None, False, ["cards"]),
    ("daring", 0, 12, None, None, None, False, ["cards", "post_test"]),
    ("daring", 0, 0, 100, None, None, False, ["cards"]),
    ("luring", 12, 12, 70, 90, True, True, []),
    ("luring", 12, 12, 70, 89, True, False, ["attendance"]),
    ("luring", 12, 12, 70, None, True, False, ["attendance"]),
    ("luring", 12, 12, 70, 100, False, False, ["micro_teaching"]),
    ("luring", 12, 12, 70, 100, None, False, ["micro_teaching"]),
    ("campuran", 11, 12, 65, 50, None, False, ["cards", "post_test", "attendance", "micro_teaching"]),
    ("campuran", 12, 12, 100, 100, True, True, []),
]


@pytest.mark.parametrize("case", CASES)
def test_a_class_is_completed_when_all_that_its_mode_asks_is_there(case):
    mode, read, required, post, hadir, micro, passed, lacks = case
    said = decide(Facts(read, required, post, hadir, micro), ASKED[mode])
    assert (said.passed, [c.key for c in said.missing]) == (passed, lacks)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 99), st.integers(0, 100))
def test_more_never_turns_a_pass_into_a_fail(read, required, post, limit):
    before = decide(Facts(read, required, post), Limits(limit))
    after = decide(Facts(read + 1, required, post + 1), Limits(limit))
    assert after.passed or not before.passed


@pytest.mark.parametrize(("read", "required", "expected"), [(0, 0, False), (3, 4, False), (4, 4, True), (5, 4, True)])
def test_the_post_test_waits_for_every_required_card(read, required, expected):
    assert all_read(read, required) is expected


@pytest.mark.parametrize(
    ("mode", "open_door", "expected"), [("daring", True, True), ("daring", False, False), ("luring", True, False)]
)
def test_the_rule_alone_decides_only_in_a_daring_class_with_an_open_door(mode, open_door, expected):
    assert rule_decides(mode, open_door) is expected


@pytest.mark.parametrize(
    ("earlier", "now", "allowed"),
    [("", PASSED, True), ("", FAILED, True), (FAILED, PASSED, True), (PASSED, FAILED, False), (PASSED, PASSED, False)],
)
def test_a_pass_stands_and_a_fail_may_be_mended(earlier, now, allowed):
    assert may_follow(earlier, now) is allowed


def test_a_reason_is_asked_only_against_the_proposal():
    asked = [needs_reason(passes, decision) for passes in (True, False) for decision in (PASSED, FAILED)]
    assert asked == [False, True, True, False]


def test_a_filter_of_the_grid_shows_what_its_name_says():
    rows = [(True, 80, PASSED), (True, 60, PASSED), (True, 90, FAILED), (False, 65, ""), (False, 70, "")]
    assert [filters_of(complete, post, 70, decision) for complete, post, decision in rows] == [
        ("lulus",),
        ("bawah", "lulus"),
        (),
        ("belum", "bawah"),
        ("belum",),
    ]
    assert filters_of(False, None, 70, "") == ("belum",)
