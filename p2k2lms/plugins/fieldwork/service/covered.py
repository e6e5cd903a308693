"""Coverage upward: how many groups of one's units have had each sesi; counts alone, made anew each night."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from p2k2lms.core import clock, turns
from p2k2lms.core.access import Actor, require
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue.values import OutlineModul, OutlineSesi
from p2k2lms.plugins.fieldwork.models import CoverageReport
from p2k2lms.plugins.fieldwork.permissions import LIST_UNIT_COVERAGE, READ_UNIT_MONTH
from p2k2lms.plugins.fieldwork.queries import covered as read
from p2k2lms.plugins.fieldwork.queries import figures
from p2k2lms.plugins.fieldwork.queries.verification import kabupaten_paths
from p2k2lms.plugins.fieldwork.rules import places
from p2k2lms.plugins.fieldwork.service.course import field_course
from p2k2lms.plugins.fieldwork.service.obstacles import reach

COUNT_COVERAGE = "fieldwork.count_coverage"


@dataclass(frozen=True)
class Covered:
    """One sesi: the groups that have had it, and those that had all of it."""

    sesi: OutlineSesi
    had: int
    whole: int


@dataclass(frozen=True)
class UnitCoverage:
    """The sesi by modul over all groups of the actor's units, as known on a day; None before the first count."""

    groups: int
    as_of: date | None
    modul: tuple[tuple[OutlineModul, tuple[Covered, ...]], ...]


def count_coverage() -> None:
    """The job of the night: each kabupaten in a transaction of its own, and one that fails keeps no other waiting.

    Done twice it says the same.
    """
    paths = sorted(kabupaten_paths(places.KABUPATEN))
    turns.each("coverage could not be counted", [(path, partial(_count, path)) for path in paths])


def _count(path: str) -> None:
    day = clock.today()
    with unit_of_work(COUNT_COVERAGE, subject=path) as uow:
        groups = read.groups_of(path, day)
        read.forget(path)
        for sesi, had, whole in read.counted(path, day):
            counts = {"groups": groups, "had": had, "whole": whole}
            uow.add(CoverageReport(unit_path=path, sesi=sesi, as_of=day, **counts))


def modul_done(month: date, units: Collection[int] | None) -> Any:
    """The SELECT of L3-08, by the modul that the course for the families has now."""
    course = field_course()
    modul = [[sesi.id for sesi in own] for _modul, own in course.modul] if course else []
    return figures.modul_done(month, units, modul or [[""]])


@dataclass(frozen=True)
class UnitMonth:
    """The groups of a unit in a month: that owed a meeting, that met, that were reported; None before any count."""

    due: int
    met: int
    reported: int
    as_of: datetime | None


def unit_month(actor: Actor, unit_path: str, month: date) -> UnitMonth:
    """The month of a unit of the actor's."""
    require(actor, READ_UNIT_MONTH, unit_path)
    return UnitMonth(*read.month_of_unit(unit_path, month.replace(day=1)))


def unit_coverage(actor: Actor) -> UnitCoverage:
    """How far the groups of the actor's units have come with the modul."""
    require(actor, LIST_UNIT_COVERAGE)
    paths, course = reach(actor), field_course()
    known = {sesi: (int(had), int(whole), as_of) for sesi, had, whole, as_of in read.reported(paths)}
    modul = tuple(
        (one, tuple(Covered(sesi, *known.get(sesi.id, (0, 0))[:2]) for sesi in own))
        for one, own in (course.modul if course else ())
    )
    return UnitCoverage(read.groups_in(paths), min((row[2] for row in known.values()), default=None), modul)
