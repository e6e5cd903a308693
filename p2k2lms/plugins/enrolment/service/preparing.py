"""From a plan to a running class: made, copied from an earlier one, and how far its preparation has come."""

from dataclasses import asdict, dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff
from p2k2lms.plugins.enrolment.permissions import CREATE_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.classes import may_work, must_be_sound
from p2k2lms.plugins.enrolment.service.timetable import copy_plan
from p2k2lms.plugins.enrolment.values import COMMITTEE, TRAINER, AngkatanCard, AngkatanPlan
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class Prepared:
    """What of a class stands already: meetings, subjects with a trainer, people who wait for a seat."""

    meetings: int
    taught: int
    waiting: int


def make(
    actor: Actor, course: str, centre_unit_id: int, plan: AngkatanPlan, copy_from: int | None = None
) -> AngkatanCard:
    """Make a class on the newest version of a course; who makes it works in it.

    An earlier class that the actor works in, if one is named, lends its staff, its trainers and its timetable.
    """
    with unit_of_work("enrolment.make_angkatan", actor, f"unit:{centre_unit_id}") as uow:
        source = reading.angkatan_to_change(actor, copy_from) if copy_from else None
        require(actor, CREATE_ANGKATAN)
        centre = identity.unit(centre_unit_id)
        require(actor, CREATE_ANGKATAN, centre.path)
        must_be_sound(plan, centre.id)
        where = {"centre_unit_id": centre.id, "centre_path": centre.path}
        row = uow.add(Angkatan(course=course, version_id=catalogue.latest(course).id, **where, **asdict(plan)))
        staff = _staff_of(actor, source).items()
        uow.add_all([AngkatanStaff(angkatan_id=row.id, person_id=person, role=role) for person, role in staff])
        made = reading.angkatan(row.id)
        if source is not None and source.course == course:
            copy_plan(source.id, made)
    return made


def _staff_of(actor: Actor, source: AngkatanCard | None) -> dict[int, str]:
    """Who works in a new class: who makes it, and who worked in the one that it is copied from and still may."""
    staff = {s.person_id: s.role for s in source.staff if may_work(s.person_id)} if source else {}
    if actor.id is not None and (role := _role_in_class(actor)):
        staff[actor.id] = role
    return staff


def _role_in_class(actor: Actor) -> str | None:
    held = actor.roles
    return TRAINER if "widyaiswara" in held else COMMITTEE if "panitia" in held else None


def prepared(angkatan_id: int) -> Prepared:
    """How far the preparation of a class has come."""
    return Prepared(*read.summary(angkatan_id))


def subject_titles(version_id: int) -> dict[str, str]:
    """The mata diklat of a version by id."""
    return {m.id: m.title for m in catalogue.outline(version_id).modul}
