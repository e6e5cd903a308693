"""What the field hands out: groups, meetings, the facts that months are counted from, and what a map shows."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time

from p2k2lms.core.free_text import NUMBER, VIOLENCE
from p2k2lms.plugins.fieldwork.values import roster
from p2k2lms.plugins.fieldwork.values.words import CANCELLED, VALID


@dataclass(frozen=True)
class GroupCard:
    """A kelompok, who holds it today, and how many families it has today."""

    id: int
    name: str
    place: str
    unit_id: int
    unit_path: str
    zone: str
    valid_from: date
    valid_to: date | None
    holder_id: int | None = None
    members: int = 0


@dataclass(frozen=True)
class PersonMonth:
    """A pendamping in a month, as last counted: groups that owed a meeting, those that met, meetings led, families."""

    person_id: int
    month: date
    due: int
    met: int
    led: int
    caseload_end: int


@dataclass(frozen=True)
class Held:
    """Who holds a group over which days."""

    group_id: int
    person_id: int
    valid_from: date
    valid_to: date | None

    def on(self, day: date) -> bool:
        """True if it holds on this day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Unheld:
    """A group that nobody holds since a day; who held it last."""

    id: int
    name: str
    unit_id: int
    since: date
    last: str


@dataclass(frozen=True)
class GroupPlace:
    """A group as a permission sees it on one day: where it is, who holds it then, who ever held it."""

    unit_path: str
    holder_id: int | None
    holders: frozenset[int]


@dataclass(frozen=True)
class Change:
    """One entry of the ledger of members."""

    group_id: int
    on_day: date
    delta: int
    reason: str


@dataclass(frozen=True)
class Present:
    """One group at one meeting: how many were due (frozen then), who came, and how many brought the homework.

    `numbers` are those of the roster who came, one bit a family, where they were ticked.
    """

    group_id: int
    due: int
    women: int
    men: int
    children: int
    homework_back: int
    numbers: bytes | None = None
    group_name: str = ""

    @property
    def families(self) -> int:
        """How many families came: each sends one grown-up."""
        return self.women + self.men

    @property
    def ticked(self) -> frozenset[int]:
        """Which families came, by their number; none where nobody was ticked."""
        return roster.unpacked(self.numbers)

    @property
    def ticks(self) -> str:
        """The same as a text."""
        return roster.spelled(self.ticked)


@dataclass(frozen=True)
class Given:
    """One meeting as the months count it: who led it, of which groups, and what was given."""

    id: uuid.UUID
    leader_id: int
    on_day: date
    sesi: str
    version_id: int
    steps: str
    received_at: datetime
    present: tuple[Present, ...]


@dataclass(frozen=True)
class Asked:
    """How many remarks on one's reports wait for an answer, and the meeting with the oldest of them."""

    number: int = 0
    meeting_id: uuid.UUID | None = None


@dataclass(frozen=True)
class MeetingCard:
    """One meeting with all that was told about it."""

    id: uuid.UUID
    leader_id: int
    on_day: date
    start: time | None
    minutes: int | None
    version_id: int
    sesi: str
    steps: str
    handraise: str
    obstacle: str
    note: str
    place: str
    status: str
    flags: tuple[str, ...]
    version: int
    corrects: uuid.UUID | None
    replaced: bool
    cancel_reason: str
    occurred_at: datetime
    received_at: datetime
    present: tuple[Present, ...]

    @property
    def stands(self) -> bool:
        """True while it counts: neither cancelled nor told anew."""
        return self.status == VALID and not self.replaced

    @property
    def cancelled(self) -> bool:
        """True if it was called off."""
        return self.status == CANCELLED

    @property
    def needs_redaction(self) -> bool:
        """True if the note should be looked at by the supervisor."""
        return bool(self.note) and bool({NUMBER, VIOLENCE} & set(self.flags))


@dataclass(frozen=True)
class Coverage:
    """What a group has had of one sesi: done, part, skipped, next, or nothing yet; and when last."""

    state: str
    on_day: date | None = None


@dataclass(frozen=True)
class MonthFacts:
    """The sums of one pendamping, or of a set of groups, in one month; percentages are made from sums alone."""

    groups_due: int = 0
    groups_met: int = 0
    groups_reported: int = 0
    meetings_led: int = 0
    attend_num: int = 0
    attend_den: int = 0
    kpm_end: int = 0
    person_days: int = 0
    exits: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldMonth:
    """One month of a pendamping as the month facts know it."""

    month: date
    due: int
    met: int
    led: int
    on_time: int
    present: int
    invited: int
    steps_done: int
    steps_due: int
    exits_own: int
    caseload_end: int
    as_of: datetime


@dataclass(frozen=True)
class Report:
    """How one group stands in one month: met (when last), said that it did not meet, silent, or free of a meeting.

    It is free as its families met on a day before it was divided off, or as it has just begun.
    """

    state: str
    on_day: date | None = None

    @property
    def told(self) -> bool:
        """True if something was told of the month."""
        return self.state in {"sudah", "tidak"}


@dataclass(frozen=True)
class OwnGroup:
    """A group of one's own by its name, and the days of which it exists."""

    name: str
    valid_from: date
    valid_to: date | None
