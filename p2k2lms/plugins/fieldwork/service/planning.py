"""The plan of a pendamping: which sesi each group has in which month, suggested and kept in a few taps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Plan
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP
from p2k2lms.plugins.fieldwork.queries import plans as read
from p2k2lms.plugins.fieldwork.rules import months, planning
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.service import groups
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.service.coverage import Line, lines


@dataclass(frozen=True)
class Planned:
    """What one group has planned for a month, or what is suggested."""

    sesi: str
    on_day: date | None
    kept: bool


@dataclass(frozen=True)
class YearPlan:
    """The groups and their months: what is kept, and a suggestion where nothing is."""

    course: FieldCourse | None
    lines: tuple[Line, ...]
    months: tuple[date, ...]
    cells: Mapping[tuple[int, date], Planned]

    def of_month(self, month: date) -> list[tuple[Line, Planned | None]]:
        """One month, by group."""
        return [(line, self.cells.get((line.card.id, month))) for line in self.lines]

    @property
    def kept(self) -> int:
        """How many are kept."""
        return sum(cell.kept for cell in self.cells.values())


def year_plan(actor: Actor, first: date, number: int = planning.YEAR) -> YearPlan:
    """The next months of the actor's groups."""
    require(actor, CREATE_GROUP)
    own, course = groups.own_groups(actor), field_course()
    firsts = planning.months_from(first, number)
    mapped = lines(own, course)
    rows = read.plans_of([card.id for card in own], firsts[0], firsts[-1] + timedelta(days=31))
    cells = {(row.group_id, row.month): Planned(row.sesi, row.on_day, True) for row in rows}
    for line in mapped if course else []:
        taken = {cell.sesi for (group_id, _month), cell in cells.items() if group_id == line.card.id}
        free = [m for m in firsts if (line.card.id, m) not in cells and not _met(line, m)]
        wanted = planning.suggestions(course.sesi if course else (), line.cells, len(firsts) + len(taken))
        for month, sesi in zip(free, (one for one in wanted if one not in taken), strict=False):
            cells[line.card.id, month] = Planned(sesi, None, False)
    return YearPlan(course, tuple(mapped), tuple(firsts), cells)


def _met(line: Line, month: date) -> bool:
    """A month in which the group has met already needs no suggestion."""
    day = line.report.on_day
    return line.report.state == "sudah" and day is not None and months.month_of(day).first == month


def keep_month(actor: Actor, day: date, chosen: Mapping[int, tuple[str, str]]) -> None:
    """The month as it was chosen: a sesi and perhaps a day for each group; without a sesi nothing is planned."""
    require(actor, CREATE_GROUP)
    month = months.month_of(day)
    with unit_of_work("fieldwork.plan_month", actor, f"person:{actor.id}:{month.first:%Y-%m}") as uow:
        own, course = {card.id for card in groups.own_groups(actor)}, field_course()
        known = {one.id for one in course.sesi} if course else set()
        read.forget(own, month.first, month.after)
        for group_id, (sesi, text) in chosen.items():
            if group_id in own and sesi in known:
                uow.add(
                    Plan(group_id=group_id, month=month.first, sesi=sesi, on_day=_day(text, month), person_id=actor.id)
                )


def _day(text: str, month: Month) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as odd:
        raise Invalid(_("Isi tanggal di bulan ini."), "on_day") from odd
    if not month.has(day):
        raise Invalid(_("Isi tanggal di bulan ini."), "on_day")
    return day


def keep_year(actor: Actor) -> int:
    """One tap: every suggestion of the next twelve months is kept; what was planned stays. Returns how many."""
    require(actor, CREATE_GROUP)
    with unit_of_work("fieldwork.plan_year", actor, f"person:{actor.id}") as uow:
        found = year_plan(actor, clock.today())
        new = [(key, cell) for key, cell in found.cells.items() if not cell.kept]
        for (group_id, month), cell in new:
            uow.add(Plan(group_id=group_id, month=month, sesi=cell.sesi, person_id=actor.id))
        return len(new)
