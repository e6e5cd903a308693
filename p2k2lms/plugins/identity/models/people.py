"""Tables of people: units, accounts, postings, supervision, open sessions, sign-in attempts."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.sealing import Sealed
from p2k2lms.core.spans import ValidSpan

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")
NOT_EMPTY_SPAN = "valid_to IS NULL OR valid_to > valid_from"


class Unit(ValidSpan, Model):
    """A node of the organisation tree; `path` holds the codes from the top, `ancestors` the ids, nearest first."""

    __tablename__ = "identity_unit"
    __table_args__ = (
        CheckConstraint(
            "level IN ('nasional', 'regional', 'provinsi', 'kabupaten', 'kecamatan', 'desa')", name="level"
        ),
        CheckConstraint("(parent_id IS NULL) = (level = 'nasional')", name="parent"),
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kemendagri_code: Mapped[str] = mapped_column(String(20), unique=True)
    bps_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(12))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("identity_unit.id"), index=True)
    path: Mapped[str] = mapped_column(PATH, unique=True)
    ancestors: Mapped[list[int]] = mapped_column(JSON, default=list)
    zone: Mapped[str] = mapped_column(String(40))
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("identity_unit.id"))


class Person(Model):
    """Somebody with an account; phone in the form +628..., e-mail and PKH id in small letters; NIK sealed, optional."""

    __tablename__ = "identity_person"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'closed')", name="status"),
        CheckConstraint("sex IN ('', 'L', 'P')", name="sex"),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_identity_person_nik_blind", "nik_blind", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    name_on_certificate: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    pkh_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(10), default="active")
    birth_place: Mapped[str] = mapped_column(String(80), default="")
    birth_date: Mapped[date | None]
    sex: Mapped[str] = mapped_column(String(1), default="")
    education: Mapped[str] = mapped_column(String(40), default="")
    nik_enc: Mapped[str | None] = mapped_column(Sealed("identity.person.nik"), deferred=True)
    nik_blind: Mapped[str | None] = mapped_column(String(64), deferred=True)
    nip: Mapped[str] = mapped_column(String(30), default="")
    rank: Mapped[str] = mapped_column(String(60), default="")
    started_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]


class Posting(ValidSpan, Model):
    """A role held in a unit for a period; a trigger refuses two of one person, role and unit on one day."""

    __tablename__ = "identity_posting"
    __table_args__ = (
        CheckConstraint(
            "role IN ('pendamping', 'supervisor', 'koordinator', 'dinsos', 'widyaiswara', 'panitia', "
            "'evaluator', 'admin')",
            name="role",
        ),
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
        Index("ix_identity_posting_person_id_role_unit_id", "person_id", "role", "unit_id"),
        Index("ix_identity_posting_unit_id_role_person_id", "unit_id", "role", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"))
    end_reason: Mapped[str] = mapped_column(String(200), default="")


class Supervision(ValidSpan, Model):
    """Who supervises a pendamping; a trigger refuses two supervisors on one day."""

    __tablename__ = "identity_supervision"
    __table_args__ = (
        CheckConstraint("supervisor_id <> pendamping_id", name="two_people"),
        CheckConstraint(NOT_EMPTY_SPAN, name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    pendamping_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)


class LoginSession(Model):
    """An account opened on a device: the token is kept as a hash only, so that a stolen database opens nothing.

    `second`: a second factor was shown, or this is a demo; `shared`: the device is used by several people.
    """

    __tablename__ = "identity_login_session"
    __table_args__ = (Index("ix_identity_login_session_person_id_device_key", "person_id", "device_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))
    device_key: Mapped[str] = mapped_column(String(64))
    device_label: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    second: Mapped[bool] = mapped_column(default=False, server_default=false())
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())


class SignInAttempt(Model):
    """One try at a password, under a keyed hash of account and device, or of an address; kept for a day."""

    __tablename__ = "identity_sign_in_attempt"
    __table_args__ = (Index("ix_identity_sign_in_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
