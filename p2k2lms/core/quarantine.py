"""What came in another's name, or from a closed account: held until somebody says whose it is."""

import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from p2k2lms.core import journal, photos
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Fault, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import REFUSALS, Answer, Envelope, Sent, faults_of, kinds, payload_of
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work

MOST_WHY = 3
AN_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
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
    first = journal.awaited(row, {uuid.UUID(one) for one in AN_ID.findall(json.dumps(envelope.payload))})
    if first is not None:
        raise NotYet(_("Putuskan dulu %(receipt)s: kiriman ini menyusulnya.", receipt=journal.receipt(first.key)))
    return envelope


def turn_down(by: Actor, key: int, faults: Sequence[Fault]) -> Answer:
    """Reject what is held, and what hangs on it: whose it is reads the faults among what was sent.

    A photo that came for it goes. NotFound when nothing is held there.
    """
    with unit_of_work("core.refuse_submission", by, f"submission:{key}") as uow:
        row = _held(key)
        _reject(row, faults)
        waiting = [row]
        while waiting:
            for one in journal.hanging_on(waiting.pop()):
                _reject(one, (Fault("", _("Kiriman yang menjadi dasarnya ditolak.")),))
                uow.also_about([f"submission:{one.key}"])
                waiting.append(one)
        _tell(uow, row, REFUSED, faults)
        return Answer(str(row.id), "rejected", journal.receipt(key), row.received_at, tuple(faults))


def _reject(row: Submission, faults: Sequence[Fault]) -> None:
    journal.decide(row, "rejected", faults=faults)
    said: dict[str, Any] = json.loads(row.raw)["payload"] if row.raw else {}
    if row.person_id is not None and isinstance(said.get("photo"), str):
        photos.let_go(row.person_id, said["photo"])


def _held(key: int) -> Submission:
    row = journal.to_decide(key)
    if row is None:
        raise NotFound("held submission")
    return row


def _tell(uow: UnitOfWork, row: Submission, notice: str, faults: Sequence[Fault]) -> None:
    """Tell whose it is, unless they have just said so themselves."""
    why = [fault.message for fault in faults[:MOST_WHY]]
    if row.person_id is not None and row.person_id != uow.actor.id:
        uow.notify(row.person_id, notice, "/kiriman", receipt=journal.receipt(row.key), why=why)
