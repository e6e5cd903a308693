"""Two servers on one database and one Redis: a job is done once, a night begins once, a choice is seen by both."""

import os
import threading
import time
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import redis
from sqlalchemy import select

from config import for_tests
from p2k2lms.core import clock, jobs, settings
from p2k2lms.core.db import db
from p2k2lms.core.models import Job
from p2k2lms.core.tries import may_knock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.factory import create_app
from tests.conftest import an_actor
from tests.factories.identity import the_units

URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
MANY, NIGHTS = 60, 6


@pytest.fixture
def nodes(both, tmp_path):
    """The server of the test, and one beside it with an instance folder of its own; they share a bell."""
    beside = create_app(for_tests(tmp_path, str(both.config["SQLALCHEMY_DATABASE_URI"]), REDIS_URL=URL))
    with redis.Redis.from_url(URL) as bell:
        bell.delete(jobs.BELL)
        yield both, beside
        bell.delete(jobs.BELL)
    with beside.app_context():
        db.engine.dispose()


def together(nodes, act, days: int = 0) -> list[object]:
    """What each node answers when both do the same at one moment, some days from now."""
    now = clock.now() + timedelta(days=days)
    ready, said = threading.Barrier(len(nodes)), {}

    def work(number: int) -> None:
        with nodes[number].app_context(), clock.stopped(now):
            ready.wait(10)
            said[number] = act(number)
            db.session.remove()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(len(nodes))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    return [said[number] for number in range(len(nodes))]


def test_each_job_is_done_by_one_of_them(nodes, monkeypatch):
    done: Counter[int] = Counter()
    both_work = threading.Barrier(len(nodes))

    def note(n: int, begun: list[int]) -> None:
        done.update([n])
        if not begun:  # the quicker one waits with its first, else it may do all before the other has begun
            begun.append(n)
            both_work.wait(30)

    for app in nodes:
        monkeypatch.setitem(app.extensions["job_handlers"], "test.note", partial(note, begun=[]))
    with unit_of_work("test.queue") as uow:
        for n in range(MANY):
            uow.add(Job(name="test.note", payload={"n": n}))
    db.session.remove()
    shares = together(nodes, lambda _number: jobs.run_due(MANY))
    assert sum(shares) == MANY
    assert all(shares), shares
    assert done == Counter(range(MANY))


def test_a_night_begins_once_however_many_workers_look(nodes):
    for night in range(NIGHTS):
        together(nodes, lambda _number: jobs.queue_nightly(), days=night)
    queued = Counter(db.session.scalars(select(Job.name)))
    assert set(queued) == set(nodes[0].extensions["nightly_jobs"])
    assert set(queued.values()) == {NIGHTS}


def test_an_address_has_as_many_tries_at_both_doors_together_as_at_one(nodes):
    let_in = together(nodes, lambda _number: sum(may_knock("test", "10.0.0.7", 20) for _n in range(20)))
    assert sum(let_in) == 20


def test_a_choice_made_at_one_holds_at_the_other_at_once(nodes):
    other = nodes[1]
    key, unit = next(iter(settings.declared())), the_units()["62.03"]
    seen = []
    for text in ("7", "9"):
        settings.choose(an_actor(1, "admin", unit_id=unit), unit, key, text)
        db.session.remove()
        with other.app_context():
            seen.append(settings.value(key, (unit,)))
            db.session.remove()
    assert seen == ["7", "9"]


def test_work_that_one_leaves_wakes_the_worker_of_the_other(nodes):
    one, other = nodes
    one.config["REDIS_URL"] = URL
    took: list[float] = []

    def wait() -> None:
        with other.app_context():
            began = time.monotonic()
            jobs.wait(30, threading.Event())
            took.append(time.monotonic() - began)

    worker = threading.Thread(target=wait)
    worker.start()
    jobs.ring()
    worker.join(20)
    one.config["REDIS_URL"] = ""
    assert took
    assert took[0] < 15
