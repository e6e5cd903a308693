"""What changed is marked in the same transaction, and counted again by one job for many marks."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from p2k2lms.core import clock, jobs, marks
from p2k2lms.core.db import db
from p2k2lms.core.models import DirtyMark, Job
from p2k2lms.core.unit_of_work import unit_of_work
from tests.core.trial import NOON, done

DAY = date(2026, 11, 20)


@pytest.fixture
def counting(trial):
    before = trial.extensions["mark_jobs"], trial.extensions["nightly_jobs"]
    trial.extensions["mark_jobs"] = {"trial.fact": "trial.do"}
    trial.extensions["nightly_jobs"] = ("trial.do",)
    yield trial
    trial.extensions["mark_jobs"], trial.extensions["nightly_jobs"] = before


def touch(*units, fact="trial.fact") -> None:
    with unit_of_work("test.touch") as uow:
        for unit in units:
            uow.touch(unit, DAY, fact)


def queued() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.done_at.is_(None)))


def test_a_mark_names_the_unit_the_month_and_the_fact_once(counting):
    touch(7, 7, 8)
    assert sorted(marks.waiting(["trial.fact"], 10).values()) == [
        (7, date(2026, 11, 1), "trial.fact"),
        (8, date(2026, 11, 1), "trial.fact"),
    ]


def test_what_nobody_counts_leaves_no_mark(counting):
    touch(7, fact="trial.other")
    assert (db.session.scalar(select(func.count()).select_from(DirtyMark)), queued()) == (0, 0)


def test_a_use_case_that_fails_marks_nothing(counting):
    with pytest.raises(ValueError, match="no"), unit_of_work("test.touch") as uow:
        uow.touch(7, DAY, "trial.fact")
        raise ValueError("no")
    assert marks.waiting(["trial.fact"], 10) == {}


def test_one_job_waits_for_the_marks_of_a_minute(counting):
    with clock.stopped(NOON):
        touch(7)
        touch(8)
        assert queued() == 1
    with clock.stopped(NOON + marks.PAUSE - marks.SAFE):
        touch(9)
        assert queued() == 2  # the first begins too soon to be sure of this mark
    with clock.stopped(NOON + 2 * marks.PAUSE):
        assert jobs.run_due() == 2
        touch(10)
        assert queued() == 1


def test_marks_that_were_counted_go_and_later_ones_stay(counting):
    touch(7)
    seen = marks.waiting(["trial.fact"], 10)
    touch(8)
    with unit_of_work("test.counted"):
        marks.remove(seen)
    assert [mark.unit_id for mark in marks.waiting(["trial.fact"], 10).values()] == [8]


def test_nightly_work_is_queued_once_a_night(counting):
    with clock.stopped(NOON):
        night = jobs.queue_nightly()
        assert jobs.queue_nightly(night) == jobs.queue_nightly() == night
        assert queued() == 1
        jobs.run_due()
    with clock.stopped(NOON + timedelta(hours=12)):
        assert jobs.queue_nightly(night) == night  # 00:00 in Makassar: the night has not begun
    with clock.stopped(NOON + timedelta(hours=14)):
        assert jobs.queue_nightly(night) > night
        assert queued() == 1
    assert done == [{}]
