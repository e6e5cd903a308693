"""Reads codes that open an account, and corrections that people asked for."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, update
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Correction, EntryCode, Person, Posting, Unit
from p2k2lms.plugins.identity.queries.people import seen_by_officer, within


def by_hash(code_hash: str) -> EntryCode | None:
    """The code to use, locked until the transaction ends."""
    return db.session.scalar(select(EntryCode).where(EntryCode.code_hash == code_hash).with_for_update())


def void(person_ids: Collection[int], now: datetime) -> None:
    """Whatever codes of these people could still be used, cannot any more."""
    live = EntryCode.used_at.is_(None) & (EntryCode.expires_at > now)
    db.session.execute(update(EntryCode).where(EntryCode.person_id.in_(person_ids), live).values(expires_at=now))


def to_tell(person_id: int, most: int) -> list[tuple[EntryCode, str | None]]:
    """Resets that were used and of which the person was told fewer than `most` times, with the maker's name."""
    wanted = (
        select(EntryCode, Person.name)
        .outerjoin(Person, Person.id == EntryCode.made_by)
        .where(EntryCode.person_id == person_id, EntryCode.kind == "reset")
        .where(EntryCode.used_at.is_not(None), EntryCode.told < most)
    )
    return [(row, name) for row, name in db.session.execute(wanted.order_by(EntryCode.id.desc()))]


def resets_in(paths: Sequence[str], before: int | None, limit: int) -> list[tuple[EntryCode, str, str | None]]:
    """Reset codes for people of these units with the names of the person and of the maker, the newest first."""
    maker = aliased(Person)
    here = [and_(EntryCode.unit_path >= path, EntryCode.unit_path < path[:-1] + "0") for path in paths]
    wanted = (
        select(EntryCode, Person.name, maker.name)
        .join(Person, Person.id == EntryCode.person_id)
        .outerjoin(maker, maker.id == EntryCode.made_by)
        .where(EntryCode.kind == "reset", or_(*here))
    )
    if before is not None:
        wanted = wanted.where(EntryCode.id < before)
    rows = db.session.execute(wanted.order_by(EntryCode.id.desc()).limit(limit))
    return [(row, name, by) for row, name, by in rows]


def without_password(
    paths: Sequence[str], day: date, now: datetime, after: tuple[str, int], limit: int
) -> list[tuple[int, str, str | None, datetime | None]]:
    """People of the officer's units who never came in, by name: id, name, PKH id, until when a code holds."""
    until = (
        select(func.max(EntryCode.expires_at))
        .where(EntryCode.person_id == Person.id, EntryCode.used_at.is_(None), EntryCode.expires_at > now)
        .scalar_subquery()
    )
    name, person_id = after
    wanted = (
        select(Person.id, Person.name, Person.pkh_id, until)
        .where(Person.password_hash.is_(None), Person.status == "active")
        .where(seen_by_officer(paths, day), _nowhere_else(paths, day))
        .where(or_(Person.name > name, and_(Person.name == name, Person.id > person_id)))
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(wanted)]


def let_in_among(paths: Sequence[str], ids: Collection[int], day: date) -> list[Person]:
    """Those of these people whom the officer may let in, by name."""
    wanted = select(Person).where(Person.id.in_(ids), seen_by_officer(paths, day), _nowhere_else(paths, day))
    return list(db.session.scalars(wanted.order_by(Person.name, Person.id)))


def _nowhere_else(paths: Sequence[str], day: date) -> ColumnElement[bool]:
    """People without a posting outside these units: who opens an account opens all that it may do."""
    away = aliased(Posting)
    later = or_(away.valid_to.is_(None), away.valid_to > day)
    elsewhere = select(away.id).join(Unit, Unit.id == away.unit_id).where(away.person_id == Person.id, later)
    return ~elsewhere.where(not_(within(paths))).exists()


def open_correction(person_id: int) -> Correction | None:
    wanted = select(Correction).where(Correction.person_id == person_id, Correction.state == "open")
    return db.session.scalar(wanted)


def correction(correction_id: int) -> Correction | None:
    return db.session.get(Correction, correction_id, with_for_update=True)


def open_corrections(paths: Sequence[str], limit: int) -> list[tuple[Correction, Person]]:
    """What waits in these units, the oldest first, with the person as kept now."""
    here = [and_(Correction.unit_path >= path, Correction.unit_path < path[:-1] + "0") for path in paths]
    wanted = select(Correction, Person).join(Person, Person.id == Correction.person_id)
    rows = db.session.execute(wanted.where(Correction.state == "open", or_(*here)).order_by(Correction.id).limit(limit))
    return [(row, person) for row, person in rows]
