"""Reads observations and talks."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import among, db
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.coaching.models import Contact, Observation
from p2k2lms.plugins.coaching.values import ContactCard, Sheet
from p2k2lms.plugins.coaching.values.words import MEETING, MICRO, RANDOM
from p2k2lms.plugins.identity import service as identity

MOST = 200
COLUMNS = (
    Observation.id,
    Observation.person_id,
    Observation.observer_id,
    Observation.context,
    Observation.course,
    Observation.version_id,
    Observation.sesi,
    Observation.on_day,
    Observation.steps,
    Observation.scores,
    Observation.points,
    Observation.max_points.label("max"),
    Observation.adapted,
    Observation.evidence,
    Observation.administrative,
    Observation.educative,
    Observation.supportive,
    Observation.subject_ref,
    Observation.flags,
    Observation.received_at,
)


def _cards(rows: Iterable[Any]) -> list[Sheet]:
    return [_sheet(row._asdict()) for row in rows]


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(**{**told, "flags": tuple(told["flags"])})


def _read(wanted: Any) -> list[Sheet]:
    return _cards(db.session.execute(wanted))


ABOUT = (
    select(*COLUMNS)
    .where(Observation.person_id == bindparam("person_id"))
    .order_by(Observation.on_day.desc(), Observation.received_at.desc())
    .limit(bindparam("sheets"))
)


def _about(person_id: int) -> Asking:
    return ABOUT, {"person_id": person_id, "sheets": MOST}


sheets_of = Question(_about, _cards)
"""Every sheet about one person, the newest first."""


def same_sheet(sheet_id: uuid.UUID) -> list[Sheet]:
    """This filled sheet and what others said on the same one, in order of arrival; nothing if there is none."""
    one = aliased(Observation)
    here = select(*COLUMNS).join(
        one,
        and_(
            one.person_id == Observation.person_id,
            one.on_day == Observation.on_day,
            one.context == Observation.context,
            one.sesi == Observation.sesi,
        ),
    )
    return _read(here.where(one.id == sheet_id).order_by(Observation.received_at))


def own_on(person_id: int, context: str, sesi: str, on_day: date) -> bool:
    """True if the person has rated himself on this sheet."""
    wanted = select(Observation.id).where(
        Observation.person_id == person_id,
        Observation.observer_id == person_id,
        Observation.context == context,
        Observation.sesi == sesi,
        Observation.on_day == on_day,
    )
    return db.session.scalar(wanted.limit(1)) is not None


def of_subject(subject_ref: str) -> list[Sheet]:
    """Every sheet of one class or meeting."""
    return _read(select(*COLUMNS).where(Observation.subject_ref == subject_ref).order_by(Observation.received_at))


def of_meeting(subject_ref: str, leader_id: int, sesi: str, on_day: date) -> list[tuple[Sheet, str]]:
    """The sheets about who led a meeting, with the observer's name.

    Those that name the meeting, and those of that day and sesi that name none.
    """
    unnamed = and_(Observation.subject_ref == "", Observation.sesi == sesi, Observation.on_day == on_day)
    seen_there = Observation.context.in_((MEETING, RANDOM))
    this_one = or_(Observation.subject_ref == subject_ref, and_(unnamed, seen_there))
    named = select(*COLUMNS, identity.name_of(Observation.observer_id).label("observer"))
    mine = named.where(Observation.person_id == leader_id, this_one).order_by(Observation.received_at)
    found = [row._asdict() for row in db.session.execute(mine)]
    return [(_sheet(told), name) for told in found if (name := told.pop("observer")) is not None]


MICRO_SEEN = select(Observation.subject_ref, Observation.person_id, Observation.points, Observation.max_points).where(
    Observation.subject_ref.in_(bindparam("refs", expanding=True)),
    Observation.context == MICRO,
    Observation.observer_id != Observation.person_id,
)


def _micro_of(angkatan_ids: tuple[int, ...]) -> Asking:
    return MICRO_SEEN, {"refs": [f"angkatan:{angkatan_id}" for angkatan_id in angkatan_ids]}


def _by_class(rows: Iterable[Any]) -> list[tuple[int, int, int, int]]:
    return [(int(subject.partition(":")[2]), *rest) for subject, *rest in rows]


micro_of = Question(_micro_of, _by_class)
"""Class, person, points and the most there were, of each micro-teaching of these classes that somebody else saw."""


def ticks_of(person_ids: Collection[int], first: date, last: date) -> list[tuple[int, str]]:
    """Person and ticked steps of what others saw of these people at meetings between these days, both included."""
    wanted = select(Observation.person_id, Observation.steps).where(
        among(Observation.person_id, person_ids),
        Observation.on_day.between(first, last),
        Observation.observer_id != Observation.person_id,
        Observation.context != MICRO,
    )
    return [(person, steps) for person, steps in db.session.execute(wanted)]


def recent(version_id: int, since: date) -> list[Sheet]:
    """The sheets of one version since a day, for agreement among raters."""
    wanted = select(*COLUMNS).where(Observation.on_day >= since, Observation.version_id == version_id)
    return _read(wanted.order_by(Observation.on_day.desc()).limit(5_000))


def contacts(person_ids: Sequence[int], coach_id: int, limit: int) -> list[ContactCard]:
    """The talks with these people, and those that this coach led, the newest first."""
    wanted = select(
        Contact.id,
        Contact.person_id,
        Contact.coach_id,
        Contact.on_day,
        Contact.minutes,
        Contact.mode,
        Contact.topic,
        Contact.note,
    ).where(or_(Contact.person_id.in_(person_ids), Contact.coach_id == coach_id))
    rows = db.session.execute(wanted.order_by(Contact.on_day.desc(), Contact.received_at.desc()).limit(limit))
    return [ContactCard(*row) for row in rows]


def last_contacts(person_ids: Sequence[int]) -> dict[int, date]:
    """The day of the last talk with each of these people."""
    wanted = select(Contact.person_id, func.max(Contact.on_day)).where(Contact.person_id.in_(person_ids))
    return {person: day for person, day in db.session.execute(wanted.group_by(Contact.person_id))}
