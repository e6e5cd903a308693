"""What was told of one month, of groups and of people: for who looks after them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, func, literal, select, union_all

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import GroupOrigin, Meeting, MeetingGroup, NoMeeting, Review
from p2k2lms.plugins.fieldwork.queries.meetings import MET_HERE, MET_THERE, SAID_NOT, STANDS, inherited
from p2k2lms.plugins.fieldwork.values import Report


@dataclass
class Told:
    """What was told of a month: of groups their last meeting or that there was none, of people a word and a remark.

    `before`: when in the month the families of a group met last, before it was divided off.
    """

    reports: dict[int, Report] = field(default_factory=dict)
    before: dict[int, date] = field(default_factory=dict)
    words: dict[int, tuple[str, str]] = field(default_factory=dict)


def told_of(group_ids: Collection[int], person_ids: Collection[int], first: date, after: date) -> Told:
    """All that was told of a month of these groups and people, in one query."""
    span = and_(MeetingGroup.on_day >= first, MeetingGroup.on_day < after)
    met = (
        select(MeetingGroup.group_id, func.max(MeetingGroup.on_day), literal(MET_HERE), literal(""))
        .join(Meeting, Meeting.id == MeetingGroup.meeting_id)
        .where(STANDS, MeetingGroup.group_id.in_(group_ids), span)
        .group_by(MeetingGroup.group_id)
    )
    origin = inherited(select(GroupOrigin.group_id, func.max(MeetingGroup.on_day), literal(MET_THERE), literal("")))
    there = origin.where(GroupOrigin.group_id.in_(group_ids), span).group_by(GroupOrigin.group_id)
    without = select(NoMeeting.group_id, NoMeeting.month, literal(SAID_NOT), literal("")).where(
        NoMeeting.group_id.in_(group_ids), NoMeeting.month == first
    )
    said = select(Review.pendamping_id, Review.month, Review.verdict, Review.remark).where(
        Review.pendamping_id.in_(person_ids), Review.month == first
    )
    found = Told()
    for key, day, word, remark in db.session.execute(union_all(without, met, there, said)):
        if word not in {MET_HERE, SAID_NOT, MET_THERE}:
            found.words[key] = (word, remark)
        elif word == MET_THERE:
            found.before[key] = day
        elif word == MET_HERE or key not in found.reports:
            found.reports[key] = Report(word, day)
    return found
