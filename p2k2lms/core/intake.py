"""The one door for what people send: stored raw and applied once, together, answered by a receipt."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import clock, journal
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import DomainError, Fault, Invalid
from p2k2lms.core.models import Submission
from p2k2lms.core.unit_of_work import unit_of_work

MOST = 100
EARLIEST_AHEAD = timedelta(hours=24)


class Envelope(BaseModel):
    """What every submission carries, whatever its kind."""

    model_config = ConfigDict(extra="forbid")

    id: uuid.UUID
    kind: str = Field(max_length=60)
    v: int = Field(ge=1, le=10_000)
    person: int
    device: str = Field(max_length=80)
    seq: int = Field(ge=0, le=2**53)
    occurred_at: AwareDatetime
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


@dataclass(frozen=True)
class SubmissionKind:
    """A kind that this door takes: its payload in each version still accepted, and what applies it.

    `apply(actor, sent, payload)` runs inside the open unit of work, decides access itself, raises a
    DomainError to reject, and returns flags for what is odd but true. Older versions are first
    lifted to the newest by `lift[v](payload_of_v)`. `title` (lazy) names it to people on /kiriman.
    """

    name: str
    versions: Mapping[int, type[BaseModel]]
    apply: Apply
    lift: Mapping[int, Callable[[Any], Any]] = field(default_factory=dict)
    title: Any = ""

    def read(self, v: int, payload: Mapping[str, Any]) -> Any:
        """The payload as a model of the newest version; raises ValidationError or Invalid."""
        if v not in self.versions:
            raise Invalid("Versi kiriman ini tidak diterima lagi. Perbarui aplikasi.", "v")
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


def receive(actor: Actor, raw: Sequence[Any]) -> list[Answer]:
    """Take up to 100 envelopes in order, each in its own transaction; none stops the next."""
    if len(raw) > MOST:
        raise Invalid(f"Paling banyak {MOST} kiriman sekali jalan.")
    return [_one(actor, item) for item in raw]


def receive_one(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, sent_id: str, device: str, v: int = 1
) -> Answer:
    """The same door for a form without script: the id was made when the page was drawn."""
    at = clock.now()
    envelope = {"id": sent_id, "kind": kind, "v": v, "person": actor.id, "device": device}
    return _one(
        actor, {**envelope, "seq": int(at.timestamp() * 1000), "occurred_at": at.isoformat(), "payload": dict(payload)}
    )


def _one(actor: Actor, raw: Any) -> Answer:
    try:
        envelope = Envelope.model_validate(raw)
    except ValidationError as problem:
        wanted = raw.get("id") if isinstance(raw, dict) else None
        return Answer(str(wanted or ""), "rejected", faults=_faults(problem))
    mark = fingerprint(envelope)
    for _ in range(2):  # the second round meets the twin that won the race
        if (known := journal.first(envelope.id)) is not None:
            return _again(actor, envelope, mark, known)
        try:
            return _fresh(actor, envelope, mark)
        except IntegrityError:
            continue
    return _keep(actor, envelope, mark, "rejected", (Fault("", "Sudah tercatat lewat kiriman lain."),))


def fingerprint(envelope: Envelope) -> str:
    """The hash that tells whether two envelopes with one id say the same."""
    said = json.dumps(
        [envelope.kind, envelope.v, envelope.person, envelope.payload], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _again(actor: Actor, envelope: Envelope, mark: str, known: Submission) -> Answer:
    if known.sender_id != actor.id or known.hash != mark:
        fault = Fault("id", "id_conflict")
        with unit_of_work("core.keep_conflict", actor, str(envelope.id)):
            journal.keep(actor, envelope, mark, "conflict", faults=(fault,))
        return Answer(str(envelope.id), "rejected", faults=(fault,))
    if known.status == "accepted":
        flags = tuple(known.flags)
        return Answer(str(known.id), "duplicate", journal.receipt(known.key), known.received_at, flags=flags)
    faults = tuple(Fault(f["field"], f["message"]) for f in known.faults)
    return Answer(str(known.id), known.status, journal.receipt(known.key), known.received_at, faults)


def _fresh(actor: Actor, envelope: Envelope, mark: str) -> Answer:
    if envelope.person != actor.id:
        return _keep(actor, envelope, mark, "held", ())
    try:
        with unit_of_work(f"intake.{envelope.kind}", actor, str(envelope.id)):
            payload = _payload(envelope)
            received = clock.now()
            sent = Sent(envelope.id, envelope.device, envelope.seq, envelope.occurred_at, received)
            flags = tuple(kinds()[envelope.kind].apply(actor, sent, payload))
            row = journal.keep(actor, envelope, mark, "accepted", flags=flags)
        return Answer(str(envelope.id), "accepted", journal.receipt(row.key), row.received_at, flags=flags)
    except ValidationError as problem:
        return _keep(actor, envelope, mark, "rejected", _faults(problem, "payload."))
    except Invalid as refusal:
        return _keep(actor, envelope, mark, "rejected", refusal.faults)
    except DomainError as refusal:
        return _keep(actor, envelope, mark, "rejected", (Fault("", str(refusal)),))


def _payload(envelope: Envelope) -> Any:
    if envelope.kind not in kinds():
        raise Invalid("Jenis kiriman ini tidak dikenal.", "kind")
    if envelope.occurred_at > clock.now() + EARLIEST_AHEAD:
        raise Invalid("Tanggal kiriman lebih dari 24 jam di depan. Periksa jam HP.", "occurred_at")
    return kinds()[envelope.kind].read(envelope.v, envelope.payload)


def _keep(actor: Actor, envelope: Envelope, mark: str, status: str, faults: tuple[Fault, ...]) -> Answer:
    with unit_of_work(f"core.keep_{status}", actor, str(envelope.id)):
        row = journal.keep(actor, envelope, mark, status, faults=faults)
    return Answer(str(envelope.id), status, journal.receipt(row.key), row.received_at, faults)


def _faults(problem: ValidationError, prefix: str = "") -> tuple[Fault, ...]:
    return tuple(Fault(prefix + ".".join(map(str, e["loc"])), e["msg"]) for e in problem.errors(include_url=False)[:20])
