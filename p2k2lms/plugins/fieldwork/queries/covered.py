"""Counts and reads coverage: which groups of a kabupaten have had which sesi."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, delete, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import CoverageReport, Group, GroupMonth, MeetingGroup
from p2k2lms.plugins.fieldwork.queries import joined
from p2k2lms.plugins.fieldwork.queries.groups import below


def groups_of(path: str, day: date) -> int:
    """The groups below a path that exist on a day."""
    wanted = select(func.count()).select_from(Group).where(below(Group.unit_path, path), _exists_on(day))
    return int(db.session.scalar(wanted) or 0)


def _exists_on(day: date) -> Any:
    return and_(Group.valid_from <= day, or_(Group.valid_to.is_(None), Group.valid_to > day))


def counted(path: str, day: date) -> list[tuple[str, int, int]]:
    """Each sesi with the groups that still exist and have had it, and those that have had every langkah of it."""
    here = select(Group.id).where(below(Group.unit_path, path), _exists_on(day))
    rows = joined.given_to(lambda group: group.in_(here), MeetingGroup.on_day <= day).c
    whole = case((joined.whole(rows.steps), 1), else_=0).label("whole")
    each = select(rows.sesi, whole).group_by(rows.sesi, rows.group_id).subquery()
    wanted = select(each.c.sesi, func.count(), func.sum(each.c.whole)).group_by(each.c.sesi)
    return [(sesi, int(had), int(whole)) for sesi, had, whole in db.session.execute(wanted)]


def month_of_unit(path: str, month: date) -> tuple[int, int, int, datetime | None]:
    """Of the groups below a path that owed a meeting in a month: all, that met, that were reported; known since."""
    due, met, reported = (func.coalesce(func.sum(n), 0) for n in (GroupMonth.due, GroupMonth.met, GroupMonth.reported))
    each = select(due, met, reported, func.min(GroupMonth.as_of)).join(Group, Group.id == GroupMonth.group_id)
    owed = below(Group.unit_path, path), GroupMonth.month == month, GroupMonth.due == 1
    row = db.session.execute(each.where(*owed)).one()
    return int(row[0]), int(row[1]), int(row[2]), row[3]


def forget(path: str) -> None:
    """Take away the counts of one kabupaten."""
    db.session.execute(delete(CoverageReport).where(CoverageReport.unit_path == path))


def reported(paths: Sequence[str]) -> list[Any]:
    """Each sesi summed over the kabupaten below these paths: had it, had it whole, and the day of the oldest count."""
    if not paths:
        return []
    within = or_(*(below(CoverageReport.unit_path, path) for path in paths))
    sums = func.sum(CoverageReport.had), func.sum(CoverageReport.whole), func.min(CoverageReport.as_of)
    return list(db.session.execute(select(CoverageReport.sesi, *sums).where(within).group_by(CoverageReport.sesi)))


def groups_in(paths: Sequence[str]) -> int:
    """The groups of the counted kabupaten below these paths."""
    if not paths:
        return 0
    within = or_(*(below(CoverageReport.unit_path, path) for path in paths))
    each = (
        select(func.max(CoverageReport.groups).label("n")).where(within).group_by(CoverageReport.unit_path).subquery()
    )
    return int(db.session.scalar(select(func.sum(each.c.n))) or 0)
