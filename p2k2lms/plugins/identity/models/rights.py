"""Tables of data rights: what a person agreed to, who asked to be made nameless, and what leaked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
WAITS = text("state = 'menunggu'")


class Consent(Model):
    """One answer to one version of a text; the newest row of a person and text stands, older ones stay as proof."""

    __tablename__ = "identity_consent"
    __table_args__ = (Index("ix_identity_consent_person_id_text", "person_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    text: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    agreed: Mapped[bool]
    said_at: Mapped[datetime] = mapped_column(default=clock.now)


class ErasureRequest(Model):
    """Somebody asks to be made nameless; one waits at a time, and an admin of the unit answers within three days."""

    __tablename__ = "identity_erasure_request"
    __table_args__ = (
        CheckConstraint("state IN ('menunggu', 'dijalankan', 'ditolak', 'ditarik')", name="state"),
        CheckConstraint("(state = 'menunggu') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("decided_by IS NULL OR decided_by <> person_id", name="not_about_oneself"),
        Index(
            "ux_identity_erasure_request_waiting",
            "person_id",
            unique=True,
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
        Index("ix_identity_erasure_request_state_unit_path", "state", "unit_path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    unit_path: Mapped[str] = mapped_column(PATH)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(String(10), default="menunggu")
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    ended_at: Mapped[datetime | None]


class Breach(Model):
    """Personal data were lost, seen or changed by somebody who may not; the law gives 72 hours to tell."""

    __tablename__ = "identity_breach"
    __table_args__ = (
        CheckConstraint("people >= 0", name="people"),
        CheckConstraint("what <> ''", name="what"),
        Index("ix_identity_breach_unit_path", "unit_path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    unit_path: Mapped[str] = mapped_column(PATH)
    found_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    data: Mapped[str] = mapped_column(Text)
    people: Mapped[int]
    steps: Mapped[str] = mapped_column(Text)
    told_authority_at: Mapped[datetime | None]
    told_people_at: Mapped[datetime | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
