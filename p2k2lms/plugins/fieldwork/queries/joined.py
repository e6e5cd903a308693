"""What a group has had of a sesi over all its meetings, in SQL: the twin of `rules.coverage.together`."""

from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, case, func, or_

from p2k2lms.plugins.fieldwork.models import Meeting
from p2k2lms.plugins.fieldwork.values.words import DONE, PART

LONGEST = 24
"""Langkah of a sesi whose ticks are joined; a longer one is whole when one meeting had all of it."""

WAS_GIVEN = or_(Meeting.steps == "", Meeting.steps.contains(DONE), Meeting.steps.contains(PART))


def whole() -> ColumnElement[bool]:
    """Of the meetings of one group and sesi in a GROUP BY: each langkah was done at one of them."""
    at_once = func.max(case((func.replace(Meeting.steps, DONE, "") == "", 1), else_=0)) == 1
    done = reduce(add, map(_done, range(1, LONGEST + 1)))
    return or_(at_once, func.max(func.length(Meeting.steps)) == done)


def _done(number: int) -> ColumnElement[int]:
    return func.max(case((func.substr(Meeting.steps, number, 1) == DONE, 1), else_=0))
