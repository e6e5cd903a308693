"""What came in another's name, or from a closed account: held until somebody says whose it is."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from p2k2lms.core import audit, journal, photos
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Fault, NotFound
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import REFUSALS, Answer, Envelope, Sent, faults_of, kinds, named, payload_of
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work

MOST_WHY = 3
REFUSAL = "core.refuse_submission"
TAKEN, REFUSED = "core.submission_taken", "core.submission_refused"


class NotYet(Conflict):
    """What is held cannot be taken now, and stays held."""


def confirm(by: Actor, person: Actor, key: int, said: Envelope | None = None) -> Answer:
    """Take what is held in this person's name as theirs, because `by` says it is: it counts from the day it came.

    `said`: the same anew from the person's own phone, which stands in for what is kept. What its use-case refuses is
    rejected, as it would have been then; what collides is tried once more, for whoever was in the way may have gone.
    NotFound when nothing is held under this key; NotYet when its words are gone or something held comes before it.
    """
    for last in (False, True):
        try:
            return _take(by, person, key, said)
        except NotYet:
            raise
        except IntegrityError as collision:
            if last:
                return turn_down(by, key, faults_of(collision))
        except REFUSALS as refusal:
            return turn_down(by, key, faults_of(refusal))
    raise AssertionError("the second round answers")


def _take(by: Actor, person: Actor, key: int, said: Envelope | None) -> Answer:
    with unit_of_work("core.confirm_submission", by, f"submission:{key}") as uow:
        row = _held(key)
        envelope = said or _ready(row)
        sent = Sent(row.id, envelope.device, envelope.seq, envelope.occurred_at, row.received_at)
        payload = payload_of(envelope, row.received_at)
        flags = tuple(kinds()[row.kind].apply(person, sent, payload))
        journal.decide(row, "accepted", flags=flags)
        if said is not None:
            journal.restore(row, said)
        _tell(uow, row, TAKEN, ())
        return Answer(str(row.id), "accepted", journal.receipt(key), row.received_at, flags=flags)


def _ready(row: Submission) -> Envelope:
    """What is kept, for who takes it in the place of its own person."""
    if not row.raw:
        raise NotYet(_("Isinya sudah dihapus dari server. Hanya HP orangnya yang masih dapat mengirimnya."))
    envelope = Envelope.model_validate_json(row.raw)
    first = journal.awaited(row, named(envelope.payload))
    if first is not None:
        raise NotYet(_("Putuskan dulu %(receipt)s: kiriman ini menyusulnya.", receipt=journal.receipt(first.key)))
    return envelope


def turn_down(by: Actor, key: int, faults: Sequence[Fault]) -> Answer:
    """Reject what is held, and what hangs on it: whose it is reads the faults among what was sent.

    A photo that came for it goes, unless its own person is refused and will mend it. NotFound when nothing is held
    there.
    """
    with unit_of_work(REFUSAL, by, f"submission:{key}") as uow:
        row = _held(key)
        _reject(by, row, faults)
        gone = [row]
        for one in gone:  # it grows: what hangs on this may have something hanging on it
            along = _hanging_on(one)
            for other in along:
                _reject(by, other, (Fault("", _("Kiriman yang menjadi dasarnya ditolak.")),))
            gone += along
        uow.also_about([f"submission:{one.key}" for one in gone[1:]])
        _tell(uow, row, REFUSED, faults, len(gone) - 1)
        return Answer(str(row.id), "rejected", journal.receipt(key), row.received_at, tuple(faults))


def was_turned_down_by(actor: Actor, key: int) -> bool:
    """True if this was held, and it was this person who let it be refused."""
    return audit.did(actor, REFUSAL, f"submission:{key}")


def _hanging_on(row: Submission) -> list[Submission]:
    """What is held in the same name and speaks of this."""
    return [one for one in journal.near(row) if row.id in named(_payload(one))]


def _reject(by: Actor, row: Submission, faults: Sequence[Fault]) -> None:
    journal.decide(row, "rejected", faults=faults)
    photo = _payload(row).get("photo")
    if row.person_id is not None and isinstance(photo, str):
        (photos.wait_anew if row.person_id == by.id else photos.let_go)(row.person_id, photo)


def _payload(row: Submission) -> dict[str, Any]:
    """What it says; nothing when its words are gone."""
    said: dict[str, Any] = json.loads(row.raw)["payload"] if row.raw else {}
    return said


def _held(key: int) -> Submission:
    row = journal.to_decide(key)
    if row is None:
        raise NotFound("held submission")
    return row


def _tell(uow: UnitOfWork, row: Submission, notice: str, faults: Sequence[Fault], along: int = 0) -> None:
    """Tell whose it is, unless they have just said so themselves; `along`: how many others went with it."""
    why = [fault.message for fault in faults[:MOST_WHY]]
    if along:
        why.append(counted("%(n)s kiriman lain yang menyusulnya ikut ditolak.", along))
    if row.person_id is not None and row.person_id != uow.actor.id:
        uow.notify(row.person_id, notice, "/kiriman", receipt=journal.receipt(row.key), why=why)
