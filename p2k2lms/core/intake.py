"""The one door for what people send: stored raw and applied once, together, answered by a receipt."""

import hashlib
import json
import logging
import re
import uuid
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import current_app
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import DataError, IntegrityError

from p2k2lms.core import clock, faults, journal
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import DomainError, Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Submission
from p2k2lms.core.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
MOST = 100
FURTHEST_AHEAD = timedelta(hours=24)
LONGEST_DEVICE = 80
FIRST_DAY, LAST_DAY = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
DEEPEST = 32  # lists within lists: more is no form that anybody fills in, and no library writes it back
NOT_KEEPABLE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # a NUL as JSON writes it: no database keeps it in a text


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
    """

    name: str
    versions: Mapping[int, type[BaseModel]]
    apply: Apply
    lift: Mapping[int, Callable[[Any], Any]] = field(default_factory=dict)
    title: Any = ""
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


def receive(actor: Actor, raw: Sequence[Any]) -> list[Answer]:
    """Take up to 100 envelopes in order; none stops the next.

    Each has a transaction of its own, but neighbours of a kind that takes many share one while all are accepted.
    """
    if len(raw) > MOST:
        raise Invalid(_("Paling banyak %(most)s kiriman sekali jalan.", most=MOST))
    raw = [item if _is_shallow(item) else None for item in raw]
    read = [_read(item) for item in raw]
    ids = [envelope.id for envelope in read if isinstance(envelope, Envelope)]
    taken = journal.taken(ids) if len(ids) > 1 else set()  # one alone is written down: the index knows its twin
    runs = groupby(zip(raw, read, strict=True), lambda pair: _taken_together(actor, pair[1], taken))
    return [answer for kind, run in runs for answer in _run(actor, kind, list(run), taken)]


def receive_one(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, sent_id: str, device: str, v: int = 1
) -> Answer:
    """The same door for a form without script: the id was made when the page was drawn."""
    at = clock.now()
    envelope = {"id": sent_id, "kind": kind, "v": v, "person": actor.id, "device": device[:LONGEST_DEVICE]}
    sent = {**envelope, "seq": int(at.timestamp() * 1000), "occurred_at": at.isoformat(), "payload": dict(payload)}
    return receive(actor, [sent])[0]


def _is_shallow(said: Any, left: int = DEEPEST) -> bool:
    """True if nothing lies deeper than `left` lists within each other; what does can be neither checked nor kept."""
    if not isinstance(said, dict | list):
        return True
    inside = said.values() if isinstance(said, dict) else said
    return left > 0 and all(_is_shallow(part, left - 1) for part in inside)


def _read(raw: Any) -> Envelope | tuple[Fault, ...]:
    try:
        return Envelope.model_validate(raw)
    except ValidationError as problem:
        return faults.of(problem)


def _taken_together(actor: Actor, envelope: Envelope | tuple[Fault, ...], taken: Set[uuid.UUID]) -> str:
    """The kind under which this envelope may be taken together with its neighbours; "" if it goes alone."""
    if not isinstance(envelope, Envelope) or envelope.person != actor.id or envelope.id in taken:
        return ""
    kind = kinds().get(envelope.kind)
    return kind.name if kind is not None and kind.apply_all is not None else ""


def _run(actor: Actor, kind: str, run: Sequence[tuple[Any, Any]], taken: Set[uuid.UUID]) -> list[Answer]:
    """Neighbours of one kind: all together, else each alone."""
    together = _together(actor, kinds()[kind], [envelope for _raw, envelope in run]) if kind and len(run) > 1 else None
    return together or [_one(actor, raw, envelope, taken) for raw, envelope in run]


def _together(actor: Actor, kind: SubmissionKind, envelopes: Sequence[Envelope]) -> list[Answer] | None:
    """All of them in one transaction, each with its receipt and its line of the audit; None if that cannot be."""
    assert kind.apply_all is not None, "only kinds that take many come here"
    first, *rest = [str(envelope.id) for envelope in envelopes]
    try:
        with unit_of_work(f"intake.{kind.name}", actor, first) as uow:
            uow.also_about(rest)
            payloads = [_payload(envelope) for envelope in envelopes]
            kept = journal.keep_accepted(actor, [(envelope, fingerprint(envelope)) for envelope in envelopes])
            sent = [_sent(*pair) for pair in zip(envelopes, kept, strict=True)]
            flags = kind.apply_all(actor, list(zip(sent, payloads, strict=True)))
            for row, said in zip(kept, flags, strict=True):
                journal.flag(row, said)
    except (DomainError, ValidationError, IntegrityError, DataError, OverflowError):
        return None  # one of them is refused: alone each says so for itself
    except Exception:  # whatever else one of them does must not take the others along
        log.exception("%s: %s envelopes could not be taken together", kind.name, len(envelopes))
        return None
    return [
        Answer(str(e.id), "accepted", k.receipt, k.received_at, flags=tuple(said))
        for e, k, said in zip(envelopes, kept, flags, strict=True)
    ]


def _one(actor: Actor, raw: Any, envelope: Envelope | tuple[Fault, ...], taken: Set[uuid.UUID]) -> Answer:
    if not isinstance(envelope, Envelope):
        return _malformed(actor, raw, envelope)
    mark = fingerprint(envelope)
    known = journal.first(envelope.id) if envelope.id in taken else None
    for _round in range(2):
        if known is not None:
            return _again(actor, envelope, mark, known)
        try:
            return _fresh(actor, envelope, mark)
        except IntegrityError:  # a twin won the race, or stands before it among these
            known = journal.first(envelope.id)
    return _keep(actor, envelope, mark, "rejected", (Fault("", _("Sudah tercatat lewat kiriman lain.")),))


def _malformed(actor: Actor, raw: Any, found: tuple[Fault, ...]) -> Answer:
    """Keep what cannot be read if it says its id, so that it can be mended; the id stays free for that."""
    try:
        wanted = uuid.UUID(raw["id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return Answer("", "rejected", faults=found)
    with unit_of_work("core.keep_rejected", actor, str(wanted)):
        row = journal.keep_malformed(actor, wanted, raw, found)
        return Answer(str(wanted), "rejected", journal.receipt(row.key), row.received_at, found)


def fingerprint(envelope: Envelope) -> str:
    """The hash that tells whether two envelopes with one id say the same."""
    said = json.dumps([envelope.kind, envelope.v, envelope.person, envelope.payload], sort_keys=True)
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
    found = tuple(Fault(f["field"], f["message"]) for f in known.faults)
    return Answer(str(known.id), known.status, journal.receipt(known.key), known.received_at, found)


def _fresh(actor: Actor, envelope: Envelope, mark: str) -> Answer:
    if envelope.person != actor.id:
        return _keep(actor, envelope, mark, "held", ())
    try:
        with unit_of_work(f"intake.{envelope.kind}", actor, str(envelope.id)):
            payload = _payload(envelope)
            # written down first, so that a twin is met before anything is done
            kept = journal.keep(actor, envelope, mark, "accepted")
            flags = tuple(kinds()[envelope.kind].apply(actor, _sent(envelope, kept), payload))
            journal.flag(kept, flags)
            return Answer(str(envelope.id), "accepted", kept.receipt, kept.received_at, flags=flags)
    except ValidationError as problem:
        return _keep(actor, envelope, mark, "rejected", faults.of(problem, "payload."))
    except (DataError, OverflowError):  # a number or text that no column of this kind can hold
        return _keep(actor, envelope, mark, "rejected", (Fault("payload", _("Ada isian yang tidak dapat disimpan.")),))
    except Invalid as refusal:
        return _keep(actor, envelope, mark, "rejected", refusal.faults)
    except DomainError as refusal:
        return _keep(actor, envelope, mark, "rejected", (Fault("", str(refusal)),))


def _sent(envelope: Envelope, kept: journal.Kept) -> Sent:
    return Sent(envelope.id, envelope.device, envelope.seq, envelope.occurred_at, kept.received_at)


def _payload(envelope: Envelope) -> Any:
    if envelope.kind not in kinds():
        raise Invalid(_("Jenis kiriman ini tidak dikenal."), "kind")
    if envelope.occurred_at > clock.now() + FURTHEST_AHEAD:
        raise Invalid(_("Tanggal kiriman lebih dari 24 jam di depan. Periksa jam HP."), "occurred_at")
    if NOT_KEEPABLE.search(json.dumps(envelope.payload)):
        raise Invalid(_("Ada tanda yang tidak dapat disimpan. Tulis ulang bagian itu."), "payload")
    return kinds()[envelope.kind].read(envelope.v, envelope.payload)


def _keep(actor: Actor, envelope: Envelope, mark: str, status: str, found: tuple[Fault, ...]) -> Answer:
    with unit_of_work("core.keep_held" if status == "held" else "core.keep_rejected", actor, str(envelope.id)):
        kept = journal.keep(actor, envelope, mark, status, faults=found)
    return Answer(str(envelope.id), status, kept.receipt, kept.received_at, found)
