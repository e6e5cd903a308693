"""Pieces of work of one job: one that fails keeps no other waiting, and the job is tried again."""

import pytest

from p2k2lms.core import turns


def broken():
    raise RuntimeError("padam")


def test_the_pieces_behind_one_that_fails_have_their_turn_and_the_job_fails_then(caplog):
    done = []
    pieces = [
        ("first", broken),
        ("second", lambda: done.append(2)),
        ("third", broken),
        ("fourth", lambda: done.append(4)),
    ]
    with pytest.raises(ExceptionGroup, match="not done") as seen:
        turns.each("not done", pieces)
    assert done == [2, 4]
    assert [str(one) for one in seen.value.exceptions] == ["padam", "padam"]
    assert [record.getMessage() for record in caplog.records] == ["not done: first", "not done: third"]


def test_a_job_whose_pieces_all_hold_says_nothing(caplog):
    turns.each("not done", [("only", lambda: None)])
    assert caplog.records == []
