"""The journal of one person as a page shows it: what was sent in one go stands on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.journal import receipt
from p2k2lms.core.models import Submission
from p2k2lms.core.submissions import IN_WORDS

IN_PLAIN = "accepted"


@dataclass(frozen=True)
class Line:
    """One submission: when it came, its receipt, what is to mend, and what is odd but true."""

    at: datetime
    receipt: str
    faults: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Submissions of one kind that came one after the other on one day, the newest first."""

    kind: str
    status: str
    lines: tuple[Line, ...]


def in_groups(rows: Sequence[Submission], zone: str) -> list[Group]:
    """Join neighbours accepted alike, with the same flags, on one day of this zone; what needs mending stands alone."""

    def alike(row: Submission) -> tuple[Any, ...]:
        alone = 0 if row.status == IN_PLAIN else row.key
        return row.kind, row.status, clock.on_day(row.received_at, zone), alone, tuple(row.flags)

    runs = groupby(rows, key=alike)
    return [Group(kind, status, tuple(_line(row) for row in run)) for (kind, status, *_), run in runs]


def _line(row: Submission) -> Line:
    told = tuple(str(IN_WORDS.get(f["message"], f["message"])) for f in row.faults)
    return Line(row.received_at, receipt(row.key), told, tuple(row.flags))
