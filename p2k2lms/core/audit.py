"""The audit: one row for every use-case that changed something, chained by hash, without personal text."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, bindparam, false, func, insert, or_, select, text

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, acting
from p2k2lms.core.db import among, db, execute, is_sqlite
from p2k2lms.core.models import BY_OFFICERS, Audit
from p2k2lms.core.sqlite import sha256_hex

FIRST = "0" * 64
LOOKED_AT = 200_000  # rows that a list walks through at most: some 60 ms
CHAIN_LOCK = 0x70326B32  # any constant: it names the advisory lock of the chain on PostgreSQL
SAID = ("at", "actor_id", "role", "unit_path", "use_case", "subject", "events")

# Every use-case that writes passes here, so these are built once.
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_TABLE: Any = Audit.__table__
_LAST = select(_TABLE.c.hash).order_by(_TABLE.c.id.desc()).limit(1).scalar_subquery()
_BEFORE = select(func.coalesce(_LAST, FIRST).label("hash")).subquery()


@dataclass(frozen=True)
class Wanted:
    """Which lines are looked for; what is left empty does not matter.

    `officers` True: what officers did; False: what came from the field and the tests. `area` is the name of a plugin,
    the days are those of the clock of `zone`, and both count.
    """

    officers: bool | None = None
    area: str = ""
    actor_ids: Collection[int] | None = None
    since: date | None = None
    until: date | None = None
    zone: str = clock.HOME


EVERYTHING = Wanted()


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


def did(actor: Actor, use_case: str, subject: str) -> bool:
    """True if it was this person who did this to that."""
    wanted = select(Audit.id).where(Audit.actor_id == actor.id, Audit.use_case == use_case, Audit.subject == subject)
    return db.session.scalar(wanted.limit(1)) is not None


def broken_links() -> list[int]:
    """The ids of rows that were changed, or whose predecessor was; empty when the chain holds."""
    broken, previous = [], FIRST
    for row in db.session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=1000)):
        if row.previous != previous or row.hash != digest({name: getattr(row, name) for name in ("previous", *SAID)}):
            broken.append(row.id)
        previous = row.hash
    return broken


@dataclass(frozen=True)
class Portion:
    """The rows that a list looks at: ids below `before` from `lowest` on; `more` if there are some below these."""

    before: int | None
    lowest: int
    more: bool


def portion(before: int | None, wanted: Wanted) -> Portion:
    """What a list that goes on below this id looks at.

    What officers did, and what named people did, has an index of its own. All else is looked through in portions, so
    that a quiet unit or a rare act is never looked for in the record of the whole country at once; days that are asked
    for begin and end them.
    """
    if wanted.officers or wanted.actor_ids is not None:
        return Portion(before, 0, False)
    behind_all = (db.session.scalar(select(func.max(Audit.id))) or 0) + 1
    top, floor = behind_all if before is None else before, 0
    if wanted.until and before is None:
        top = _first_from(wanted.until + timedelta(days=1), wanted.zone) or behind_all
    if wanted.since:
        floor = _first_from(wanted.since, wanted.zone) or top
    lowest = max(floor, top - LOOKED_AT)
    return Portion(top, lowest, lowest > max(floor, 1))


def _first_from(day: date, zone: str) -> int | None:
    """The id of the first row of a day or after it."""
    asked = select(Audit.id).where(Audit.at >= _start_of(day, zone)).order_by(Audit.at, Audit.id).limit(1)
    return db.session.scalar(asked)


def lines(
    unit_paths: Sequence[str],
    before: int | None = None,
    limit: int = 100,
    wanted: Wanted = EVERYTHING,
    lowest: int = 0,
) -> list[AuditLine]:
    """The newest lines written by people of these units and below, at most `limit`, from the id `lowest` on."""
    within = or_(false(), *(Audit.unit_path.startswith(path, autoescape=True) for path in unit_paths))
    asked = select(Audit).where(within, *_conditions(wanted)).order_by(Audit.id.desc()).limit(limit)
    if lowest:
        asked = asked.where(Audit.id >= lowest)
    if before is not None:
        asked = asked.where(Audit.id < before)
    found = db.session.scalars(asked)
    return [AuditLine(r.id, r.at, r.actor_id, r.role, r.use_case, r.subject, r.events) for r in found]


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The same in the words of the tables; by officers word for word as the index has it."""
    if wanted.officers is not None:
        yield text(BY_OFFICERS) if wanted.officers else text(f"NOT ({BY_OFFICERS})")  # type: ignore[misc]
    if wanted.area:
        yield or_(*(Audit.use_case.startswith(f"{way}{wanted.area}.", autoescape=True) for way in ("", "intake.")))
    if wanted.actor_ids is not None:
        yield among(Audit.actor_id, wanted.actor_ids)
    if wanted.since:
        yield Audit.at >= _start_of(wanted.since, wanted.zone)
    if wanted.until:
        yield Audit.at < _start_of(wanted.until + timedelta(days=1), wanted.zone)


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
