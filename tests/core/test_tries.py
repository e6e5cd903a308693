"""A public door counts its visitors by the minute, for all workers together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Try
from p2k2lms.core.tries import may_knock

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_the_door_closes_after_the_limit_and_opens_with_the_next_minute(both):
    with clock.stopped(NOON):
        assert [may_knock("cek", "10.0.0.1", 3) for _ in range(5)] == [True, True, True, False, False]
        assert may_knock("cek", "10.0.0.2", 3)
        assert may_knock("lain", "10.0.0.1", 3)
    with clock.stopped(NOON + timedelta(minutes=1)):
        assert may_knock("cek", "10.0.0.1", 3)


def test_many_workers_share_one_count(both):
    def knock(_) -> bool:
        with both.app_context(), clock.stopped(NOON):
            return may_knock("cek", "10.0.0.1", 10)

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(knock, range(30))) == 10


def test_no_address_is_kept_and_old_minutes_are_forgotten(both):
    with clock.stopped(NOON):
        may_knock("cek", "10.0.0.1", 3)
    assert "10.0.0.1" not in db.session.scalar(select(Try.who))
    with clock.stopped(NOON + timedelta(minutes=10)):
        may_knock("cek", "10.0.0.9", 3)
    assert db.session.scalar(select(func.count()).select_from(Try)) == 1
