"""Pieces of work of one job: one that fails keeps no other waiting, and the job is tried again."""

import pytest
from sqlalchemy import select, text

from p2k2lms.core import turns
from p2k2lms.core.db import db


def broken():
    raise RuntimeError("padam")


def test_the_pieces_behind_one_that_fails_have_their_turn_and_the_job_fails_then(app, caplog):
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


def test_a_job_whose_pieces_all_hold_says_nothing(app, caplog):
    turns.each("not done", [("only", lambda: None)])
    assert caplog.records == []


def test_the_pieces_of_a_piece_are_told_once_each_and_keep_nobody_waiting(app, caplog):
    done = []

    def looks():
        turns.each("not done", [("one", broken), ("two", lambda: done.append("two"))])

    with pytest.raises(ExceptionGroup) as seen:
        turns.each("not done", [("list", looks), ("look", broken), ("last", lambda: done.append("last"))])
    assert done == ["two", "last"]
    assert [str(one) for one in seen.value.exceptions] == ["padam", "padam"]
    assert [record.getMessage() for record in caplog.records] == ["not done: one", "not done: look"]


def test_a_question_that_the_database_refuses_leaves_the_next_piece_a_clean_connection(both):
    told = []
    refused = ("refused", lambda: db.session.execute(text("SELECT * FROM nowhere")))
    with pytest.raises(ExceptionGroup):
        turns.each("not done", [refused, ("asked", lambda: told.append(db.session.scalar(select(1))))])
    assert told == [1]
