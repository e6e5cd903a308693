"""Reads, changes and bulk-writes enrolments: who sits, or sat, in a class or walks a path."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from p2k2lms.core import bulk
from p2k2lms.core.access import Actor
from p2k2lms.core.db import Model, among, db, look
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment.models import (
    Angkatan,
    Attendance,
    ClassSession,
    Enrolment,
)
from p2k2lms.plugins.enrolment.queries.classes import worked_in
from p2k2lms.plugins.enrolment.values import (
    ON_A_PATH,
    PRESENT,
    RUNNING,
    STOPPED,
    AttendanceShare,
    EnrolmentCard,
)
from p2k2lms.plugins.identity import service as identity


def judged_by(actor: Actor, units: Sequence[str], day: date) -> Any:
    """The ids of the enrolments in classes that the actor works in, and of people on a path who work below these."""
    on_path = and_(Enrolment.angkatan_id.is_(None), Enrolment.person_id.in_(identity.working_in(units, day)))
    return select(Enrolment.id).where(or_(Enrolment.angkatan_id.in_(worked_in(actor.id)), on_path))


def _enrolment_cards() -> Any:
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
BY_ID = _enrolment_cards().where(Enrolment.id == bindparam("id"))

OF_PERSON = (
    _enrolment_cards()
    .where(Enrolment.person_id == bindparam("person_id"))
    .order_by((Enrolment.state == RUNNING).desc(), Enrolment.id.desc())
)


def _of_person(person_id: int) -> Asking:
    return OF_PERSON, {"person_id": person_id}


of_person = Question(_of_person, lambda rows: tuple(map(EnrolmentCard._make, rows)))
"""All enrolments of one person: running ones first, then the latest."""


def of_people(person_ids: Sequence[int]) -> list[EnrolmentCard]:
    """The enrolments of these people, in order of their id."""
    if not person_ids:
        return []
    return _cards(_enrolment_cards().where(among(Enrolment.person_id, person_ids)).order_by(Enrolment.id))


def members(angkatan_id: int, after_id: int = 0, limit: int | None = None) -> list[EnrolmentCard]:
    """Who sits, or sat, in a class, in order of coming; all of them unless told."""
    wanted = _enrolment_cards().where(Enrolment.angkatan_id == angkatan_id, Enrolment.id > after_id)
    return _cards(wanted.order_by(Enrolment.id).limit(limit))


def attended(angkatan_id: int, last: date) -> list[tuple[EnrolmentCard, AttendanceShare | None]]:
    """The same with what each was at of the meetings up to this day, in one query; None where none was held."""
    here = and_(ClassSession.angkatan_id == angkatan_id, ClassSession.on_day <= last, ClassSession.jp > 0)
    came = func.count().filter(Attendance.status == PRESENT).label("came")
    marks = select(Attendance.person_id, func.sum(Attendance.minutes).label("minutes"), came)
    earned = marks.join(ClassSession, ClassSession.id == Attendance.session_id).where(here)
    own = earned.group_by(Attendance.person_id).subquery()
    held = select(func.sum(ClassSession.minutes).label("minutes"), func.count().label("held")).where(here).subquery()
    shares = (func.coalesce(own.c.minutes, 0), held.c.minutes, func.coalesce(own.c.came, 0), held.c.held)
    wanted = _enrolment_cards().add_columns(*shares).join(held, true())
    wanted = wanted.outerjoin(own, own.c.person_id == Enrolment.person_id).where(Enrolment.angkatan_id == angkatan_id)
    rows = db.session.execute(wanted.order_by(Enrolment.id))
    return [(EnrolmentCard(*row[:-4]), AttendanceShare(*map(int, row[-4:])) if row[-1] else None) for row in rows]


def people_in(angkatan_id: int) -> Any:
    """A SELECT of `person_id` of who sits in a class."""
    return select(Enrolment.person_id).where(Enrolment.angkatan_id == angkatan_id, Enrolment.state != STOPPED)


def members_elsewhere_too(angkatan_id: int, course: str) -> list[EnrolmentCard]:
    """The enrolments in a course of all who sit, or sat, in a class, also those in other classes and on paths."""
    mine = select(Enrolment.person_id).where(Enrolment.angkatan_id == angkatan_id)
    wanted = _enrolment_cards().where(Enrolment.person_id.in_(mine), Enrolment.course == course)
    return _cards(wanted.order_by(Enrolment.id))


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


def insert_many(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows at once: for synthetic data, not for use-cases."""
    bulk.write(model, rows)
