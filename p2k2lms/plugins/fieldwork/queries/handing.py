"""Reads hand-overs, and what the server has of the old holder's reports."""

from datetime import date, datetime

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import HandOver, Meeting, MeetingGroup
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS


def row(hand_over_id: int) -> HandOver | None:
    """One hand-over."""
    return db.session.get(HandOver, hand_over_id)


def counts(group_id: int, leader_id: int, before: date, at: datetime) -> tuple[int, int]:
    """Standing reports of this group by this leader for days before; and how many came only after `at`."""
    late = func.count().filter(Meeting.received_at > at)
    wanted = select(func.count(), late).join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
    mine = (MeetingGroup.group_id == group_id, MeetingGroup.on_day < before, Meeting.leader_id == leader_id, STANDS)
    here, later = db.session.execute(wanted.where(*mine)).one()
    return int(here), int(later)


def newest_of(group_id: int) -> int | None:
    """The id of the last hand-over of a group."""
    wanted = select(HandOver.id).where(HandOver.group_id == group_id).order_by(HandOver.id.desc()).limit(1)
    return db.session.scalar(wanted)
