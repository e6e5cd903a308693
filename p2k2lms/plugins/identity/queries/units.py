"""Reads the tree of units, and writes many units or people at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Person, Unit
from p2k2lms.plugins.identity.queries.people import in_parts, within


def unit(unit_id: int) -> Unit | None:
    return db.session.get(Unit, unit_id)


def unit_by_code(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.kemendagri_code == code))


def with_parts(code: str) -> list[Unit]:
    """The unit with this code, and those right below by code."""
    here = select(Unit.id).where(Unit.kemendagri_code == code).scalar_subquery()
    wanted = select(Unit).where(or_(Unit.kemendagri_code == code, Unit.parent_id == here))
    return sorted(db.session.scalars(wanted), key=lambda unit: (unit.path.count("/"), unit.kemendagri_code))


def units(ids: Iterable[int]) -> list[Unit]:
    return [u for part in in_parts(ids) for u in db.session.scalars(select(Unit).where(Unit.id.in_(part)))]


def by_codes(level: str = "") -> dict[str, Unit]:
    """Every unit, or those of one level, by code: for an import."""
    wanted = select(Unit).where(Unit.level == level) if level else select(Unit)
    return {row.kemendagri_code: row for row in db.session.scalars(wanted)}


def with_codes(codes: Sequence[str | None], bps_codes: Sequence[str | None] = ()) -> list[Unit]:
    """The units with one of these Kemendagri or BPS codes."""
    return list(
        db.session.scalars(select(Unit).where(or_(Unit.kemendagri_code.in_(codes), Unit.bps_code.in_(bps_codes))))
    )


def tops(paths: Sequence[str]) -> list[Unit]:
    """The units with these very paths, from the top."""
    return list(db.session.scalars(select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)))


def children(unit_id: int, after_code: str, limit: int) -> list[Unit]:
    """The units just below one, by code, from behind `after_code`."""
    wanted = select(Unit).where(Unit.parent_id == unit_id, Unit.kemendagri_code > after_code)
    return list(db.session.scalars(wanted.order_by(Unit.kemendagri_code).limit(limit)))


LINE = (Unit.id, Unit.name, Unit.level, Unit.path, Unit.kemendagri_code, Unit.parent_id)


def of_levels(levels: Sequence[str], path: str) -> Sequence[Any]:
    """The units of several levels in this unit, by code; as rows, for of the country they are hundreds."""
    wanted = select(*LINE).where(Unit.level.in_(levels), within([path]))
    return db.session.execute(wanted.order_by(Unit.kemendagri_code)).all()


def of_level(level: str, paths: Sequence[str], limit: int | None = None) -> list[Unit]:
    """The units of one level in these units, by code."""
    wanted = select(Unit).where(Unit.level == level, within(paths)).order_by(Unit.kemendagri_code)
    return list(db.session.scalars(wanted.limit(limit)))


def insert_rows(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows without an object for each; inside the caller's transaction."""
    if rows:
        db.session.execute(insert(table.__table__), list(rows))


def ids_by_pkh(words: Iterable[str]) -> dict[str, int]:
    """The ids of people by their PKH ids."""
    found: dict[str, int] = {}
    wanted = list(words)
    for start in range(0, len(wanted), 10_000):
        rows = db.session.execute(
            select(Person.pkh_id, Person.id).where(Person.pkh_id.in_(wanted[start : start + 10_000]))
        )
        found.update((word, person_id) for word, person_id in rows if word)
    return found
