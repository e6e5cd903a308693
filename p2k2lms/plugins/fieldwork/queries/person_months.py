"""Reads the months of pendamping for the plugins above."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.fieldwork.queries.facts import in_parts
from p2k2lms.plugins.fieldwork.values import PersonMonth


def person_months(person_ids: Iterable[int], first: date, last: date) -> list[PersonMonth]:
    """The months of these people between two firsts of a month, both included, by person and month."""
    columns = (LeaderMonth.person_id, LeaderMonth.month, LeaderMonth.due, LeaderMonth.met, LeaderMonth.led)
    wanted = select(*columns, LeaderMonth.caseload_end).where(LeaderMonth.month.between(first, last))
    wanted = wanted.order_by(LeaderMonth.person_id, LeaderMonth.month)
    return [
        PersonMonth(*row)
        for part in in_parts(person_ids)
        for row in db.session.execute(wanted.where(LeaderMonth.person_id.in_(part)))
    ]
