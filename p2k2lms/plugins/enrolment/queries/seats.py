"""Reads who sits in a class, or sat in it, in order of coming."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment.models import Angkatan, Enrolment
from p2k2lms.plugins.enrolment.queries import LAST_ID, THIS_CLASS, enrolment_cards, of_class
from p2k2lms.plugins.enrolment.values import STOPPED, EnrolmentCard
from p2k2lms.plugins.identity import service as identity

HERE = Enrolment.angkatan_id == THIS_CLASS
MEMBERS = enrolment_cards().where(HERE).order_by(Enrolment.id)
BEHIND: Any = Enrolment.id > bindparam("after_id")
MOST: Any = bindparam("most")
PAGE = MEMBERS.where(BEHIND).limit(MOST)
NAMED = select(Enrolment.person_id, identity.name_of(Enrolment.person_id)).where(HERE).order_by(Enrolment.id)
NAMES = NAMED.where(BEHIND).limit(MOST)
ITS_PEOPLE = select(Enrolment.person_id).where(HERE).correlate(None)
ITS_COURSE = select(Angkatan.course).where(Angkatan.id == THIS_CLASS).correlate(None).scalar_subquery()
ELSEWHERE_TOO = enrolment_cards().where(Enrolment.person_id.in_(ITS_PEOPLE), Enrolment.course == ITS_COURSE)


def _part(angkatan_id: int, after_id: int, limit: int | None) -> dict[str, int]:
    return {"angkatan_id": angkatan_id, "after_id": after_id, "most": LAST_ID if limit is None else limit}


def _page(angkatan_id: int, after_id: int, limit: int | None) -> Asking:
    return PAGE, _part(angkatan_id, after_id, limit)


def _names(angkatan_id: int, after_id: int, limit: int | None) -> Asking:
    return NAMES, _part(angkatan_id, after_id, limit)


def _cards(rows: Iterable[Any]) -> tuple[EnrolmentCard, ...]:
    return tuple(map(EnrolmentCard._make, rows))


def _called(rows: Iterable[Any]) -> dict[int, str]:
    return dict(map(tuple, rows))


members = Question(of_class(MEMBERS), _cards)
"""All of them."""
page = Question(_page, _cards)
"""So many, from behind one."""
names = Question(_names, _called)
"""What so many are called, by person."""
members_elsewhere_too = Question(of_class(ELSEWHERE_TOO.order_by(Enrolment.id)), _cards)
"""All their enrolments in the course of the class, also in other classes and on paths."""


def people_in(angkatan_id: int) -> Any:
    """A SELECT of `person_id` of who sits in a class."""
    return select(Enrolment.person_id).where(Enrolment.angkatan_id == angkatan_id, Enrolment.state != STOPPED)


def seats_in(angkatan_id: int) -> Any:
    """A SELECT of the ids of all enrolments of a class."""
    return select(Enrolment.id).where(Enrolment.angkatan_id == angkatan_id)
