"""The one door for what people send: stored raw and applied once, together, answered by a receipt."""

import logging
import uuid
from collections.abc import Mapping, Sequence, Set
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoLineLeft

from p2k2lms.core import clock, faults, journal, quarantine, sqlite, submissions
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Fault, Invalid, NotFound, ReadOnly
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import (
    ID_CONFLICT,
    LONGEST_DEVICE,
    REFUSALS,
    Answer,
    Envelope,
    Sent,
    SubmissionKind,
    faults_of,
    fingerprint,
    kinds,
    named,
    payload_of,
)
from p2k2lms.core.unit_of_work import let_go, unit_of_work

log = logging.getLogger(__name__)
MOST = 100
DEEPEST = 32  # lists within lists: more is no form that anybody fills in, and no library writes it back


def receive(actor: Actor, raw: Sequence[Any]) -> list[Answer]:
    """Take up to 100 envelopes in order; none stops the next, unless the database itself is in trouble.

    Each has a transaction of its own, but neighbours of a kind that takes many share one while all are accepted.
    What breaks by a fault of ours is left out of the answers, and so is what speaks of it, so that its sender keeps
    both and sends them again.
    """
    if len(raw) > MOST:
        raise Invalid(_("Paling banyak %(most)s kiriman sekali jalan.", most=MOST))
    raw = [item if _is_shallow(item) else None for item in raw]
    read = [_read(item) for item in raw]
    ids = [envelope.id for envelope in read if isinstance(envelope, Envelope)]
    taken = journal.taken(ids) if len(ids) > 1 else set()  # one alone is written down: the index knows its twin
    runs = groupby(zip(raw, read, strict=True), lambda pair: _taken_together(actor, pair[1], taken))
    left: set[uuid.UUID] = set()
    return [answer for kind, run in runs for answer in _run(actor, kind, list(run), taken, left)]


def receive_one(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, sent_id: str, device: str, v: int = 1
) -> Answer:
    """The same door for a form without script: the id was made when the page was drawn.

    What is no id, or was used for something else by a page that was kept open, is replaced.
    """
    at = clock.now()
    envelope = {"id": _id(sent_id), "kind": kind, "v": v, "person": actor.id, "device": device[:LONGEST_DEVICE]}
    sent = {**envelope, "seq": int(at.timestamp() * 1000), "occurred_at": at.isoformat(), "payload": dict(payload)}
    return _one(actor, sent, _read(sent), frozenset(), replaces=True)


def _id(said: str) -> str:
    try:
        return str(uuid.UUID(said))
    except ValueError:
        return str(uuid.uuid4())


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
    if not isinstance(envelope, Envelope) or not _is_own(actor, envelope) or envelope.id in taken:
        return ""
    kind = kinds().get(envelope.kind)
    return kind.name if kind is not None and kind.apply_all is not None else ""


def _is_own(actor: Actor, envelope: Envelope) -> bool:
    """False for what must wait for an officer: it comes in another's name, or from an account that was closed."""
    return envelope.person == actor.id and not actor.closed


def _run(
    actor: Actor, kind: str, run: Sequence[tuple[Any, Any]], taken: Set[uuid.UUID], left: set[uuid.UUID]
) -> list[Answer]:
    """Neighbours of one kind: all together, else each alone; `left` grows by what has no answer."""
    run = [(raw, envelope) for raw, envelope in run if not _waits(envelope, left)]
    together = _together(actor, kinds()[kind], [envelope for _raw, envelope in run]) if kind and len(run) > 1 else None
    return together or [told for pair in run if (told := _unless_it_breaks(actor, *pair, taken, left))]


def _waits(envelope: Envelope | tuple[Fault, ...], left: set[uuid.UUID]) -> bool:
    """True for what speaks of something that is left without answer; then it is left too."""
    if not left or not isinstance(envelope, Envelope) or left.isdisjoint(named(envelope.payload)):
        return False
    left.add(envelope.id)
    return True


def _unless_it_breaks(
    actor: Actor, raw: Any, envelope: Envelope | tuple[Fault, ...], taken: Set[uuid.UUID], left: set[uuid.UUID]
) -> Answer | None:
    if _waits(envelope, left):
        return None
    try:
        return _one(actor, raw, envelope, taken)
    except Exception as fault:
        if _is_about_all(fault):
            raise
        log.exception("an envelope has no answer: %s", envelope.id if isinstance(envelope, Envelope) else "unreadable")
        let_go()
        if isinstance(envelope, Envelope):
            left.add(envelope.id)
        return None


def _together(actor: Actor, kind: SubmissionKind, envelopes: Sequence[Envelope]) -> list[Answer] | None:
    """All of them in one transaction, each with its receipt and its line of the audit; None if that cannot be."""
    assert kind.apply_all is not None, "only kinds that take many come here"
    first, *rest = [str(envelope.id) for envelope in envelopes]
    try:
        with unit_of_work(f"intake.{kind.name}", actor, first) as uow:
            uow.also_about(rest)
            payloads = [payload_of(envelope, clock.now()) for envelope in envelopes]
            kept = journal.keep_accepted(actor, [(envelope, fingerprint(envelope)) for envelope in envelopes])
            sent = [_sent(*pair) for pair in zip(envelopes, kept, strict=True)]
            flags = kind.apply_all(actor, list(zip(sent, payloads, strict=True)))
            for row, said in zip(kept, flags, strict=True):
                journal.flag(row, said)
    except (*REFUSALS, IntegrityError):
        return None  # one of them is refused: alone each says so for itself
    except Exception:  # whatever else one of them does must not take the others along
        log.exception("%s: %s envelopes could not be taken together", kind.name, len(envelopes))
        return None
    return [
        Answer(str(e.id), "accepted", k.receipt, k.received_at, flags=tuple(said))
        for e, k, said in zip(envelopes, kept, flags, strict=True)
    ]


def _is_about_all(fault: Exception) -> bool:
    """True where what comes next would meet it too: who sends may change nothing, or the database is in trouble."""
    if isinstance(fault, OperationalError):
        return not sqlite.is_statements_own(fault.orig)
    return isinstance(fault, ReadOnly | NoLineLeft)


def _one(
    actor: Actor, raw: Any, envelope: Envelope | tuple[Fault, ...], taken: Set[uuid.UUID], *, replaces: bool = False
) -> Answer:
    if not isinstance(envelope, Envelope):
        return _malformed(actor, raw, envelope)
    mark = fingerprint(envelope)
    known = journal.first(envelope.id) if envelope.id in taken else None
    for _round in range(2):
        if known is not None and replaces and _is_other(actor, mark, known):
            return _one(actor, raw, envelope.model_copy(update={"id": uuid.uuid4()}), taken)
        if known is not None:
            return _again(actor, envelope, mark, known)
        try:
            return _fresh(actor, envelope, mark)
        except IntegrityError:  # a twin won the race, or stands before it among these
            known = journal.first(envelope.id)
    return _keep(actor, envelope, mark, "rejected", (submissions.taken_twice(),))


def _malformed(actor: Actor, raw: Any, found: tuple[Fault, ...]) -> Answer:
    """Keep what cannot be read if it says its id, so that it can be mended; the id stays free for that."""
    try:
        wanted = uuid.UUID(raw["id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return Answer("", "rejected", faults=found)
    with unit_of_work("core.keep_rejected", actor, str(wanted)):
        row = journal.keep_malformed(actor, wanted, raw, found)
        return Answer(str(wanted), "rejected", journal.receipt(row.key), row.received_at, found)


def _again(actor: Actor, envelope: Envelope, mark: str, known: Submission) -> Answer:
    if known.status == "held" and known.hash == mark and _is_own(actor, envelope):
        try:
            return quarantine.confirm(actor, actor, known.key, envelope)  # its own person says the same
        except NotFound:  # an officer has decided meanwhile
            return _answered(journal.first(envelope.id) or known)
    if _is_other(actor, mark, known):
        fault = Fault("id", ID_CONFLICT)
        with unit_of_work("core.keep_conflict", actor, str(envelope.id)):
            journal.keep(actor, envelope, mark, "conflict", faults=(fault,))
        return Answer(str(envelope.id), "rejected", faults=(fault,))
    return _answered(known)


def _is_other(actor: Actor, mark: str, known: Submission) -> bool:
    """True where this id was used for something else, or by somebody else."""
    return known.hash != mark or actor.id not in (known.sender_id, known.person_id)


def _answered(known: Submission) -> Answer:
    """What is told of something that came before."""
    status = "duplicate" if known.status == "accepted" else known.status
    found = tuple(Fault(f["field"], f["message"]) for f in known.faults)
    return Answer(str(known.id), status, journal.receipt(known.key), known.received_at, found, tuple(known.flags))


def _fresh(actor: Actor, envelope: Envelope, mark: str) -> Answer:
    if not _is_own(actor, envelope):
        return _keep(actor, envelope, mark, "held", ())
    try:
        with unit_of_work(f"intake.{envelope.kind}", actor, str(envelope.id)):
            payload = payload_of(envelope, clock.now())
            # written down first, so that a twin is met before anything is done
            kept = journal.keep(actor, envelope, mark, "accepted")
            flags = tuple(kinds()[envelope.kind].apply(actor, _sent(envelope, kept), payload))
            journal.flag(kept, flags)
            return Answer(str(envelope.id), "accepted", kept.receipt, kept.received_at, flags=flags)
    except REFUSALS as refusal:
        return _keep(actor, envelope, mark, "rejected", faults_of(refusal))


def _sent(envelope: Envelope, kept: journal.Kept) -> Sent:
    return Sent(envelope.id, envelope.device, envelope.seq, envelope.occurred_at, kept.received_at)


def _keep(actor: Actor, envelope: Envelope, mark: str, status: str, found: tuple[Fault, ...]) -> Answer:
    with unit_of_work("core.keep_held" if status == "held" else "core.keep_rejected", actor, str(envelope.id)):
        kept = journal.keep(actor, envelope, mark, status, faults=found)
    return Answer(str(envelope.id), status, kept.receipt, kept.received_at, found)
