"""What came in another's name, or from a closed account: held until somebody says whose it is."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from p2k2lms.core import journal
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Fault, NotFound
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import REFUSALS, Answer, Envelope, Sent, faults_of, kinds, payload_of
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work

LONGEST_WHY = 300
TAKEN, REFUSED = "core.submission_taken", "core.submission_refused"


def confirm(by: Actor, person: Actor, key: int) -> Answer:
    """Take what is held in this person's name as theirs, because `by` says it is: it counts from the day it came.

    What its use-case refuses is rejected, as it would have been then. NotFound when nothing is held under this key.
    """
    try:
        with unit_of_work("core.confirm_submission", by, f"submission:{key}") as uow:
            row = _held(key)
            envelope = Envelope.model_validate_json(row.raw)
            sent = Sent(row.id, row.device, row.seq, envelope.occurred_at, row.received_at)
            payload = payload_of(envelope, row.received_at)
            flags = tuple(kinds()[row.kind].apply(person, sent, payload))
            journal.decide(row, "accepted", flags=flags)
            _tell(uow, row, TAKEN, ())
            return Answer(str(row.id), "accepted", journal.receipt(key), row.received_at, flags=flags)
    except (*REFUSALS, IntegrityError) as refusal:
        return turn_down(by, key, faults_of(refusal))


def turn_down(by: Actor, key: int, faults: Sequence[Fault]) -> Answer:
    """Reject what is held: whose it is reads the faults among what was sent. NotFound when nothing is held there."""
    with unit_of_work("core.refuse_submission", by, f"submission:{key}") as uow:
        row = _held(key)
        journal.decide(row, "rejected", faults=faults)
        _tell(uow, row, REFUSED, faults)
        return Answer(str(row.id), "rejected", journal.receipt(key), row.received_at, tuple(faults))


def _held(key: int) -> Submission:
    row = journal.to_decide(key)
    if row is None:
        raise NotFound("held submission")
    return row


def _tell(uow: UnitOfWork, row: Submission, notice: str, faults: Sequence[Fault]) -> None:
    """Tell whose it is, unless they have just said so themselves."""
    why = " ".join(fault.message for fault in faults)[:LONGEST_WHY]
    if row.person_id is not None and row.person_id != uow.actor.id:
        uow.notify(row.person_id, notice, "/kiriman", receipt=journal.receipt(row.key), why=why)
