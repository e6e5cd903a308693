"""Tables of ways in and of asked corrections: codes that open an account once, and what people say is wrong."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.sealing import Sealed
from p2k2lms.plugins.identity.models.people import PATH


class EntryCode(Model):
    """A code that opens an account once, kept as a blind hash alone.

    `told` counts the sign-ins at which the person was told of it; `unit_path` is where the person worked then.
    """

    __tablename__ = "identity_entry_code"
    __table_args__ = (
        CheckConstraint("kind IN ('activation', 'reset')", name="kind"),
        Index("ix_identity_entry_code_person_id_kind", "person_id", "kind"),
        Index("ix_identity_entry_code_kind_unit_path", "kind", "unit_path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    unit_path: Mapped[str] = mapped_column(PATH, default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    told: Mapped[int] = mapped_column(default=0)


class Correction(Model):
    """What a person says is wrong in the own data, sealed, until an admin decides; one open at a time."""

    __tablename__ = "identity_correction"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'approved', 'refused')", name="state"),
        Index(
            "ix_identity_correction_open",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_identity_correction_state_unit_path", "state", "unit_path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    unit_path: Mapped[str] = mapped_column(PATH, default="")
    wanted: Mapped[str | None] = mapped_column(Sealed("identity.correction.wanted"))
    state: Mapped[str] = mapped_column(String(10), default="open")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
