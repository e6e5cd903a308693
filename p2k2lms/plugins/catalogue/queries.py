"""Finds documents and published versions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Row, delete, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.core.once import once_per_page
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.catalogue import paths
from p2k2lms.plugins.catalogue.models import CourseVersion, Document, Media, Past, VersionTexts
from p2k2lms.plugins.catalogue.values.pack import VersionCard

V = CourseVersion
_CARD = (V.id, V.course, V.number, V.title, V.hash, V.published_at, V.jp)


def documents(course: str) -> Sequence[Document]:
    """Every document of a course, by path."""
    return db.session.scalars(select(Document).where(Document.course == course).order_by(Document.path)).all()


def document(path: str) -> Document | None:
    """One document."""
    return db.session.scalar(select(Document).where(Document.path == path))


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


def flush() -> None:
    """Send what has changed so far to the database, before more changes."""
    db.session.flush()


def last_past(document_id: int) -> Past | None:
    """How a document was before its newest change that stands."""
    wanted = select(Past).where(Past.document_id == document_id, ~Past.undone).order_by(Past.id.desc()).limit(1)
    return db.session.scalar(wanted)


def hold(course: str) -> None:
    """Let nobody else change the drafts of a course until this transaction ends."""
    db.session.execute(select(Document.id).where(Document.path == paths.manifest(course)).with_for_update())


def last_change(course: str, author_id: int | None, since: datetime | None = None) -> Sequence[Past]:
    """All that somebody's newest standing change of a course replaced, if it was made after `since`."""
    own = _own(course, author_id, since)
    newest = select(func.max(Past.change)).where(*own).scalar_subquery()
    return db.session.scalars(select(Past).where(*own, Past.change == newest).order_by(Past.id)).all()


def waiting(author_id: int | None) -> dict[str, int]:
    """The courses that wait for an approval, and how many documents of others wait in each."""
    wanted = select(Document.course, func.count()).where(Document.state == "review", Document.author_id != author_id)
    found = db.session.execute(wanted.group_by(Document.course).order_by(Document.course))
    return {course: number for course, number in found}


def touched(course: str, author_id: int | None, since: datetime | None) -> set[int]:
    """The documents of a course that somebody changed after `since`, by a change that stands."""
    return set(db.session.scalars(select(Past.document_id).where(*_own(course, author_id, since))))


def _own(course: str, author_id: int | None, since: datetime | None) -> list[ColumnElement[bool]]:
    own = [Past.course == course, Past.author_id == author_id, ~Past.undone]
    return own if since is None else [*own, Past.made_at > since]


def pasts(document_id: int, limit: int = 50) -> Sequence[Past]:
    """What a document was, the newest first."""
    wanted = select(Past).where(Past.document_id == document_id).order_by(Past.id.desc()).limit(limit)
    return db.session.scalars(wanted).all()


def past_texts(course: str, folder: str) -> Sequence[str]:
    """What the documents of a folder were before each change."""
    wanted = select(Past.text).where(Past.course == course, Past.path.startswith(folder, autoescape=True))
    return db.session.scalars(wanted.where(Past.text.is_not(None))).all()  # type: ignore[return-value]


def past(course: str, past_id: int) -> Past | None:
    """One earlier state of a document of a course."""
    return db.session.scalar(select(Past).where(Past.course == course, Past.id == past_id))


def forget_past(before: datetime) -> int:
    """Take away what is older; returns how many."""
    done = db.session.execute(delete(Past).where(Past.made_at < before))
    return int(cast("CursorResult[object]", done).rowcount)


def open_parts(course: str) -> Sequence[bytes]:
    """The open part of every version of a course, squeezed."""
    return db.session.scalars(select(V.open_pack).where(V.course == course)).all()


def manifests() -> Sequence[str]:
    """The manifest of every course as it stands in its drafts."""
    wanted = select(Document.text).where(Document.path.startswith(paths.MANIFESTS))
    return db.session.scalars(wanted.where(Document.path.not_like(f"{paths.INSTRUMENTS}%"))).all()


def is_known_course(course: str) -> bool:
    """True if a course of this id has drafts or was ever published."""
    drafted = select(Document.id).where(Document.course == course).limit(1)
    return db.session.scalar(drafted) is not None or latest(course) is not None


def drafted_courses() -> list[str]:
    """The ids of all courses that have documents."""
    return list(db.session.scalars(select(Document.course).distinct().order_by(Document.course)))


def last_revision(course: str | None = None) -> int:
    """The newest revision that a course's documents, or all, ever had; 0 where there is none.

    A document that was taken back with its change leaves its number behind, so no number is given twice.
    """
    now, once = select(func.max(Document.revision)), select(func.max(Past.change))
    if course is not None:
        now, once = now.where(Document.course == course), once.where(Past.course == course)
    return max(db.session.scalar(now) or 0, db.session.scalar(once) or 0)


@cache
def _newest() -> Any:
    newest = select(V.course, func.max(V.number).label("number")).group_by(V.course).subquery()
    here = (V.course == newest.c.course) & (V.number == newest.c.number)
    return select(*_CARD).join(newest, here).order_by(V.title, V.course)


def _latest_versions() -> Asking:
    return _newest(), {}


latest_versions: Question[list[VersionCard]] = Question(_latest_versions, lambda rows: [_card(row) for row in rows])
"""The newest version of each course, by title."""


@once_per_page
def latest(course: str) -> VersionCard | None:
    """The newest version of a course."""
    row = db.session.execute(select(*_CARD).where(V.course == course).order_by(V.number.desc()).limit(1)).first()
    return _card(row) if row else None


def version(version_id: int) -> VersionCard | None:
    """One version."""
    row = db.session.execute(select(*_CARD).where(V.id == version_id)).first()
    return _card(row) if row else None


@once_per_page
def versions(course: str) -> list[tuple[VersionCard, bool]]:
    """The versions of a course, the newest first, each with whether its documents are kept."""
    kept = VersionTexts.version_id.is_not(None)
    wanted = select(*_CARD, kept).outerjoin(VersionTexts).where(V.course == course).order_by(V.number.desc())
    return [(VersionCard(*row[:-1]), bool(row[-1])) for row in db.session.execute(wanted)]


def versions_until(version_id: int) -> Sequence[int]:
    """This version and all before it of its course."""
    this = select(V.course, V.number).where(V.id == version_id).subquery()
    return db.session.scalars(select(V.id).join(this, (V.course == this.c.course) & (V.number <= this.c.number))).all()


def version_texts(course: str, number: int) -> bytes | None:
    """The documents of a version as they are kept."""
    wanted = select(VersionTexts.body).join(V).where(V.course == course, V.number == number)
    return db.session.scalar(wanted)


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


def media(sha: str) -> bytes | None:
    """The bytes of a photo."""
    return db.session.scalar(select(Media.body).where(Media.sha == sha))


def kept_media(shas: Collection[str]) -> dict[str, bytes]:
    """The bytes of those of some photos that are kept, by hash."""
    wanted = select(Media.sha, Media.body).where(Media.sha.in_(shas))
    return {sha: body for sha, body in db.session.execute(wanted)} if shas else {}


def absent_media(shas: Collection[str]) -> set[str]:
    """The hashes of those photos of which nothing is kept."""
    return set(shas) - set(db.session.scalars(select(Media.sha).where(Media.sha.in_(shas))) if shas else ())


def _card(row: Row[int, str, int, str, str, datetime, int]) -> VersionCard:
    return VersionCard(*row)
