"""The audit: one row for every use-case that changed something, chained by hash, without personal text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Text, bindparam, func, insert, select, text

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, acting
from p2k2lms.core.db import db, execute, is_sqlite
from p2k2lms.core.models import Audit
from p2k2lms.core.sqlite import sha256_hex

FIRST = "0" * 64
CHAIN_LOCK = 0x70326B32  # any constant: it names the advisory lock of the chain on PostgreSQL
SAID = ("at", "actor_id", "role", "unit_path", "use_case", "subject", "events")

# Every use-case that writes passes here, so these are built once.
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_TABLE: Any = Audit.__table__
_LAST = select(_TABLE.c.hash).order_by(_TABLE.c.id.desc()).limit(1).scalar_subquery()
_BEFORE = select(func.coalesce(_LAST, FIRST).label("hash")).subquery()


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


def write(actor: Actor, use_case: str, subjects: Sequence[str], events: Sequence[str]) -> None:
    """Add a row for each subject to the chain; the last thing before the commit, for on PostgreSQL it takes a lock."""
    if not is_sqlite():
        execute(_LOCK, {"key": CHAIN_LOCK})
    role, unit_path = acting(actor)
    same = {
        "at": clock.now(),
        "actor_id": actor.id,
        "role": role[:200],
        "unit_path": unit_path,
        "use_case": use_case,
        "events": " ".join(events)[:400],
    }
    rows: list[dict[str, Any]] = [{**same, "subject": subject} for subject in subjects]
    execute(_add(is_sqlite()), [{**row, "said": _said(row)} for row in rows])


@cache
def _add(sqlite: bool) -> Any:
    """One statement that finds the row before and adds the next, its hash worked out by the database."""
    whole = _BEFORE.c.hash + bindparam("said", type_=Text)
    mark = func.sha256_hex(whole) if sqlite else func.encode(func.sha256(func.convert_to(whole, "UTF8")), "hex")
    values = [bindparam(name, type_=_TABLE.c[name].type) for name in SAID]
    return insert(_TABLE).from_select(["previous", *SAID, "hash"], select(_BEFORE.c.hash, *values, mark))


def digest(row: Mapping[str, Any]) -> str:
    """The hash of a row: all that it says, and the hash of the row before it."""
    return sha256_hex(row["previous"] + _said(row))


def _said(row: Mapping[str, Any]) -> str:
    """All that a row says for itself, as it is hashed behind the hash of the row before."""
    return "".join(f"\x1f{row[name].isoformat() if name == 'at' else row[name]}" for name in SAID)


def broken_links() -> list[int]:
    """The ids of rows that were changed, or whose predecessor was; empty when the chain holds."""
    broken, previous = [], FIRST
    for row in db.session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=1000)):
        if row.previous != previous or row.hash != digest({name: getattr(row, name) for name in ("previous", *SAID)}):
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
