"""Reads what a survey frame keeps of people, and their supervisors."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.identity.models import Person, Supervision
from p2k2lms.plugins.identity.queries.people import in_parts
from p2k2lms.plugins.identity.values import FrameCard


def frames(ids: Iterable[int]) -> dict[int, FrameCard]:
    """Sex, birth, education and first day of service of these people."""
    columns = (Person.id, Person.sex, Person.birth_date, Person.education, Person.started_on)
    rows = (row for part in in_parts(ids) for row in db.session.execute(select(*columns).where(Person.id.in_(part))))
    return {row.id: FrameCard(row.sex, row.birth_date, row.education, row.started_on) for row in rows}


def supervisors(ids: Iterable[int], day: date) -> dict[int, int]:
    """Who supervises each of these pendamping on the day."""
    wanted = select(Supervision.pendamping_id, Supervision.supervisor_id).where(holding_on(Supervision, day))
    rows = (
        row for part in in_parts(ids) for row in db.session.execute(wanted.where(Supervision.pendamping_id.in_(part)))
    )
    return {pendamping_id: supervisor_id for pendamping_id, supervisor_id in rows}
