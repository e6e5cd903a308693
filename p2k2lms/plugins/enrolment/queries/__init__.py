"""Reads and bulk-writes classes, their members and spells; its neighbours read the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    and_,
    bindparam,
    delete,
    false,
    func,
    or_,
    select,
    update,
)

from p2k2lms.core import bulk
from p2k2lms.core.access import Actor
from p2k2lms.core.db import Model, among, db, look
from p2k2lms.core.questions import Asking, Question, below, paths
from p2k2lms.plugins.enrolment.models import (
    Angkatan,
    AngkatanStaff,
    Enrolment,
)
from p2k2lms.plugins.enrolment.values import (
    ON_A_PATH,
    RUNNING,
    STOPPED,
    AngkatanCard,
    EnrolmentCard,
    StaffCard,
)
from p2k2lms.plugins.identity import service as identity

LAST_ID = 2**31 - 1


def _taken() -> Any:
    within = (Enrolment.angkatan_id == Angkatan.id) & (Enrolment.state != STOPPED)
    return select(func.count()).where(within).correlate(Angkatan).scalar_subquery()


def classes_in(ids: Any) -> Select[Any]:
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


def angkatan_cards(rows: Iterable[Row[Any]]) -> list[AngkatanCard]:
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


# What the pages of a class ask is built once.
THIS_CLASS: Any = bindparam("angkatan_id")
CLASS = classes_in(select(Angkatan.id).where(Angkatan.id == THIS_CLASS))


def of_class(statement: Any) -> Callable[[int], Asking]:
    """What is asked of one class, as a question wants it."""
    return lambda angkatan_id: (statement, {"angkatan_id": angkatan_id})


angkatan = Question(of_class(CLASS), lambda rows: next(iter(angkatan_cards(rows)), None))
"""The class with this id."""


def angkatan_by_ids(ids: Sequence[int]) -> list[AngkatanCard]:
    """These classes, newest first."""
    return angkatan_cards(look(classes_in(ids))) if ids else []


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
    return select(AngkatanStaff.angkatan_id).where(AngkatanStaff.person_id == person_id)


@cache
def _run(admin_paths: int, still_open: bool) -> Select[Any]:
    mine = Angkatan.id.in_(worked_in(bindparam("person_id"))) | below(Angkatan.centre_path, "held", admin_paths)
    wanted = select(Angkatan.id).where(mine, Angkatan.id < bindparam("before"))
    if still_open:
        wanted = wanted.where(Angkatan.closed_at.is_(None))
    return classes_in(wanted.order_by(Angkatan.id.desc()).limit(bindparam("classes")))


def _run_by(actor: Actor, before: int | None, limit: int, still_open: bool) -> Asking:
    admin_paths = actor.paths("admin")
    asked = {"person_id": actor.id, "before": LAST_ID if before is None else before, "classes": limit}
    return _run(len(admin_paths), still_open), asked | paths("held", admin_paths)


run_by = Question(_run_by, angkatan_cards)
"""The twin of `permissions.runs`: classes that the actor works in, or that an admin's units hold; all of them, or
those that are not closed."""


def judged_by(actor: Actor, units: Sequence[str], day: date) -> Any:
    """The ids of the enrolments in classes that the actor works in, and of people on a path who work below these."""
    on_path = and_(Enrolment.angkatan_id.is_(None), Enrolment.person_id.in_(identity.working_in(units, day)))
    return select(Enrolment.id).where(or_(Enrolment.angkatan_id.in_(worked_in(actor.id)), on_path))


DOORS = classes_in(
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


open_doors = Question(_open_doors, angkatan_cards)
"""The twin of `rules.may_walk_in`: open online classes of these centres today, but for those that one runs."""


def enrolment_cards() -> Any:
    """The columns of a card, to be narrowed."""
    return select(
        Enrolment.id,
        Enrolment.person_id,
        Enrolment.angkatan_id,
        Enrolment.path_id,
        Enrolment.course,
        Enrolment.version_id,
        func.coalesce(Angkatan.mode, ON_A_PATH),
        func.coalesce(Angkatan.open_door, false()),
        Enrolment.state,
        Enrolment.online_passed_at,
        *(func.coalesce(Angkatan.name, ""), Angkatan.starts, Angkatan.ends),
    ).outerjoin(Angkatan, Angkatan.id == Enrolment.angkatan_id)


def _cards(wanted: Any) -> list[EnrolmentCard]:
    return list(map(EnrolmentCard._make, look(wanted)))


def enrolment(enrolment_id: int) -> EnrolmentCard | None:
    """The enrolment with this id."""
    found = look(BY_ID, {"id": enrolment_id}).first()
    return EnrolmentCard(*found) if found else None


# What every page of learning asks is built once.
BY_ID = enrolment_cards().where(Enrolment.id == bindparam("id"))
OF_PERSON = (
    enrolment_cards()
    .where(Enrolment.person_id == bindparam("person_id"))
    .order_by((Enrolment.state == RUNNING).desc(), Enrolment.id.desc())
)


def _of_person(person_id: int) -> Asking:
    return OF_PERSON, {"person_id": person_id}


of_person = Question(_of_person, lambda rows: tuple(map(EnrolmentCard._make, rows)))
"""All enrolments of one person: running ones first, then the latest."""


def taught_by(person_id: int) -> Any:
    """A SELECT of `person_id` of who sits, or sat, in the classes in which this person works."""
    return select(Enrolment.person_id).where(Enrolment.angkatan_id.in_(worked_in(person_id)))


def seen_by(trainer_id: int, person_ids: Sequence[int]) -> list[tuple[EnrolmentCard, bool]]:
    """The enrolments of these people, each with whether it lies in a class in which this trainer works; by id."""
    if not person_ids:
        return []
    taught = Enrolment.angkatan_id.in_(worked_in(trainer_id))
    wanted = enrolment_cards().add_columns(taught).where(among(Enrolment.person_id, person_ids))
    return [(EnrolmentCard(*card), bool(taught)) for *card, taught in look(wanted.order_by(Enrolment.id))]


def of_people(person_ids: Sequence[int]) -> list[EnrolmentCard]:
    """The enrolments of these people, in order of their id."""
    if not person_ids:
        return []
    return _cards(enrolment_cards().where(among(Enrolment.person_id, person_ids)).order_by(Enrolment.id))


def enrolment_rows(angkatan_id: int, person_ids: Sequence[int]) -> list[Enrolment]:
    """The rows of these people in a class, to be changed."""
    wanted = select(Enrolment).where(Enrolment.angkatan_id == angkatan_id, Enrolment.person_id.in_(person_ids))
    return list(db.session.scalars(wanted))


def learn_version(angkatan_id: int, version_id: int) -> list[int]:
    """Let all who still learn in a class learn this version; returns who they are."""
    here = (Enrolment.angkatan_id == angkatan_id) & (Enrolment.state == RUNNING)
    moved = update(Enrolment).where(here).values(version_id=version_id).returning(Enrolment.person_id)
    return list(db.session.scalars(moved))


def rows_with_ids(enrolment_ids: Sequence[int]) -> list[Enrolment]:
    """The rows to change."""
    return list(db.session.scalars(select(Enrolment).where(among(Enrolment.id, enrolment_ids)).order_by(Enrolment.id)))


def staff_row(angkatan_id: int, person_id: int) -> AngkatanStaff | None:
    """The row of one who works in a class."""
    return db.session.get(AngkatanStaff, (angkatan_id, person_id))


def remove_staff(angkatan_id: int, person_id: int) -> None:
    """Take somebody off the staff of a class."""
    mine = (AngkatanStaff.angkatan_id == angkatan_id) & (AngkatanStaff.person_id == person_id)
    db.session.execute(delete(AngkatanStaff).where(mine))


def insert_many(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows at once: for synthetic data, not for use-cases."""
    bulk.write(model, rows)
