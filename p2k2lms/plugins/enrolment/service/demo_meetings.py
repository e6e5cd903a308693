"""The meetings of a synthetic class: its timetable, who teaches what, who came, and an agreed draw."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.models import Attendance, ClassSession, SubjectTrainer
from p2k2lms.plugins.enrolment.queries import calling
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import attending
from p2k2lms.plugins.enrolment.rules.timetable import Subject, lay_out
from p2k2lms.plugins.enrolment.service import draws, reading
from p2k2lms.plugins.enrolment.service.members import ZONE
from p2k2lms.plugins.enrolment.values import (
    BY_OFFICER,
    BY_QR,
    PRESENT,
    TRAINER,
    AngkatanCard,
    SessionCard,
)
from p2k2lms.plugins.enrolment.values.sessions import ABSENT, EXCUSED, ILL
from p2k2lms.plugins.identity import service as identity

CAME = {PRESENT: 95, EXCUSED: 2, ILL: 2, ABSENT: 1}
LATE, OWN_PHONE = 0.07, 0.8  # of the marks so many come late, and so many were made by the code on the wall
SOURCE = "Dua angka di belakang koma IHSG penutupan pada hari itu"


def hold_meetings(angkatan_id: int, seed: int) -> None:
    """The hours of the curriculum over the days of a class, its trainers, and the lists of the days that are over."""
    card = reading.angkatan(angkatan_id)
    if card.ends is None or read.of_angkatan(angkatan_id):
        return
    moduls = catalogue.outline(card.version_id).modul
    plans, _left = lay_out([Subject(m.id, m.title, m.jp) for m in moduls], card.starts, card.ends)
    trainers = [s.person_id for s in card.staff if s.role == TRAINER]
    with unit_of_work("enrolment.load_demo", subject=f"angkatan:{angkatan_id}"):
        queries.insert_many(ClassSession, [{"angkatan_id": angkatan_id, **asdict(plan)} for plan in plans])
        queries.insert_many(SubjectTrainer, list(_taught(angkatan_id, [m.id for m in moduls if m.jp], trainers)))
        queries.insert_many(Attendance, list(_marks(card, trainers[0], seed)))
        _close_lists(card)


def _taught(angkatan_id: int, moduls: Sequence[str], trainers: Sequence[int]) -> Iterator[dict[str, Any]]:
    for n, modul in enumerate(moduls):
        first, second = (trainers[(n + more) % len(trainers)] for more in (0, 1))
        yield {"angkatan_id": angkatan_id, "modul": modul, "substitute": False, "person_id": first}
        if second != first:
            yield {"angkatan_id": angkatan_id, "modul": modul, "substitute": True, "person_id": second}


def _over(card: AngkatanCard) -> list[SessionCard]:
    return [meeting for meeting in read.of_angkatan(card.id) if meeting.on_day < clock.today()]


def _marks(card: AngkatanCard, trainer: int, seed: int) -> Iterator[dict[str, Any]]:
    lot = random.Random(f"{seed}:hadir:{card.id}")  # noqa: S311 - data, not secrets
    people = [member.person_id for member in reading.members(card.id)]
    for meeting in _over(card):
        begins = datetime.combine(meeting.on_day, time(meeting.starts // 60, meeting.starts % 60), ZoneInfo(ZONE))
        for person in people:
            status = lot.choices(list(CAME), list(CAME.values()))[0]
            late = lot.randrange(5, 40) if status == PRESENT and lot.random() < LATE else 0
            own = status == PRESENT and lot.random() < OWN_PHONE
            at = begins + timedelta(minutes=late)
            yield {
                "session_id": meeting.id,
                "person_id": person,
                "status": status,
                "late": late,
                "minutes": attending.earned_minutes(status, late, meeting.minutes),
                "how": BY_QR if own else BY_OFFICER,
                "browser": f"demo{person}" if own else "",
                "flags": [],
                "occurred_at": at,
                "received_at": at,
                "marked_by": person if own else trainer,
            }


def _close_lists(card: AngkatanCard) -> None:
    """The heads of each list were counted at its end."""
    for meeting in _over(card):
        row = read.row(meeting.id)
        assert row is not None
        ends = time((meeting.starts + meeting.minutes) // 60, (meeting.starts + meeting.minutes) % 60)
        row.closed_at = datetime.combine(meeting.on_day, ends, ZoneInfo(ZONE))
        row.head_count = attending.count_differs(0, read.marks_of([meeting.id]))


def agree_on_draw(angkatan_id: int, person_id: int, seats: int, waiting: int) -> None:
    """A draw of the places of a class: the list is frozen, its number is known in three days."""
    if calling.round_of(angkatan_id) is not None:
        return
    posted = [p for p in identity.postings_of(person_id) if p.valid_to is None]
    actor = Actor(person_id, "", tuple(Posting(p.role, p.unit.id, p.unit.path) for p in posted))
    known_on = clock.today() + timedelta(days=3)
    plan = draws.RoundPlan(seats=seats, waiting=waiting, source=SOURCE, known_on=known_on)
    with clock.stopped(clock.now() - timedelta(days=1)):
        draws.make_round(actor, angkatan_id, plan)
        draws.freeze(actor, angkatan_id)
