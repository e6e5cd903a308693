"""The audit: one row for every use-case that changed something, chained by hash, without personal text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db, is_sqlite
from p2k2lms.core.models import Audit

FIRST = "0" * 64
CHAIN_LOCK = 0x70326B32  # any constant: it names the advisory lock of the chain on PostgreSQL


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit as a page shows it."""

    id: int
    at: datetime
    actor_id: int | None
    role: str
    use_case: str
    subject: str
    events: str


def write(actor: Actor, use_case: str, subject: str, events: Sequence[str]) -> None:
    """Add a row to the chain; the last thing before the commit, for on PostgreSQL it takes a lock."""
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    previous = db.session.scalar(select(Audit.hash).order_by(Audit.id.desc()).limit(1)) or FIRST
    row = Audit(
        at=clock.now(),
        actor_id=actor.id,
        role=" ".join(sorted({p.role for p in actor.postings}))[:200],
        unit_path=actor.postings[0].unit_path if actor.postings else "",
        use_case=use_case,
        subject=subject,
        events=" ".join(events)[:400],
        previous=previous,
    )
    row.hash = digest(row)
    db.session.add(row)
    db.session.flush()


def digest(row: Audit) -> str:
    """The hash of a row: all that it says, and the hash of the row before it."""
    said = (
        row.previous,
        row.at.isoformat(),
        row.actor_id,
        row.role,
        row.unit_path,
        row.use_case,
        row.subject,
        row.events,
    )
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()


def broken_links() -> list[int]:
    """The ids of rows that were changed, or whose predecessor was; empty when the chain holds."""
    broken, previous = [], FIRST
    for row in db.session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=1000)):
        if row.previous != previous or row.hash != digest(row):
            broken.append(row.id)
        previous = row.hash
    return broken


def lines(unit_paths: Sequence[str], before: int | None = None, limit: int = 100) -> list[AuditLine]:
    """The newest lines written by people of these units and below, at most `limit`."""
    wanted = select(Audit).order_by(Audit.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Audit.id < before)
    within = [Audit.unit_path.startswith(path, autoescape=True) for path in unit_paths]
    if not within:
        return []
    condition = within[0]
    for other in within[1:]:
        condition = condition | other
    found = db.session.scalars(wanted.where(condition))
    return [AuditLine(r.id, r.at, r.actor_id, r.role, r.use_case, r.subject, r.events) for r in found]
