"""What may be sent: the envelope around it, the kinds that plugins declare, and the words of an answer."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import DataError, IntegrityError

from p2k2lms.core import faults
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import DomainError, Fault, Invalid
from p2k2lms.core.i18n import _, lazy

FURTHEST_AHEAD = timedelta(hours=24)
LONGEST_DEVICE = 80
FIRST_DAY, LAST_DAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
ID_CONFLICT = "id_conflict"  # what programs are told; people read the words below
IN_WORDS = {ID_CONFLICT: lazy("Nomor kiriman ini sudah terpakai. Isi lagi di halamannya.")}
AN_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-f])", re.I)
NOT_KEEPABLE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # a NUL as JSON writes it: no database keeps it in a text
REFUSALS = (DomainError, ValidationError, DataError, OverflowError)  # the last two: a value that no column can hold


class Envelope(BaseModel):
    """What every submission carries, whatever its kind."""

    model_config = ConfigDict(extra="forbid")

    id: uuid.UUID
    kind: str = Field(max_length=60, pattern=r"^[a-z_]+\.[a-z_]+$")
    v: int = Field(ge=1, le=10_000)
    person: int = Field(ge=1, le=2**53)
    device: str = Field(max_length=LONGEST_DEVICE, pattern=r"^[^\x00-\x1f]*$")
    seq: int = Field(ge=0, le=2**53)
    occurred_at: AwareDatetime = Field(ge=FIRST_DAY, le=LAST_DAY)
    payload: dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """What a handler learns about the submission that it applies."""

    id: uuid.UUID
    device: str
    seq: int
    occurred_at: datetime
    received_at: datetime


Apply = Callable[[Actor, Sent, Any], Sequence[str]]
ApplyAll = Callable[[Actor, Sequence[tuple[Sent, Any]]], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class SubmissionKind:
    """A kind that this door takes: its payload in each version still accepted, and what applies it.

    `apply(actor, sent, payload)` runs inside the open unit of work, decides access itself, raises a
    DomainError to reject, and returns flags for what is odd but true. Older versions are first
    lifted to the newest by `lift[v](payload_of_v)`. `title` (lazy) names it to people on /kiriman.
    `apply_all` does the same for many that stand together in one sending, in their order and in one
    transaction; when it raises, none of them is taken by it and each goes alone through `apply`.
    `words` (lazy) says there what a flag means; a flag without words is told elsewhere or not at all.
    """

    name: str
    versions: Mapping[int, type[BaseModel]]
    apply: Apply
    lift: Mapping[int, Callable[[Any], Any]] = field(default_factory=dict)
    title: Any = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    apply_all: ApplyAll | None = None

    def read(self, v: int, payload: Mapping[str, Any]) -> Any:
        """The payload as a model of the newest version; raises ValidationError or Invalid."""
        if v not in self.versions:
            raise Invalid(_("Versi kiriman ini tidak diterima lagi. Perbarui aplikasi."), "v")
        value: Any = self.versions[v].model_validate(payload)
        while v in self.lift:
            value, v = self.lift[v](value), v + 1
        return value


@dataclass(frozen=True)
class Answer:
    """What the sender is told: accepted, duplicate, rejected or held."""

    id: str
    status: str
    receipt: str = ""
    received_at: datetime | None = None
    faults: tuple[Fault, ...] = ()
    flags: tuple[str, ...] = ()


def kinds() -> Mapping[str, SubmissionKind]:
    """Every kind that the plugins declare, by name."""
    found: Mapping[str, SubmissionKind] = current_app.extensions["submission_kinds"]
    return found


def fingerprint(envelope: Envelope) -> str:
    """The hash that tells whether two envelopes with one id say the same."""
    said = json.dumps([envelope.kind, envelope.v, envelope.person, envelope.payload], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def named(payload: Mapping[str, Any]) -> set[uuid.UUID]:
    """Every id in a payload, in whatever form it is written: what speaks of another submission counts after it."""
    return {uuid.UUID(found[0]) for found in AN_ID.finditer(json.dumps(payload, ensure_ascii=False))}


def payload_of(envelope: Envelope, received_at: datetime) -> Any:
    """The payload as a model of the newest version of its kind; raises one of REFUSALS."""
    if envelope.kind not in kinds():
        raise Invalid(_("Jenis kiriman ini tidak dikenal."), "kind")
    if envelope.occurred_at > received_at + FURTHEST_AHEAD:
        raise Invalid(_("Tanggal kiriman lebih dari 24 jam di depan. Periksa jam HP."), "occurred_at")
    if NOT_KEEPABLE.search(json.dumps(envelope.payload)):
        raise Invalid(_("Ada tanda yang tidak dapat disimpan. Tulis ulang bagian itu."), "payload")
    return kinds()[envelope.kind].read(envelope.v, envelope.payload)


def taken_twice() -> Fault:
    """What is told when a constraint says that this was told before, under another id."""
    return Fault("", _("Sudah tercatat lewat kiriman lain."))


def faults_of(refusal: Exception) -> tuple[Fault, ...]:
    """What a refusal says to whoever sent it."""
    if isinstance(refusal, ValidationError):
        return faults.of(refusal, "" if refusal.title == Envelope.__name__ else "payload")
    if isinstance(refusal, IntegrityError):
        return (taken_twice(),)
    if isinstance(refusal, Invalid):
        return refusal.faults
    if isinstance(refusal, DomainError):
        return (Fault("", refusal.args[0] if refusal.args else ""),)
    return (Fault("payload", _("Ada isian yang tidak dapat disimpan.")),)
