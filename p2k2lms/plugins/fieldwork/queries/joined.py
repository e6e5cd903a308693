"""What a group has had of a sesi over all its meetings, in SQL: the twin of `rules.coverage.together`."""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, union_all

from p2k2lms.plugins.fieldwork.models import GroupOrigin, Meeting, MeetingGroup
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS, inherited
from p2k2lms.plugins.fieldwork.values.words import DONE, PART

LONGEST = 24
"""Langkah of a sesi whose ticks are joined; a longer one is whole when one meeting had all of it."""

WAS_GIVEN = or_(Meeting.steps == "", Meeting.steps.contains(DONE), Meeting.steps.contains(PART))


def whole(steps: Any) -> ColumnElement[bool]:
    """Of the meetings of one group and sesi in a GROUP BY: each langkah was done at one of them."""
    at_once = func.max(case((func.replace(steps, DONE, "") == "", 1), else_=0)) == 1
    done = reduce(add, (_done(steps, number) for number in range(1, LONGEST + 1)))
    return or_(at_once, func.max(func.length(steps)) == done)


def _done(steps: Any, number: int) -> ColumnElement[int]:
    return func.max(case((func.substr(steps, number, 1) == DONE, 1), else_=0))


def given_to(groups: Any, *only: ColumnElement[bool]) -> Any:
    """Group, sesi and steps of each meeting at which groups had something, also before they were divided off.

    `groups` says of a column whether its group is wanted.
    """
    own = select(MeetingGroup.group_id, Meeting.sesi, Meeting.steps).join(
        Meeting, Meeting.id == MeetingGroup.meeting_id
    )
    before = inherited(select(GroupOrigin.group_id, Meeting.sesi, Meeting.steps))
    every = (own.where(groups(MeetingGroup.group_id), STANDS), before.where(groups(GroupOrigin.group_id)))
    return union_all(*(one.where(WAS_GIVEN, *only) for one in every)).subquery()
