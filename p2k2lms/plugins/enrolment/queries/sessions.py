"""Reads timetables, subject trainers, marks of attendance, and the queue for a seat."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, func, select

from p2k2lms.core.db import db
from p2k2lms.core.questions import Question
from p2k2lms.plugins.enrolment.models import (
    Angkatan,
    Attendance,
    ClassSession,
    Enrolment,
    Joining,
    SubjectTrainer,
    Waiting,
)
from p2k2lms.plugins.enrolment.queries import THIS_CLASS, of_class
from p2k2lms.plugins.enrolment.values import (
    RUNNING,
    STOPPED,
    MarkCard,
    SessionCard,
    SubjectTrainerCard,
    WaitingCard,
)
from p2k2lms.plugins.identity import service as identity

CARD = (
    ClassSession.id,
    ClassSession.angkatan_id,
    ClassSession.on_day,
    ClassSession.starts,
    ClassSession.minutes,
    ClassSession.modul,
    ClassSession.title,
    ClassSession.jp,
    ClassSession.live_url,
    ClassSession.closed_at,
    ClassSession.head_count,
    ClassSession.count_note,
)
MARK = (
    Attendance.session_id,
    Attendance.person_id,
    Attendance.status,
    Attendance.late,
    Attendance.minutes,
    Attendance.how,
    Attendance.browser,
    Attendance.flags,
)


def _sessions(wanted: Any) -> list[SessionCard]:
    return [SessionCard(**row._mapping) for row in db.session.execute(wanted)]


def of_angkatan(angkatan_id: int) -> list[SessionCard]:
    """The timetable of a class, in order of time."""
    mine = select(*CARD).where(ClassSession.angkatan_id == angkatan_id)
    return _sessions(mine.order_by(ClassSession.on_day, ClassSession.starts))


def of_classes(angkatan_ids: Sequence[int], first: date, last: date) -> list[SessionCard]:
    """The meetings of these classes between two days, both included."""
    within = ClassSession.on_day.between(first, last)
    wanted = select(*CARD).where(ClassSession.angkatan_id.in_(angkatan_ids), within)
    return _sessions(wanted.order_by(ClassSession.on_day, ClassSession.starts))


def in_rooms(angkatan_id: int, person_id: int, first: date, last: date) -> list[tuple[int, date, int, int, str]]:
    """The meetings of a class without a live room: centre of the class, day, start, minutes, and the person's mark."""
    mine = (Attendance.session_id == ClassSession.id) & (Attendance.person_id == person_id)
    mark = func.coalesce(Attendance.status, "")
    wanted = select(Angkatan.centre_unit_id, ClassSession.on_day, ClassSession.starts, ClassSession.minutes, mark)
    wanted = wanted.select_from(ClassSession).join(Angkatan, Angkatan.id == ClassSession.angkatan_id)
    wanted = wanted.outerjoin(Attendance, mine).where(ClassSession.angkatan_id == angkatan_id)
    held = db.session.execute(wanted.where(ClassSession.on_day.between(first, last), ClassSession.live_url == ""))
    return [(centre, day, starts, minutes, status) for centre, day, starts, minutes, status in held]


def card(session_id: int) -> SessionCard | None:
    """The meeting with this id."""
    return next(iter(_sessions(select(*CARD).where(ClassSession.id == session_id))), None)


def row(session_id: int) -> ClassSession | None:
    """The meeting to change, held until the transaction ends."""
    return db.session.get(ClassSession, session_id, with_for_update=True)


def secret(session_id: int) -> str | None:
    """What signs the codes of a meeting."""
    return db.session.scalar(select(ClassSession.secret).where(ClassSession.id == session_id))


def forget(session_id: int) -> None:
    """Take a meeting that nobody was at off the timetable."""
    db.session.execute(delete(Joining).where(Joining.session_id == session_id))
    db.session.execute(delete(ClassSession).where(ClassSession.id == session_id))


def trainers_of(angkatan_id: int) -> list[SubjectTrainerCard]:
    """Who teaches what in a class; for each subject first who teaches, then who stands in."""
    wanted = select(SubjectTrainer.modul, SubjectTrainer.substitute, SubjectTrainer.person_id)
    mine = wanted.where(SubjectTrainer.angkatan_id == angkatan_id)
    return [SubjectTrainerCard(*r) for r in db.session.execute(mine.order_by(SubjectTrainer.substitute))]


def forget_trainers(angkatan_id: int) -> None:
    """Take all subject trainers off a class, so that a new plan can be written."""
    db.session.execute(delete(SubjectTrainer).where(SubjectTrainer.angkatan_id == angkatan_id))


def taught_elsewhere(angkatan_id: int, person_ids: Sequence[int], first: date, last: date) -> list[tuple[int, Any]]:
    """Meetings of other classes that these people teach between two days, as pairs of person and meeting."""
    wanted = (
        select(SubjectTrainer.person_id, *CARD)
        .join(
            ClassSession,
            (ClassSession.angkatan_id == SubjectTrainer.angkatan_id) & (ClassSession.modul == SubjectTrainer.modul),
        )
        .where(SubjectTrainer.person_id.in_(person_ids), SubjectTrainer.substitute.is_(False))
        .where(ClassSession.on_day.between(first, last), ClassSession.angkatan_id != angkatan_id)
    )
    found = []
    for r in db.session.execute(wanted):
        said = dict(r._mapping)
        found.append((said.pop("person_id"), SessionCard(**said)))
    return found


def marks_of(session_ids: Sequence[int]) -> list[MarkCard]:
    """Who was, or was not, at these meetings."""
    wanted = select(*MARK).where(Attendance.session_id.in_(session_ids))
    return [MarkCard(*r[:-1], tuple(r.flags)) for r in db.session.execute(wanted)]


def mark_row(session_id: int, person_id: int) -> Attendance | None:
    """One person's mark, to be changed."""
    return db.session.get(Attendance, (session_id, person_id))


def mark_counts(angkatan_id: int) -> dict[int, int]:
    """For each meeting of a class, how many people have a mark."""
    mine = (
        select(Attendance.session_id, func.count())
        .join(ClassSession, ClassSession.id == Attendance.session_id)
        .where(ClassSession.angkatan_id == angkatan_id)
        .group_by(Attendance.session_id)
    )
    return {session_id: number for session_id, number in db.session.execute(mine)}


def marked_members(angkatan_id: int) -> int:
    """How many members of a class were at any of its meetings: it cannot shrink below them."""
    mine = (
        select(func.count(func.distinct(Attendance.person_id)))
        .join(ClassSession, ClassSession.id == Attendance.session_id)
        .join(
            Enrolment,
            (Enrolment.angkatan_id == ClassSession.angkatan_id) & (Enrolment.person_id == Attendance.person_id),
        )
        .where(ClassSession.angkatan_id == angkatan_id, Enrolment.state != STOPPED)
    )
    return db.session.scalar(mine) or 0


def was_marked(angkatan_id: int, person_id: int) -> bool:
    """True if the person was at a meeting of the class."""
    mine = (
        select(Attendance.session_id)
        .join(ClassSession, ClassSession.id == Attendance.session_id)
        .where(ClassSession.angkatan_id == angkatan_id, Attendance.person_id == person_id, Attendance.status == "hadir")
    )
    return db.session.scalar(mine.limit(1)) is not None


def joining(session_id: int, person_id: int) -> Joining | None:
    """When a person went into the room of a live meeting, to be changed."""
    return db.session.get(Joining, (session_id, person_id))


def joined_by(person_id: int, session_ids: Sequence[int]) -> set[int]:
    """Into the rooms of which of these meetings a person went."""
    mine = select(Joining.session_id).where(Joining.person_id == person_id, Joining.session_id.in_(session_ids))
    return set(db.session.scalars(mine))


def joinings(session_id: int) -> list[Joining]:
    """Who went into the room of a live meeting, in order of coming."""
    mine = select(Joining).where(Joining.session_id == session_id)
    return list(db.session.scalars(mine.order_by(Joining.first_at)))


def waiting(angkatan_id: int) -> list[WaitingCard]:
    """Who waits for a seat of a class, the next one first."""
    wanted = select(Waiting.person_id, Waiting.place, Waiting.rule, Waiting.lottery_draw)
    mine = wanted.where(Waiting.angkatan_id == angkatan_id).order_by(Waiting.place)
    return [WaitingCard(*r) for r in db.session.execute(mine)]


WAITING = (Waiting.person_id, Waiting.place, Waiting.rule, Waiting.lottery_draw, identity.name_of(Waiting.person_id))
BY_NAME = select(*WAITING).where(Waiting.angkatan_id == THIS_CLASS).order_by(Waiting.place)
waiting_by_name = Question(of_class(BY_NAME), lambda rows: [(WaitingCard(*row[:-1]), row[-1] or "") for row in rows])
"""The same with their names, for its page."""


def forget_waiting(angkatan_id: int, person_ids: Sequence[int]) -> None:
    """These people wait no longer."""
    mine = (Waiting.angkatan_id == angkatan_id) & Waiting.person_id.in_(person_ids)
    db.session.execute(delete(Waiting).where(mine))


def running_elsewhere(course: str, angkatan_id: int, person_ids: Sequence[int]) -> dict[int, str]:
    """Those of these people who learn the same course in another class now, with the name of that class."""
    wanted = (
        select(Enrolment.person_id, Angkatan.name)
        .join(Angkatan, Angkatan.id == Enrolment.angkatan_id)
        .where(Enrolment.course == course, Enrolment.state == RUNNING, Enrolment.angkatan_id != angkatan_id)
        .where(Enrolment.person_id.in_(person_ids), Angkatan.closed_at.is_(None))
    )
    return {person_id: name for person_id, name in db.session.execute(wanted)}


def sits_in_class(person_id: int) -> bool:
    """True for who learns in a class that is not closed."""
    mine = (Enrolment.person_id == person_id) & (Enrolment.state == RUNNING) & Angkatan.closed_at.is_(None)
    return bool(db.session.scalar(select(exists().where(mine, Angkatan.id == Enrolment.angkatan_id))))


def last_before(centre_unit_id: int, course: str, limit: int) -> list[tuple[int, str]]:
    """The latest classes of a course at a centre, by id and name: what a new one may be copied from."""
    wanted = select(Angkatan.id, Angkatan.name).where(
        Angkatan.centre_unit_id == centre_unit_id, Angkatan.course == course
    )
    return [(i, n) for i, n in db.session.execute(wanted.order_by(Angkatan.id.desc()).limit(limit))]


def _summary() -> Any:
    meetings = select(func.count()).where(ClassSession.angkatan_id == THIS_CLASS).scalar_subquery()
    main = (SubjectTrainer.angkatan_id == THIS_CLASS) & SubjectTrainer.substitute.is_(False)
    taught = select(func.count()).where(main).scalar_subquery()
    queue = select(func.count()).where(Waiting.angkatan_id == THIS_CLASS).scalar_subquery()
    return select(meetings.label("meetings"), taught.label("taught"), queue.label("queue"))


summary = Question(of_class(_summary()), lambda rows: tuple(rows.one()))
"""How far a class is prepared: meetings, subjects with a trainer, people who wait; in one query."""


def by_calendar_key(key: str) -> int | None:
    """The class whose calendar lies under this secret."""
    return db.session.scalar(select(Angkatan.id).where(Angkatan.calendar_key == key))
