"""The bell of Redis only wakes the worker sooner."""

import os
import threading
import time

import pytest
import redis

from p2k2lms.core import jobs

URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@pytest.fixture
def bell(app):
    app.config["REDIS_URL"] = URL
    with redis.Redis.from_url(URL) as client:
        client.delete(jobs.BELL)
        yield client
        client.delete(jobs.BELL)
    app.config["REDIS_URL"] = ""


def test_a_ringing_bell_ends_the_wait_at_once_and_falls_silent(bell):
    jobs.ring()
    began = time.monotonic()
    jobs.wait(30, threading.Event())
    assert time.monotonic() - began < 5
    assert bell.llen(jobs.BELL) == 0


def test_the_wait_ends_by_itself(bell):
    jobs.wait(0.05, threading.Event())
    assert bell.llen(jobs.BELL) == 0
