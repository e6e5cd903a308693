"""Many sheets written at once: those of earlier years, and those of a demo."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation.queries import replies as write
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules.answers import Sheet
from p2k2lms.plugins.evaluation.values import VersionCard


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One sheet that was read and found right: whose it is, when and how it came."""

    assignment_id: int
    sheet: Sheet
    at: datetime
    mode: str = "daring"
    seconds: int | None = None


def keep_sheets(wave_id: int, version: VersionCard, filled: Sequence[Filled]) -> None:
    """Write these first sheets of a wave; whoever they are of has answered."""
    consent = hashlib.sha256(version.instrument.consent.encode()).hexdigest()
    about = {"wave_id": wave_id, "version_id": version.id, "consent_sha": consent}
    first = {"number": 1, "newest": True, "comment": ""}
    replies, values = [], []
    for one in filled:
        key = uuid.uuid4()
        told = {"mode": one.mode, "seconds": one.seconds, "occurred_at": one.at, "received_at": one.at}
        replies.append({"id": key, "assignment_id": one.assignment_id, **about, **first, **told})
        values += write.rows_of(key, one.sheet)
    with unit_of_work("evaluation.keep_sheets", subject=f"wave:{wave_id}"):
        write.insert_replies(replies)
        write.insert_values(values)
        read.mark_answered([one.assignment_id for one in filled])
