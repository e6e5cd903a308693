"""The journal of submissions: the raw record of what was sent, and its receipts."""

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, func, insert, or_, select, text, update

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db, execute
from p2k2lms.core.errors import Fault
from p2k2lms.core.models import HELD, OF_ANOTHER, TAKES_THE_ID, Submission

if TYPE_CHECKING:
    from p2k2lms.core.submissions import Envelope

# Every submission passes here, so these are built once.
_TABLE: Any = Submission.__table__
_TAKEN = select(_TABLE.c.id).where(_TABLE.c.id.in_(bindparam("ids", expanding=True)), text(TAKES_THE_ID))
_ADD: Any = insert(_TABLE).returning(_TABLE.c.key)
_ADD_MANY: Any = insert(_TABLE).returning(_TABLE.c.key, _TABLE.c.id)
_FLAG: Any = update(_TABLE).where(_TABLE.c.key == bindparam("kept")).values(flags=bindparam("said"))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
SCATTER, SPACE = 0x1F35_71AD, 32**6


@dataclass(frozen=True)
class Kept:
    """What is told about a submission that has been written down."""

    key: int
    received_at: datetime

    @property
    def receipt(self) -> str:
        """The receipt that its sender is given."""
        return receipt(self.key)


def receipt(key: int) -> str:
    """The receipt of a stored submission, `K-7F3A-92`: six signs that stand for its key, one to one."""
    number, signs = key * SCATTER % SPACE, ""
    for _ in range(6):
        number, digit = divmod(number, 32)
        signs = ALPHABET[digit] + signs
    return f"K-{signs[:4]}-{signs[4:]}"


def taken(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these ids with which something has come before."""
    return set(execute(_TAKEN, {"ids": ids}).scalars())


def first(submission_id: uuid.UUID) -> Submission | None:
    """The submission that came first with this id."""
    wanted = select(Submission).where(Submission.id == submission_id, text(TAKES_THE_ID))
    return db.session.scalar(wanted)


def keep(
    actor: Actor,
    envelope: "Envelope",
    mark: str,
    status: str,
    *,
    faults: Sequence[Fault] = (),
) -> Kept:
    """Write down what came and how it is answered; IntegrityError if something has come with this id before."""
    row = _row(actor, envelope, mark, status) | {"faults": _plain(faults)}
    return Kept(execute(_ADD, row).scalar_one(), row["received_at"])


def keep_accepted(actor: Actor, those: Sequence[tuple["Envelope", str]]) -> list[Kept]:
    """Write down many that are accepted together, each with its mark, in their order."""
    rows = [_row(actor, envelope, mark, "accepted") for envelope, mark in those]
    keys = {row.id: row.key for row in execute(_ADD_MANY, rows)}
    return [Kept(keys[row["id"]], row["received_at"]) for row in rows]


def flag(kept: Kept, flags: Sequence[str]) -> None:
    """What turned out to be odd about a submission while it was applied; in the transaction that wrote it down."""
    if flags:
        execute(_FLAG, {"kept": kept.key, "said": list(flags)})


def held(key: int) -> Submission | None:
    """A submission that is held; None if it never was or has been decided."""
    return db.session.scalar(select(Submission).where(Submission.key == key, text(HELD)))


def rejected(key: int) -> Submission | None:
    """A submission that was rejected."""
    return db.session.scalar(select(Submission).where(Submission.key == key, Submission.status == "rejected"))


def to_decide(key: int) -> Submission | None:
    """The same, kept so until the unit of work ends."""
    wanted = select(Submission).where(Submission.key == key, text(HELD)).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def decide(row: Submission, status: str, *, flags: Sequence[str] = (), faults: Sequence[Fault] = ()) -> None:
    """What became of a submission that was held; in the transaction that decides it."""
    row.status, row.flags, row.faults = status, list(flags), _plain(faults)
    db.session.flush()


def restore(row: Submission, envelope: "Envelope") -> None:
    """Write down what is held anew, as its own person says it; its words may have gone meanwhile."""
    row.raw, row.device = _raw(envelope), envelope.device
    row.seq, row.occurred_at = envelope.seq, envelope.occurred_at


def awaited(row: Submission, ids: Collection[uuid.UUID]) -> Submission | None:
    """Something with one of these ids that is held in the same name, and so comes before this."""
    wanted = select(Submission).where(text(HELD), Submission.person_id == row.person_id, Submission.id.in_(ids))
    return db.session.scalars(wanted.where(Submission.key != row.key).limit(1)).first() if ids else None


def near(row: Submission) -> list[Submission]:
    """What is held in the same name and has the id of this submission in it, in whatever form it was written."""
    wanted = select(Submission).where(text(HELD), Submission.person_id == row.person_id, Submission.key != row.key)
    plain = func.replace(func.lower(Submission.raw), "-", "")
    return list(db.session.scalars(wanted.where(plain.contains(row.id.hex)).with_for_update()))


def refuse_held(which: ColumnElement[bool], fault: Fault, forget: bool = False) -> int:
    """Reject whatever of this is held, perhaps with its words; inside an open unit of work. Returns how many."""
    told = {"status": "rejected", "faults": _plain((fault,))} | ({"raw": "", "device": ""} if forget else {})
    done: CursorResult[Any] = db.session.execute(update(Submission).where(text(HELD), which).values(told))  # type: ignore[assignment]
    return done.rowcount


def _row(actor: Actor, envelope: "Envelope", mark: str, status: str) -> dict[str, Any]:
    return {
        "id": envelope.id,
        "kind": envelope.kind,
        "v": envelope.v,
        "person_id": envelope.person,
        "sender_id": actor.id,
        "device": envelope.device,
        "seq": envelope.seq,
        "occurred_at": envelope.occurred_at,
        "received_at": clock.now(),
        "raw": _raw(envelope),
        "hash": mark,
        "status": status,
        "flags": [],
        "faults": [],
    }


def _raw(envelope: "Envelope") -> str:
    return json.dumps(envelope.model_dump(mode="json"))


def keep_malformed(actor: Actor, submission_id: uuid.UUID, raw: Any, faults: Sequence[Fault]) -> Submission:
    """Write down something that is no envelope, once however often it comes."""
    said = json.dumps(raw)
    mark = hashlib.sha256(said.encode()).hexdigest()
    known = select(Submission).where(
        Submission.id == submission_id, Submission.hash == mark, Submission.sender_id == actor.id
    )
    if (row := db.session.scalar(known)) is not None:
        return row
    row = Submission(
        id=submission_id,
        kind="",
        v=0,
        sender_id=actor.id,
        device="",
        seq=0,
        raw=said,
        hash=mark,
        status="malformed",
        faults=_plain(faults),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _plain(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [{"field": f.field, "message": f.message} for f in faults]


def forget_words(ids: Collection[uuid.UUID]) -> None:
    """What these said goes, because it was covered; that they came, and their receipts, stay. In a unit of work.

    Their senders may have said the same in what was refused before and mended since, under another id and in other
    words. Nothing ties the two together, so whatever of theirs was never taken goes too, if it is of the same plugin or
    cannot be read: what is not mended yet the phone still holds, and mends from there.
    """
    covered = select(Submission.person_id, Submission.kind).where(Submission.id.in_(ids), text(TAKES_THE_ID))
    authors = {(person_id, kind.partition(".")[0]) for person_id, kind in db.session.execute(covered)}
    db.session.execute(update(Submission).where(Submission.id.in_(ids)).values(raw=""))
    for person_id, plugin in authors:
        alike = or_(Submission.kind == "", Submission.kind.startswith(f"{plugin}.", autoescape=True))
        sent = Submission.sender_id == person_id
        brought = and_(Submission.person_id == person_id, text(OF_ANOTHER))  # on whose phone it lay
        for theirs in (sent, brought):
            untaken = (theirs, Submission.status != "accepted", alike)
            db.session.execute(update(Submission).where(*untaken).values(raw=""))


def of_sender(person_id: int, before: int | None = None, limit: int = 50) -> list[Submission]:
    """What this person sent, newest first."""
    wanted = select(Submission).where(Submission.sender_id == person_id).order_by(Submission.key.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Submission.key < before)
    return list(db.session.scalars(wanted))


def last_received(person_ids: Collection[int]) -> dict[int, datetime]:
    """When something last came from each of these people, by the index of senders; who sent nothing is left out."""
    newest = select(func.max(Submission.key)).where(Submission.sender_id.in_(person_ids)).group_by(Submission.sender_id)
    rows = select(Submission.sender_id, Submission.received_at).where(Submission.key.in_(newest))
    return {person_id: at for person_id, at in db.session.execute(rows)} if person_ids else {}


def tally(person_id: int) -> dict[str, int]:
    """How many of what this person sent were answered how: by status."""
    counted = (
        select(Submission.status, func.count()).where(Submission.sender_id == person_id).group_by(Submission.status)
    )
    return {status: number for status, number in db.session.execute(counted)}
