"""One use-case, one transaction: services open it, nobody else commits."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, TypeVar

from flask import current_app

from p2k2lms.core import audit, clock, jobs, marks, once
from p2k2lms.core.access import SYSTEM, Actor
from p2k2lms.core.db import Model, db, pen
from p2k2lms.core.errors import ReadOnly
from p2k2lms.core.events import Event, EventBus
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Job, Notice

log = logging.getLogger(__name__)
_open: ContextVar["UnitOfWork | None"] = ContextVar("open_unit_of_work", default=None)
Record = TypeVar("Record", bound=Model)


class UnitOfWork:
    """What a use-case may do while its transaction is open."""

    def __init__(self, bus: EventBus, use_case: str, actor: Actor, subject: str) -> None:
        self.use_case, self.actor, self.subject = use_case, actor, subject
        self._bus = bus
        self._events: deque[Event] = deque()
        self._told: list[str] = []
        self._marks: set[marks.Mark] = set()
        self._beside: list[str] = []
        self._doomed = False
        self._queued = False

    def add(self, record: Record) -> Record:
        """Save a new record now, so that it has an id and its constraints have spoken."""
        db.session.add(record)
        db.session.flush()
        return record

    def add_all(self, records: Sequence[Model]) -> None:
        """The same for many records at once."""
        db.session.add_all(records)
        db.session.flush()

    def publish(self, event: Event) -> None:
        """Tell other plugins, before this transaction ends."""
        self._events.append(event)

    def enqueue(self, job: str, run_after: datetime | None = None, **payload: Any) -> None:
        """Leave work for the job worker, in this very transaction; `job` is a declared name."""
        jobs.must_be_known(job)
        db.session.add(Job(name=job, payload=payload, **({"run_after": run_after} if run_after else {})))
        self._queued = True

    def notify(self, person_id: int, key: str, url: str, **params: Any) -> None:
        """Put a line in somebody's bell; `key` is a declared notice, `params` fill its text."""
        db.session.add(Notice(person_id=person_id, key=key, url=url, params=params))

    def touch(self, unit_id: int, day: date, fact: str) -> None:
        """Facts of the month of this day have changed in this unit: whoever counts them counts again, soon."""
        self._marks.add(marks.Mark(unit_id, day.replace(day=1), fact))

    def also_about(self, subjects: Iterable[str]) -> None:
        """This transaction is about these too: the audit gets a line for each."""
        self._beside.extend(subjects)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Something that may fail without taking the rest along: what it alone wrote and told is taken back."""
        told, queued, marked = deque(self._events), self._queued, set(self._marks)
        try:
            with db.session.begin_nested():
                yield
        except BaseException:
            self._events, self._queued, self._marks = told, queued, marked
            raise

    def doom(self) -> None:
        """A use-case inside this one failed: half of it must never be committed."""
        self._doomed = True

    def settle(self) -> None:
        """Deliver events, and those that their reactions publish, until none is left; then audit."""
        while self._events and not self._doomed:
            db.session.flush()
            event = self._events.popleft()
            self._told.append(type(event).__name__)
            self._bus.deliver(event)
        if self._doomed:
            raise RuntimeError("a use-case inside this one failed and was silenced")
        db.session.flush()
        for job in marks.leave(self._marks) if self._marks else ():
            self.enqueue(job, run_after=clock.now() + marks.PAUSE)
        audit.write(self.actor, self.use_case, [self.subject, *self._beside], self._told)

    def ring(self) -> None:
        """Wake the worker, if there is something for it."""
        if self._queued:
            jobs.ring()


@contextmanager
def unit_of_work(use_case: str, actor: Actor = SYSTEM, subject: str = "") -> Iterator[UnitOfWork]:
    """Open a transaction named `<plugin>.<verb>_<noun>`, or join the one that a caller has open.

    Everything a use-case decides upon is loaded inside the block: whatever was loaded before is
    read again on its next use, so a decision is never made on a stale row. A read-only actor is refused.
    """
    joined = _open.get()
    if joined is not None:
        try:
            yield joined
        except BaseException:
            joined.doom()
            raise
        return
    if actor.read_only:
        raise ReadOnly(_("Di contoh terbuka, akun ini hanya melihat. Tidak ada yang berubah."))
    db.session.rollback()
    once.forget()
    uow = UnitOfWork(current_app.extensions["event_bus"], use_case, actor, subject)
    token = _open.set(uow)
    try:
        with pen():
            yield uow
            uow.settle()
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _open.reset(token)
    uow.ring()


def let_go() -> None:
    """Forget what was read outside of a unit of work: after a question that failed, the next one asks anew."""
    db.session.rollback()


def is_open() -> bool:
    """True inside a unit of work."""
    return _open.get() is not None
