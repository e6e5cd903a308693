"""The monthly report as it is read, signed and printed: plain values that JSON can carry."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.fieldwork.values.words import NOT_MET, owes_none


@dataclass(frozen=True)
class Met:
    """One meeting of one group."""

    day: date
    sesi: str
    due: int
    women: int
    men: int
    children: int
    homework: int
    done: int
    steps: int
    minutes: int | None
    obstacle: str

    @property
    def present(self) -> int:
        """Families that came."""
        return self.women + self.men


@dataclass(frozen=True)
class GroupMonth:
    """One group in the month: its meetings, or why there was none.

    It owes none when it has just begun, or when its families met `before` they were divided off, in the other group.
    """

    name: str
    desa: str
    members: int
    reason: str
    meetings: tuple[Met, ...]
    owes: bool = True
    before: date | None = None

    @property
    def without(self) -> str:
        """What stands in the place of its meetings where there are none."""
        if self.reason:
            return str(NOT_MET[self.reason])
        return _("Belum ada laporan") if self.owes else owes_none(self.before)


@dataclass(frozen=True)
class Body:
    """All that is signed: the groups, and how many families left by reason."""

    groups: tuple[GroupMonth, ...]
    exits: dict[str, int]

    @property
    def met(self) -> int:
        """Groups that met."""
        return sum(bool(group.meetings) for group in self.groups)

    @property
    def silent(self) -> int:
        """Groups that owe a meeting and of which nothing was said."""
        return sum(group.owes and not group.meetings and not group.reason for group in self.groups)

    @property
    def owing(self) -> int:
        """Groups that owe a meeting."""
        return sum(group.owes for group in self.groups)

    @property
    def present(self) -> int:
        """Families that came, summed over meetings; more than were due are set aside."""
        return sum(m.present for m in self._sound)

    @property
    def due(self) -> int:
        """Families that were due at the same meetings."""
        return sum(m.due for m in self._sound)

    @property
    def members(self) -> int:
        """Families of all groups."""
        return sum(group.members for group in self.groups)

    @property
    def _sound(self) -> list[Met]:
        return [m for group in self.groups for m in group.meetings if m.present <= m.due]


def to_json(body: Body) -> dict[str, Any]:
    """What is kept when it is signed."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(body), default=date.isoformat))
    return said


def from_json(said: dict[str, Any]) -> Body:
    """The same again."""
    known = [field.name for field in fields(Met)]

    def met(row: dict[str, Any]) -> Met:
        return Met(**{name: row[name] for name in known} | {"day": date.fromisoformat(row["day"])})

    def of_group(row: dict[str, Any]) -> GroupMonth:
        before = date.fromisoformat(row["before"]) if row.get("before") else None
        return GroupMonth(**row | {"meetings": tuple(met(one) for one in row["meetings"]), "before": before})

    return Body(tuple(of_group(row) for row in said["groups"]), said["exits"])


def says(said: dict[str, Any], body: Body) -> bool:
    """True if what was kept says the same as the body; of what it did not say yet, nothing has changed."""
    kept = from_json(said)
    if len(kept.groups) != len(body.groups):
        return False
    silent = ["owes" not in row for row in said["groups"]]
    pairs = zip(silent, kept.groups, body.groups, strict=True)
    same = tuple(replace(old, owes=new.owes, before=new.before) if mute else old for mute, old, new in pairs)
    return replace(kept, groups=same) == body


@dataclass(frozen=True)
class Acks:
    """When a report was signed, and when each recipient acknowledged it."""

    signed: datetime
    korkab: datetime | None
    dinsos: datetime | None


@dataclass(frozen=True)
class Word:
    """What a supervisor said of a month."""

    verdict: str
    remark: str


@dataclass(frozen=True)
class MonthlyPlace:
    """A monthly report as a permission sees it: whose, and where that person worked."""

    person_id: int
    unit_path: str
