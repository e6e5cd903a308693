"""Reads how much of its meetings the people of a class were at."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, literal, select, true, union_all

from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment.models import Attendance, ClassSession, Enrolment
from p2k2lms.plugins.enrolment.queries import THIS_CLASS, enrolment_cards
from p2k2lms.plugins.enrolment.values import PRESENT, AttendanceShare, EnrolmentCard

NOBODY = 0  # whoever was at none
UNTIL = and_(ClassSession.on_day <= bindparam("last_day"), ClassSession.jp > 0)  # those without JP count for nobody
CAME = func.count().filter(Attendance.status == PRESENT)


def _attended() -> Any:
    here = and_(ClassSession.angkatan_id == THIS_CLASS, UNTIL)
    marks = select(Attendance.person_id, func.sum(Attendance.minutes).label("minutes"), CAME.label("came"))
    earned = marks.join(ClassSession, ClassSession.id == Attendance.session_id).where(here)
    own = earned.group_by(Attendance.person_id).subquery()
    held = select(func.sum(ClassSession.minutes).label("minutes"), func.count().label("held")).where(here).subquery()
    shares = (func.coalesce(own.c.minutes, 0), held.c.minutes, func.coalesce(own.c.came, 0), held.c.held)
    wanted = enrolment_cards().add_columns(*shares).join(held, true())
    wanted = wanted.outerjoin(own, own.c.person_id == Enrolment.person_id).where(Enrolment.angkatan_id == THIS_CLASS)
    return wanted.order_by(Enrolment.id)


ATTENDED = _attended()


def _asks_attended(angkatan_id: int, last: date) -> Asking:
    return ATTENDED, {"angkatan_id": angkatan_id, "last_day": last}


def _with_share(row: Any) -> tuple[EnrolmentCard, AttendanceShare | None]:
    return EnrolmentCard(*row[:-4]), AttendanceShare(*map(int, row[-4:])) if row[-1] else None


attended = Question(_asks_attended, lambda rows: tuple(map(_with_share, rows)))
"""The members of a class with what each was at of the meetings up to a day; None where none was held."""


class Meetings(NamedTuple):
    """Minutes and number of the meetings: those that were held by class, those that somebody was at by both."""

    held: dict[int, tuple[int, int]]
    earned: dict[tuple[int, int], tuple[int, int]]

    def share(self, angkatan_id: int, person_id: int) -> AttendanceShare | None:
        """What of them one person was at; None where none was held."""
        if angkatan_id not in self.held:
            return None
        (due, number), (minutes, came) = self.held[angkatan_id], self.earned.get((angkatan_id, person_id), (0, 0))
        return AttendanceShare(minutes, due, came, number)


def _meetings() -> Any:
    those = and_(ClassSession.angkatan_id.in_(bindparam("of_classes", expanding=True)), UNTIL)
    place, who = ClassSession.angkatan_id, Attendance.person_id
    held = select(place, literal(NOBODY), func.sum(ClassSession.minutes), func.count()).where(those).group_by(place)
    marks = select(place, who, func.sum(Attendance.minutes), CAME).join(
        ClassSession, ClassSession.id == Attendance.session_id
    )
    return union_all(held, marks.where(those).group_by(place, who))


MEETINGS = _meetings()


def _asks_meetings(angkatan_ids: tuple[int, ...], last: date) -> Asking:
    return MEETINGS, {"of_classes": angkatan_ids, "last_day": last}


def _told(rows: Iterable[Any]) -> Meetings:
    found = Meetings({}, {})
    for angkatan_id, person_id, minutes, number in rows:
        if person_id == NOBODY:
            found.held[angkatan_id] = (int(minutes), int(number))
        else:
            found.earned[angkatan_id, person_id] = (int(minutes), int(number))
    return found


meetings_until = Question(_asks_meetings, _told)
"""The meetings of these classes up to a day, in one query."""
