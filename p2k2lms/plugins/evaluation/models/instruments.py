"""Versions of instruments: frozen once somebody may have answered them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model

ONLY_DRAFTS = text("state = 'draf'")


class InstrumentVersion(Model):
    """One version; `body` is its canonical JSON, `sha256` of it is what exports name. One draft at a time."""

    __tablename__ = "evaluation_instrument_version"
    __table_args__ = (
        UniqueConstraint("code", "number"),
        CheckConstraint("state IN ('draf', 'uji', 'terbit', 'pensiun')", name="state"),
        CheckConstraint("change_class IN ('', 'K0', 'K1', 'K2', 'K3', 'K4')", name="change_class"),
        Index(
            "uq_evaluation_instrument_version_draft",
            "code",
            unique=True,
            sqlite_where=ONLY_DRAFTS,
            postgresql_where=ONLY_DRAFTS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    change_class: Mapped[str] = mapped_column(String(2), default="")
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    based_on: Mapped[int | None] = mapped_column(ForeignKey("evaluation_instrument_version.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(300), default="")
