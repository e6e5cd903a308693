"""Tables of the catalogue: the documents that authors edit, and the versions and photos that are frozen."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model

STATES = ("draft", "review", "published")
ORIGINS = ("file", "database")
PHOTOS = ("jpg", "png", "webp")


class Document(Model):
    """One file of a course as it stands now; each change, of any document, takes the next revision."""

    __tablename__ = "catalogue_document"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
        CheckConstraint("revision > 0", name="revision"),
        Index("ix_catalogue_document_course", "course"),
        {"sqlite_autoincrement": True},  # the past of a document that is gone names its number for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(400), unique=True)
    course: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    origin: Mapped[str] = mapped_column(String(8))
    author_id: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(String(9), default="draft")


class Media(Model):
    """A photo of a course by the hash of its bytes; the database refuses to change or remove it."""

    __tablename__ = "catalogue_media"
    __table_args__ = (CheckConstraint(f"kind IN {PHOTOS}", name="kind"),)

    sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


class CourseVersion(Model):
    """A course as it was published once; the database refuses to change or remove it."""

    __tablename__ = "catalogue_course_version"
    __table_args__ = (
        UniqueConstraint("course", "number"),
        UniqueConstraint("course", "hash"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    jp: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    open_pack: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_pack: Mapped[bytes] = mapped_column(LargeBinary)
    search_index: Mapped[bytes] = mapped_column(LargeBinary)


class VersionTexts(Model):
    """The documents from which a version was published, as squeezed JSON by path."""

    __tablename__ = "catalogue_version_texts"

    version_id: Mapped[int] = mapped_column(ForeignKey("catalogue_course_version.id"), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Past(Model):
    """A document as it was before a change; `text` is None where there was none, `change` joins what changed together.

    When a change is taken back, its rows hold what it had brought.
    """

    __tablename__ = "catalogue_past"
    __table_args__ = (
        Index("ix_catalogue_past_document_id", "document_id"),
        Index("ix_catalogue_past_course_author", "course", "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    path: Mapped[str] = mapped_column(String(400))
    change: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(9))
    use_case: Mapped[str] = mapped_column(String(60))
    author_id: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    undone: Mapped[bool] = mapped_column(default=False)
