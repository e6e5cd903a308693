"""Questions about one person that a page asks together with those of others; each is built once."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, select

from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.models import Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.spell_queries import OVER
from p2k2lms.plugins.enrolment.values import Spell

WHO: Any = bindparam("person_id")
CLASSES = queries.classes_in(select(Enrolment.angkatan_id).where(Enrolment.person_id == WHO))
FINISHED = (
    select(*(getattr(ExposureSpell, field.name) for field in fields(Spell)))
    .where(ExposureSpell.person_id == WHO, ExposureSpell.status.in_(OVER))
    .order_by(ExposureSpell.valid_from)
)


def _classes(person_id: int) -> Asking:
    return CLASSES, {"person_id": person_id}


def _finished(person_id: int) -> Asking:
    return FINISHED, {"person_id": person_id}


def _spells(rows: Iterable[Any]) -> tuple[Spell, ...]:
    return tuple(Spell(**row._asdict()) for row in rows)


classes_of = Question(_classes, queries.angkatan_cards)
"""The classes in which somebody sits, or sat, newest first."""
finished = Question(_finished, _spells)
"""The spells of somebody that are over with success, the earliest first."""
