"""Who declines surveys, or is no longer on duty, is asked, reminded and counted as silent no more."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.evaluation.queries import releasing as read
from p2k2lms.plugins.evaluation.values import RESPONSE
from p2k2lms.plugins.identity import service as identity

RELEASE = "evaluation.release_left"
PENDAMPING, SUPERVISOR = "pendamping", "supervisor"


def release_all(person_id: int) -> None:
    """Somebody declines surveys: released from those that wait. No actor: the answer has been given."""
    with unit_of_work("evaluation.release_respondent", subject=f"person:{person_id}") as uow:
        _release(uow, [read.from_person(person_id)], "menarik persetujuan")


def release_leaver(person_id: int, role: str, day: date) -> None:
    """A duty ends with this day, which may lie ahead: then whoever has it is asked until it comes."""
    if day <= clock.today():
        release_left(person_id, role)
        return
    begins = datetime.combine(day, time(), ZoneInfo(clock.HOME))
    with unit_of_work("evaluation.release_leaver", subject=f"person:{person_id}") as uow:
        uow.enqueue(RELEASE, run_after=begins, person_id=person_id, role=role)


def release_left(person_id: int, role: str) -> None:
    """Release what makes no sense any more after this role: what is asked of a pendamping, and about one.

    Another duty in the same role, now or later, keeps it; so does one as supervisor what is asked about others.
    """
    today = clock.today()
    with unit_of_work("evaluation.release_leaver", subject=f"person:{person_id}") as uow:
        held = {duty.role for duty in identity.postings_of(person_id) if duty.lasts_to(today)}
        gone = [] if SUPERVISOR in held else [read.about_others(person_id)]
        if not held or (role == PENDAMPING and PENDAMPING not in held):
            gone.append(read.about_person(person_id))
            read.forget_queued(person_id)
        _release(uow, gone, "tidak bertugas lagi")


def _release(uow: UnitOfWork, these: Iterable[Any], excuse: str) -> None:
    for unit_id, closes in set(read.release_waiting(these, excuse)):
        uow.touch(unit_id, closes, RESPONSE)
