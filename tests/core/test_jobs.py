"""Work after the commit: at least once, one worker at a time, tried again later and later."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, jobs
from p2k2lms.core.db import db
from p2k2lms.core.models import Job
from p2k2lms.core.unit_of_work import unit_of_work
from tests.core.trial import NOON, done


def leave(**payload) -> None:
    with unit_of_work("test.leave") as uow:
        uow.enqueue("trial.do", **payload)


def only_job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def test_a_job_is_done_once_when_all_goes_well(trial):
    leave(n=1)
    assert [jobs.run_due(), jobs.run_due()] == [1, 0]
    assert done == [{"n": 1}]


def test_a_job_of_a_failed_use_case_never_was(trial):
    with pytest.raises(ValueError, match="no"), unit_of_work("test.leave") as uow:
        uow.enqueue("trial.do", n=1)
        raise ValueError("no")
    assert jobs.run_due() == 0


def test_a_job_waits_for_its_time(trial):
    with clock.stopped(NOON), unit_of_work("test.leave") as uow:
        uow.enqueue("trial.do", run_after=NOON + timedelta(hours=1))
    with clock.stopped(NOON + timedelta(minutes=59)):
        assert jobs.run_due() == 0
    with clock.stopped(NOON + timedelta(minutes=61)):
        assert jobs.run_due() == 1


def test_a_failing_job_is_tried_again_later_and_later_and_does_not_stop_the_next(trial):
    with clock.stopped(NOON):
        leave(fail=True)
        leave(n=2)
        assert jobs.run_due() == 2
        assert done == [{"fail": True}, {"n": 2}]
    job = db.session.scalars(select(Job).where(Job.done_at.is_(None))).one()
    assert (job.attempts, job.run_after, job.error) == (1, NOON + timedelta(seconds=2), "OSError: surat tidak terkirim")
    with clock.stopped(NOON + timedelta(seconds=2)):
        assert jobs.run_due() == 1
    assert db.session.get(Job, job.id, populate_existing=True).run_after == NOON + timedelta(seconds=6)


def test_a_job_is_given_up_after_twenty_attempts(trial):
    leave(fail=True)
    for n in range(1, 40):
        with clock.stopped(NOON + timedelta(days=400 + n)):
            jobs.run_due()
    assert (len(done), only_job().attempts) == (20, 20)
    assert (jobs.given_up(), jobs.oldest_waiting_seconds()) == (1, 0)


def test_what_one_worker_has_claimed_no_other_takes(trial):
    leave(n=1)
    assert jobs._claim() is not None
    assert jobs._claim() is None


def test_a_job_whose_worker_died_is_done_by_another(trial):
    """The crash is between claim and done: the lease runs out, and the handler may meet it a second time."""
    with clock.stopped(NOON):
        leave(n=1)
    with clock.stopped(NOON):
        assert jobs._claim() is not None
    with clock.stopped(NOON + jobs.LEASE - timedelta(seconds=1)):
        assert jobs.run_due() == 0
    with clock.stopped(NOON + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.run_due() == 1
    assert (done, only_job().attempts) == ([{"n": 1}], 2)


def test_a_job_whose_plugin_is_gone_stays_and_says_why(trial):
    leave(n=1)
    trial.extensions["job_handlers"] = {}
    assert jobs.run_due() == 1
    assert "no plugin declares" in only_job().error


def test_the_oldest_waiting_job_is_known(trial):
    with clock.stopped(NOON):
        assert jobs.oldest_waiting_seconds() == 0
        leave(n=1)
    with clock.stopped(NOON + timedelta(seconds=90)):
        assert jobs.oldest_waiting_seconds() == 90


def test_a_silent_bell_loses_nothing(trial):
    trial.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    try:
        leave(n=1)
    finally:
        trial.config["REDIS_URL"] = ""
    assert jobs.run_due() == 1
