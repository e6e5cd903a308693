"""From a plan to a running class: made, copied from an earlier one, and how far its preparation has come."""

from dataclasses import dataclass

from p2k2lms.core.access import Actor
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.service import classes, reading
from p2k2lms.plugins.enrolment.service.timetable import copy_plan
from p2k2lms.plugins.enrolment.values import AngkatanCard, AngkatanPlan


@dataclass(frozen=True)
class Prepared:
    """What of a class stands already: meetings, subjects with a trainer, people who wait for a seat."""

    meetings: int
    taught: int
    waiting: int


def make(
    actor: Actor, course: str, centre_unit_id: int, plan: AngkatanPlan, copy_from: int | None = None
) -> AngkatanCard:
    """Make a class, with the trainers and the timetable of an earlier one that the actor works in, if one is named."""
    with unit_of_work("enrolment.make_angkatan", actor, f"unit:{centre_unit_id}"):
        source = reading.angkatan_to_change(actor, copy_from) if copy_from else None
        made = classes.create(actor, course, centre_unit_id, plan, source)
        if source is not None and source.course == course:
            copy_plan(source.id, made)
    return made


def prepared(angkatan_id: int) -> Prepared:
    """How far the preparation of a class has come."""
    return Prepared(*read.summary(angkatan_id))


def subject_titles(version_id: int) -> dict[str, str]:
    """The mata diklat of a version by id."""
    return {m.id: m.title for m in catalogue.outline(version_id).modul}
