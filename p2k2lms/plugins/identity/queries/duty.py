"""Reads who was on duty as pendamping, and the shape of the tree, for those who count by unit and month."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.identity.models import Person, Posting, Supervision, Unit
from p2k2lms.plugins.identity.queries.people import in_parts, within

FIELD = "pendamping"


def on_duty(day: date, paths: Sequence[str] | None = None) -> Any:
    """Person and unit of everybody on duty on the day, each once: a SELECT for others to count from."""
    wanted = select(
        Posting.person_id, func.min(Posting.unit_id).label("unit_id"), func.min(Posting.valid_from).label("since")
    )
    wanted = wanted.where(Posting.role == FIELD, holding_on(Posting, day)).group_by(Posting.person_id)
    return wanted if paths is None else wanted.join(Unit, Unit.id == Posting.unit_id).where(within(paths))


def fewer_on_duty(number: int, paths: Sequence[str], day: date) -> Any:
    """A condition: fewer pendamping than that are on duty in these units or below; it stops to read once it knows."""
    here = select(Posting.id).join(Unit, Unit.id == Posting.unit_id)
    some = here.where(Posting.role == FIELD, holding_on(Posting, day), within(paths)).limit(number).subquery()
    return select(func.count()).select_from(some).scalar_subquery() < number


def lasting(person_id: Any, day: date, place: Any = None) -> ColumnElement[bool]:
    """A condition: a duty of this person holds on the day or later; of a unit above the path `place`, if it is said."""
    wanted = exists().where(Posting.person_id == person_id, Posting.role == FIELD)
    wanted = wanted.where(or_(Posting.valid_to.is_(None), Posting.valid_to > day))
    return wanted if place is None else wanted.where(Unit.id == Posting.unit_id, place.startswith(Unit.path))


def ended(day: date) -> Any:
    """Person, unit and path of every duty that was over by the day: a SELECT for others to join."""
    wanted = select(Posting.person_id, Posting.unit_id, Unit.path).join(Unit, Unit.id == Posting.unit_id)
    return wanted.where(Posting.role == FIELD, Posting.valid_to <= day)


def supervised_off_duty(day: date, limit: int) -> list[int]:
    """Who has a supervisor without end although no duty of theirs holds on the day or later; so many at most."""
    wanted = select(Supervision.pendamping_id)
    wanted = wanted.where(Supervision.valid_to.is_(None), ~lasting(Supervision.pendamping_id, day))
    return list(db.session.scalars(wanted.order_by(Supervision.pendamping_id).limit(limit)))


def working_in(paths: Sequence[str], day: date) -> Any:
    """A SELECT of the ids of who holds any role on the day in these units or below."""
    here = select(Posting.person_id).join(Unit, Unit.id == Posting.unit_id)
    return here.where(within(paths), holding_on(Posting, day))


def _within(first: date, after: date) -> Any:
    rows = select(Posting.person_id, Posting.unit_id, Posting.valid_from, Posting.valid_to)
    lasting = or_(Posting.valid_to.is_(None), Posting.valid_to > first)
    return rows.where(Posting.role == FIELD, Posting.valid_from < after, lasting)


def duties_in(unit_ids: Collection[int], first: date, after: date) -> list[Any]:
    """Person, unit, first day and day after the last of each posting in these units in the period."""
    parts = (db.session.execute(_within(first, after).where(Posting.unit_id.in_(part))) for part in in_parts(unit_ids))
    return [row for rows in parts for row in rows]


def duties_of(person_ids: Collection[int], first: date, after: date) -> list[Any]:
    """The same for these people, wherever they were on duty."""
    parts = (
        db.session.execute(_within(first, after).where(Posting.person_id.in_(part))) for part in in_parts(person_ids)
    )
    return [row for rows in parts for row in rows]


def parents() -> dict[int, int | None]:
    """The unit above each unit."""
    return {unit_id: parent_id for unit_id, parent_id in db.session.execute(select(Unit.id, Unit.parent_id))}


def successors(day: date) -> dict[int, int]:
    """For units that had come to an end by the day: the unit that then stood in their place."""
    new, old = Unit.__table__.alias(), Unit.__table__.alias()
    wanted = (
        select(old.c.id, func.min(new.c.id))
        .join(new, new.c.predecessor_id == old.c.id)
        .where(old.c.valid_to.is_not(None), old.c.valid_to <= day, new.c.valid_from <= day)
        .group_by(old.c.id)
    )
    return {old_id: new_id for old_id, new_id in db.session.execute(wanted)}


def kabupaten_units(since: date) -> Any:
    """A SELECT of `unit_id, kabupaten_id` of every kabupaten and unit below one.

    A kabupaten that was split off after `since` counts with the one it came from: what began as one stays one.
    """
    above, top = aliased(Unit), aliased(Unit)
    is_at = {"kabupaten": Unit.id, "kecamatan": Unit.parent_id, "desa": above.parent_id}
    kabupaten = case(*((Unit.level == level, unit_id) for level, unit_id in is_at.items()))
    split = and_(top.predecessor_id.is_not(None), top.valid_from > since)
    counted = case((split, top.predecessor_id), else_=top.id)
    wanted = select(Unit.id.label("unit_id"), counted.label("kabupaten_id"))
    return wanted.outerjoin(above, above.id == Unit.parent_id).join(top, top.id == kabupaten)


def codes_of_units() -> Any:
    """A SELECT of `unit_id, code` of every unit."""
    return select(Unit.id.label("unit_id"), Unit.kemendagri_code.label("code"))


def days_on_duty_since() -> Any:
    """A SELECT of `person_id, started_on` of everybody; None where nobody wrote it down."""
    return select(Person.id.label("person_id"), Person.started_on)
