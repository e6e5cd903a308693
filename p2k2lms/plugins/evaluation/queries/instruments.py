"""Reads versions of instruments."""

from collections.abc import Iterable

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation.models import InstrumentVersion, Reply


def all_versions() -> list[InstrumentVersion]:
    """Every version, by code and number; there are a few dozen in the life of an installation."""
    wanted = select(InstrumentVersion).order_by(InstrumentVersion.code, InstrumentVersion.number)
    return list(db.session.scalars(wanted.limit(500)))


def versions_of(code: str) -> list[InstrumentVersion]:
    """The versions of one instrument, the newest first."""
    wanted = select(InstrumentVersion).where(InstrumentVersion.code == code)
    return list(db.session.scalars(wanted.order_by(InstrumentVersion.number.desc())))


def version(version_id: int) -> InstrumentVersion | None:
    """One version."""
    return db.session.get(InstrumentVersion, version_id)


def replies_of_versions(version_ids: Iterable[int]) -> dict[int, int]:
    """How many sheets were sent for each of these versions."""
    counted = select(Reply.version_id, func.count()).where(Reply.version_id.in_(list(version_ids)), Reply.newest)
    return {version_id: n for version_id, n in db.session.execute(counted.group_by(Reply.version_id))}


def remove(row: InstrumentVersion) -> None:
    """Take a draft away; nobody has answered it."""
    db.session.delete(row)
