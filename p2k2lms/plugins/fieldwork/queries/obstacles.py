"""Reads and counts obstacles, and the peers who may be asked about one."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.catalogue.values import NO_OBSTACLE
from p2k2lms.plugins.fieldwork.models import Group, Meeting, MeetingGroup, ObstaclePeer, ObstacleReport
from p2k2lms.plugins.fieldwork.queries.groups import below
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS


def counted(path: str, first: date, after: date) -> dict[str, int]:
    """The groups below a path that met each obstacle in these days, from the meetings themselves."""
    wanted = (
        select(Meeting.obstacle, func.count(MeetingGroup.group_id.distinct()))
        .select_from(Group)
        .join(MeetingGroup, MeetingGroup.group_id == Group.id)
        .join(Meeting, Meeting.id == MeetingGroup.meeting_id)
        .where(below(Group.unit_path, path), MeetingGroup.on_day >= first, MeetingGroup.on_day < after, STANDS)
        .where(Meeting.obstacle.not_in(("", NO_OBSTACLE)))
        .group_by(Meeting.obstacle)
    )
    return {obstacle: int(groups) for obstacle, groups in db.session.execute(wanted)}


def forget(path: str, month: date) -> None:
    """Take away the count of one kabupaten and month."""
    db.session.execute(delete(ObstacleReport).where(ObstacleReport.unit_path == path, ObstacleReport.month == month))


def reported(paths: Sequence[str], month: date) -> dict[str, int]:
    """The counts of a month, summed over the kabupaten below these paths."""
    if not paths:
        return {}
    within = or_(*(below(ObstacleReport.unit_path, path) for path in paths))
    wanted = select(ObstacleReport.obstacle, func.sum(ObstacleReport.groups)).where(
        within, ObstacleReport.month == month
    )
    return {obstacle: int(n) for obstacle, n in db.session.execute(wanted.group_by(ObstacleReport.obstacle))}


def peers(obstacle: str, path: str, limit: int) -> list[ObstaclePeer]:
    """Who of this kabupaten may be asked, the newest first."""
    wanted = select(ObstaclePeer).where(ObstaclePeer.obstacle == obstacle, ObstaclePeer.unit_path == path)
    return list(db.session.scalars(wanted.order_by(ObstaclePeer.agreed_on.desc()).limit(limit)))


def peer_row(obstacle: str, person_id: int) -> ObstaclePeer | None:
    """The row to change."""
    return db.session.get(ObstaclePeer, (obstacle, person_id), with_for_update=True)


def remove(row: ObstaclePeer) -> None:
    """Who takes the word back is asked no more."""
    db.session.delete(row)
