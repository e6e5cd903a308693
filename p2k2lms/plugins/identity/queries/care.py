"""Reads the people in somebody's care, with their names and places, in one question."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select, union_all

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.identity.models import Person, Posting, Supervision, Unit
from p2k2lms.plugins.identity.queries.people import HOME_ORDER, posted_ids


def at_home(what: Any, person_id: Any, day: date) -> Any:
    """A column of the unit of somebody's first posting of the day: as pendamping if there is one."""
    posted = select(what).join(Posting, Posting.unit_id == Unit.id)
    posted = posted.where(Posting.person_id == person_id, holding_on(Posting, day))
    return posted.order_by(HOME_ORDER, Posting.id).limit(1).scalar_subquery()


class Care(NamedTuple):
    """Whose care: who is supervised by `supervisor_id`, the pendamping of units, and others, a SELECT of ids."""

    supervisor_id: int
    paths: Sequence[str]
    others: Any


def people(care: Care, day: date, after_id: int, limit: int | None) -> Sequence[Any]:
    """Id, name, home unit and whether more is known than that they are one of the `others`; by id, from behind one."""
    led = posted_ids(care.paths, ["pendamping"], day, after_id, limit).subquery()
    guided = select(Supervision.pendamping_id, literal(1)).where(
        Supervision.supervisor_id == care.supervisor_id, holding_on(Supervision, day)
    )
    others = select(*care.others.subquery().c, literal(0))
    every = union_all(select(*led.c, literal(1)), guided, others).subquery("every")
    person_id, close = every.c
    page = (
        select(person_id.label("id"), func.max(close).label("close"))
        .where(person_id > after_id)
        .group_by(person_id)
        .order_by(person_id)
        .limit(limit)
        .subquery("page")
    )
    home = at_home(Unit.name, page.c.id, day).label("home")
    wanted = select(page.c.id, Person.name, home, page.c.close).join(Person, Person.id == page.c.id)
    return db.session.execute(wanted.order_by(page.c.id)).all()
