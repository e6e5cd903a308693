"""What the home page says of the field: the month of one's groups, and whose turn it is; one query."""

from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork.queries import meetings as read
from p2k2lms.plugins.fieldwork.rules import coverage, meetings, months
from p2k2lms.plugins.fieldwork.values import Asked, Given


@dataclass(frozen=True)
class Turn:
    """The group that is to meet next, and with which sesi."""

    group_id: int
    name: str
    sesi: OutlineSesi


@dataclass(frozen=True)
class Home:
    """How many of the own groups that owe a report this month have one, how many owe none, whose turn it is, and what
    was asked about reports."""

    reported: int
    groups: int
    free: int
    turn: Turn | None
    asked: Asked


def home(actor: Actor) -> Home:
    """The month of the groups that the actor holds today."""
    month = months.month_of(clock.today())
    groups, had, without, asked = read.of_holder(actor.id or 0, month.first)
    reports = {}
    for key, group in groups.items():
        before = coverage.met_in(key, month.first, had.before)
        told = coverage.report_of(key, month.first, had.own, without)
        owes = month.owes(group.valid_from, group.valid_to, before)
        reports[key] = coverage.as_owed(told, owes=owes, before=before)
    silent = [key for key, report in reports.items() if report.state == coverage.SILENT]
    silent.sort(key=lambda key: reports[key].on_day or month.first.replace(year=2000))
    free = sum(report.state == coverage.FREE for report in reports.values())
    turns = (_turn(key, groups[key].name, had.every) for key in silent)
    turn = next((turn for turn in turns if turn), None)
    return Home(len(groups) - free - len(silent), len(groups) - free, free, turn, asked)


def _turn(group_id: int, name: str, met: list[Given]) -> Turn | None:
    """The next sesi by the version that was taught last; who was taught nothing has none to go by."""
    if not met:
        return None
    sesi = meetings.numbered(catalogue.outline(met[-1].version_id))
    following = coverage.next_sesi(group_id, sesi, met)
    return Turn(group_id, name, following) if following else None
