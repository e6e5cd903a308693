"""Reads and changes classes and who works in them."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    bindparam,
    delete,
    func,
    or_,
    select,
)

from p2k2lms.core.access import Actor
from p2k2lms.core.db import db, look
from p2k2lms.core.questions import Asking, Question, below, paths
from p2k2lms.plugins.enrolment.models import (
    Angkatan,
    AngkatanStaff,
    Enrolment,
)
from p2k2lms.plugins.enrolment.values import (
    STOPPED,
    AngkatanCard,
    StaffCard,
)

LAST_ID = 2**31 - 1


def _taken() -> Any:
    within = (Enrolment.angkatan_id == Angkatan.id) & (Enrolment.state != STOPPED)
    return select(func.count()).where(within).correlate(Angkatan).scalar_subquery()


def _classes(ids: Any) -> Select[Any]:
    """The classes with these ids, newest first, each with its staff and number of members, in one query.

    Members are counted before the staff is joined, once for each class; left to itself, PostgreSQL counts again for
    every trainer.
    """
    counted = select(Angkatan.id, _taken().label("taken")).where(Angkatan.id.in_(ids))
    each = counted.cte("each_class", nesting=True).prefix_with("MATERIALIZED")
    wanted: Select[Any] = (
        select(*Angkatan.__table__.c, each.c.taken, AngkatanStaff.person_id, AngkatanStaff.role)
        .join(each, each.c.id == Angkatan.id)
        .outerjoin(AngkatanStaff, AngkatanStaff.angkatan_id == Angkatan.id)
        .order_by(Angkatan.starts.desc(), Angkatan.id.desc(), AngkatanStaff.role.desc(), AngkatanStaff.person_id)
    )
    return wanted


def _angkatan_cards(rows: Iterable[Row[Any]]) -> list[AngkatanCard]:
    found: dict[int, tuple[Row[Any], list[StaffCard]]] = {}
    for row in rows:
        staff = found.setdefault(row.id, (row, []))[1]
        if row.person_id is not None:
            staff.append(StaffCard(row.person_id, row.role))
    return [_card(*entry) for entry in found.values()]


def _card(row: Row[Any], staff: Sequence[StaffCard]) -> AngkatanCard:
    return AngkatanCard(
        id=row.id,
        name=row.name,
        course=row.course,
        version_id=row.version_id,
        mode=row.mode,
        centre_unit_id=row.centre_unit_id,
        centre_path=row.centre_path,
        starts=row.starts,
        ends=row.ends,
        seats=row.seats,
        open_door=row.open_door,
        closed_at=row.closed_at,
        taken=row.taken,
        staff=tuple(staff),
        place=row.place,
        online_until=row.online_until,
        calendar_key=row.calendar_key,
        letter_number=row.letter_number,
        letter_on=row.letter_on,
    )


def angkatan(angkatan_id: int) -> AngkatanCard | None:
    """The class with this id."""
    return next(iter(_angkatan_cards(look(_classes([angkatan_id])))), None)


def angkatan_by_ids(ids: Sequence[int]) -> list[AngkatanCard]:
    """These classes, newest first."""
    return _angkatan_cards(look(_classes(ids))) if ids else []


def all_ids() -> list[int]:
    """The ids of every class, oldest first: for the demo loaders of plugins above."""
    return list(db.session.scalars(select(Angkatan.id).order_by(Angkatan.id)))


def centres_teaching(course: str) -> list[int]:
    """The centres that ever held a class of this course."""
    return list(db.session.scalars(select(Angkatan.centre_unit_id).where(Angkatan.course == course).distinct()))


def angkatan_row(angkatan_id: int) -> Angkatan | None:
    """The row to change, held until the transaction ends, so that seats are counted one after the other."""
    return db.session.get(Angkatan, angkatan_id, with_for_update=True)


def angkatan_named(centre_unit_id: int, name: str) -> int | None:
    """The id of the class with this name at this centre."""
    wanted = select(Angkatan.id).where(Angkatan.centre_unit_id == centre_unit_id, Angkatan.name == name)
    return db.session.scalar(wanted)


def worked_in(person_id: Any) -> Any:
    """A SELECT of the ids of the classes in which somebody works."""
    return select(AngkatanStaff.angkatan_id).where(AngkatanStaff.person_id == person_id)


@cache
def _run(admin_paths: int, still_open: bool) -> Select[Any]:
    mine = Angkatan.id.in_(worked_in(bindparam("person_id"))) | below(Angkatan.centre_path, "held", admin_paths)
    wanted = select(Angkatan.id).where(mine, Angkatan.id < bindparam("before"))
    if still_open:
        wanted = wanted.where(Angkatan.closed_at.is_(None))
    return _classes(wanted.order_by(Angkatan.id.desc()).limit(bindparam("classes")))


def _run_by(actor: Actor, before: int | None, limit: int, still_open: bool) -> Asking:
    admin_paths = actor.paths("admin")
    asked = {"person_id": actor.id, "before": LAST_ID if before is None else before, "classes": limit}
    return _run(len(admin_paths), still_open), asked | paths("held", admin_paths)


run_by = Question(_run_by, _angkatan_cards)
"""The twin of `permissions.runs`: classes that the actor works in, or that an admin's units hold; all of them, or
those that are not closed."""

DOORS = _classes(
    select(Angkatan.id)
    .where(Angkatan.open_door, Angkatan.closed_at.is_(None))
    .where(Angkatan.centre_path.in_(bindparam("centres", expanding=True)))
    .where(or_(Angkatan.ends.is_(None), Angkatan.ends >= bindparam("day")))
    .where(Angkatan.id.not_in(worked_in(bindparam("person_id"))))
    .order_by(Angkatan.id.desc())
    .limit(bindparam("doors"))
)


def _open_doors(actor: Actor, centre_paths: Sequence[str], day: date, limit: int) -> Asking:
    return DOORS, {"person_id": actor.id, "centres": centre_paths, "day": day, "doors": limit}


open_doors = Question(_open_doors, _angkatan_cards)
"""The twin of `rules.may_walk_in`: open online classes of these centres today, but for those that one runs."""


def staff_row(angkatan_id: int, person_id: int) -> AngkatanStaff | None:
    """The row of one who works in a class."""
    return db.session.get(AngkatanStaff, (angkatan_id, person_id))


def remove_staff(angkatan_id: int, person_id: int) -> None:
    """Take somebody off the staff of a class."""
    mine = (AngkatanStaff.angkatan_id == angkatan_id) & (AngkatanStaff.person_id == person_id)
    db.session.execute(delete(AngkatanStaff).where(mine))
