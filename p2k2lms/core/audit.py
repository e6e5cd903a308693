"""The audit: one row for every use-case that changed something, chained by hash, without personal text."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, acting
from p2k2lms.core.db import db, is_sqlite
from p2k2lms.core.models import Audit

FIRST = "0" * 64
CHAIN_LOCK = 0x70326B32  # any constant: it names the advisory lock of the chain on PostgreSQL
SAID = ("previous", "at", "actor_id", "role", "unit_path", "use_case", "subject", "events")

# Every use-case that writes passes here, so these are built once.
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_TABLE: Any = Audit.__table__
_LAST = select(_TABLE.c.hash).order_by(_TABLE.c.id.desc()).limit(1)
_ADD: Any = insert(_TABLE)


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
        db.session.execute(_LOCK, {"key": CHAIN_LOCK})
    role, unit_path = acting(actor)
    row = {
        "previous": db.session.execute(_LAST).scalar() or FIRST,
        "at": clock.now(),
        "actor_id": actor.id,
        "role": role[:200],
        "unit_path": unit_path,
        "use_case": use_case,
        "subject": subject,
        "events": " ".join(events)[:400],
    }
    db.session.execute(_ADD, row | {"hash": digest(row)})


def digest(row: Mapping[str, Any]) -> str:
    """The hash of a row: all that it says, and the hash of the row before it."""
    said = [row["at"].isoformat() if name == "at" else row[name] for name in SAID]
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()


def broken_links() -> list[int]:
    """The ids of rows that were changed, or whose predecessor was; empty when the chain holds."""
    broken, previous = [], FIRST
    for row in db.session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=1000)):
        if row.previous != previous or row.hash != digest({name: getattr(row, name) for name in SAID}):
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
