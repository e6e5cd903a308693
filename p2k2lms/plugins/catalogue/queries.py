"""Finds documents and published versions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.catalogue import paths
from p2k2lms.plugins.catalogue.models import CourseVersion, Document
from p2k2lms.plugins.catalogue.values.pack import VersionCard

V = CourseVersion
_CARD = (V.id, V.course, V.number, V.title, V.hash, V.published_at, V.jp)


def documents(course: str) -> Sequence[Document]:
    """Every document of a course, by path."""
    return db.session.scalars(select(Document).where(Document.course == course).order_by(Document.path)).all()


def texts(course: str, below: Sequence[str] = ()) -> dict[str, str]:
    """The text of each document of a course, by path; with `below` of these folders alone, and the course's own."""
    wanted = select(Document.path, Document.text).where(Document.course == course).order_by(Document.path)
    if below:
        own = (paths.manifest(course), paths.rubric(course), paths.arrived(course))
        wanted = wanted.where(or_(Document.path.in_(own), *(Document.path.startswith(one) for one in below)))
    return {path: text for path, text in db.session.execute(wanted)}


def remove_documents(ids: Iterable[int]) -> None:
    """Take documents out of the drafts; versions that were published from them stay."""
    db.session.execute(delete(Document).where(Document.id.in_(list(ids))))


def drafted_courses() -> list[str]:
    """The ids of all courses that have documents."""
    return list(db.session.scalars(select(Document.course).distinct().order_by(Document.course)))


def last_revision(course: str | None = None) -> int:
    """The newest revision of a course's documents, or of all; 0 where there is none."""
    wanted = select(func.max(Document.revision))
    return db.session.scalar(wanted if course is None else wanted.where(Document.course == course)) or 0


def latest_versions() -> list[VersionCard]:
    """The newest version of each course, by title."""
    newest = select(V.course, func.max(V.number).label("number")).group_by(V.course).subquery()
    here = (V.course == newest.c.course) & (V.number == newest.c.number)
    return [_card(row) for row in db.session.execute(select(*_CARD).join(newest, here).order_by(V.title, V.course))]


def latest(course: str) -> VersionCard | None:
    """The newest version of a course."""
    row = db.session.execute(select(*_CARD).where(V.course == course).order_by(V.number.desc()).limit(1)).first()
    return _card(row) if row else None


def version(version_id: int) -> VersionCard | None:
    """One version."""
    row = db.session.execute(select(*_CARD).where(V.id == version_id)).first()
    return _card(row) if row else None


def version_with_hash(course: str, digest: str) -> VersionCard | None:
    """The version of a course that has this very content."""
    row = db.session.execute(select(*_CARD).where(V.course == course, V.hash == digest)).first()
    return _card(row) if row else None


def search_index(version_id: int) -> bytes | None:
    """The squeezed index of a version's cards."""
    return db.session.scalar(select(V.search_index).where(V.id == version_id))


def open_pack(version_id: int) -> bytes | None:
    """The open part as it is kept."""
    return db.session.scalar(select(V.open_pack).where(V.id == version_id))


def sealed_pack(version_id: int) -> bytes | None:
    """The sealed part as it is kept."""
    return db.session.scalar(select(V.sealed_pack).where(V.id == version_id))


def _card(row: Row[int, str, int, str, str, datetime, int]) -> VersionCard:
    return VersionCard(*row)
