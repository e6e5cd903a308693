"""Work after the commit: an outbox table drained at least once; Redis, when configured, only rings the bell."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import redis
from flask import current_app
from sqlalchemy import delete, func, or_, select

from p2k2lms.core import clock
from p2k2lms.core.clock import HOME
from p2k2lms.core.db import db, is_sqlite, writing
from p2k2lms.core.models import Job

log = logging.getLogger(__name__)
Handler = Callable[..., None]
BELL = "p2k2lms:jobs"
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = 20
THE_NIGHT = 260_100  # a lock of ours in PostgreSQL
NIGHT = time(1, 0)  # when nightly work begins, in Central Indonesian Time


def known() -> Mapping[str, Handler]:
    """The handlers that the plugins declared, by job name."""
    handlers: Mapping[str, Handler] = current_app.extensions["job_handlers"]
    return handlers


def must_be_known(name: str) -> None:
    """Refuse a job that nobody would do."""
    if name not in known():
        raise LookupError(f"no plugin declares the job {name!r}")


def ring() -> None:
    """Tell a waiting worker that there is work; a silent bell only makes it later."""
    if url := current_app.config.get("REDIS_URL"):
        try:
            redis.Redis.from_url(url, socket_timeout=1).lpush(BELL, "1")
        except redis.RedisError:
            log.warning("the bell did not ring; the worker will look by itself")


def wait(seconds: float, stop: threading.Event) -> None:
    """Sleep until the bell rings, the time is over, or `stop` is set."""
    url = current_app.config.get("REDIS_URL")
    if not url:
        stop.wait(seconds)
        return
    try:
        bell = redis.Redis.from_url(url, socket_timeout=seconds + 1)
        bell.blpop([BELL], timeout=seconds)
        bell.delete(BELL)
    except redis.RedisError:
        stop.wait(seconds)


def queue_nightly(seen: datetime | None = None) -> datetime:
    """Put each nightly job on the queue, once after one o'clock of the day; returns the night that is seen to.

    Whoever asks again passes the answer on, so that a night is looked up only once.
    """
    since = _last_night()
    names: tuple[str, ...] = current_app.extensions["nightly_jobs"]
    if seen != since and names:
        with _transaction():
            _alone()
            there = set(db.session.scalars(select(Job.name).where(Job.name.in_(names), Job.queued_at >= since)))
            db.session.add_all(Job(name=name, payload={}) for name in names if name not in there)
    return since


def _alone() -> None:
    """Wait until no other worker looks at the night; on SQLite whoever writes is alone already."""
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(THE_NIGHT)))


def _last_night() -> datetime:
    now = clock.now()
    zone = ZoneInfo(HOME)
    today = datetime.combine(now.astimezone(zone).date(), NIGHT, zone)
    return today if today <= now else today - timedelta(days=1)


def run_due(limit: int = 100) -> int:
    """Do what is due, one job after the other, each in its handler's own transactions; return how many."""
    done = 0
    while done < limit and (job := _claim()) is not None:
        _run(*job)
        done += 1
    return done


def _claim() -> tuple[int, str, dict[str, Any], int] | None:
    now = clock.now()
    due = (
        select(Job)
        .where(Job.done_at.is_(None), Job.run_after <= now, Job.attempts < GIVE_UP_AFTER)
        .where(or_(Job.claimed_until.is_(None), Job.claimed_until < now))
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with _transaction():
        job = db.session.scalar(due)
        if job is None:
            return None
        job.claimed_until = now + LEASE
        job.attempts += 1
        return job.id, job.name, dict(job.payload), job.attempts


def _run(job_id: int, name: str, payload: dict[str, Any], attempt: int) -> None:
    handler = known().get(name)
    error = ""
    try:
        if handler is None:
            raise LookupError(f"no plugin declares the job {name!r}")
        handler(**payload)
    except Exception as problem:  # one failing job must not stop the next; it is tried again later
        log.exception("job %s (%s) failed at attempt %s", job_id, name, attempt)
        error = f"{type(problem).__name__}: {problem}"[:500]
    with _transaction():
        job = db.session.get(Job, job_id)
        if job is not None:
            job.claimed_until = None
            job.error = error
            if error:
                job.run_after = clock.now() + min(timedelta(seconds=2**attempt), LONGEST_WAIT)
            else:
                job.done_at = clock.now()


class _transaction:
    """The worker's own short transactions: they are no use-case and leave no audit."""

    def __enter__(self) -> None:
        db.session.rollback()
        self._pen = writing.set(True)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            db.session.rollback() if kind else db.session.commit()
        finally:
            writing.reset(self._pen)


def given_up() -> int:
    """How many jobs failed so often that nobody tries them again."""
    failed = (Job.done_at.is_(None), Job.attempts >= GIVE_UP_AFTER)
    return db.session.scalar(select(func.count()).select_from(Job).where(*failed)) or 0


def forget(name: str) -> None:
    """Take the waiting jobs of this name off the queue, inside a unit of work: nobody needs them done."""
    db.session.execute(delete(Job).where(Job.name == name, Job.done_at.is_(None)))


def oldest_waiting_seconds() -> float:
    """How long the oldest due job has waited; 0 when none waits. What was given up waits no longer."""
    waits = (Job.done_at.is_(None), Job.attempts < GIVE_UP_AFTER)
    oldest = db.session.scalar(select(func.min(Job.run_after)).where(*waits))
    return max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0
