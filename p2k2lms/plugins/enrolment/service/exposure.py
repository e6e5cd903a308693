"""Exposure as the plugins above ask for it."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from p2k2lms.plugins.enrolment import spell_queries as read
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.enrolment.queries import asked
from p2k2lms.plugins.enrolment.values import Spell


def finished_spells(person_ids: Iterable[int]) -> list[Spell]:
    """The spells of these people that are over with success, the earliest first."""
    return [_spell(row) for row in read.spells(person_ids, read.OVER)]


def trained(person_id: int) -> tuple[Spell, ...]:
    """The same of one person, for a page that may ask ahead."""
    return asked.finished(person_id)


def exposed_among(person_ids: Iterable[int]) -> set[int]:
    """Which of these people have a class or a path that runs, or is over with success."""
    return {row.person_id for row in read.spells(person_ids, read.ANY)}


def standing(person: Any) -> tuple[Any, Any]:
    """Two columns about the person of a column, for who counts: the kind of exposure that was finished first, else SITS

    where a class runs now; and on which day the first exposure began, however it ended: with it ends the wait of R-04.
    """
    return read.standing(person)


def people_of_classes(since: date, until: date, starting: bool = False) -> list[int]:
    """Who passed a class that ended between these days, both included; or, `starting`, was in one that began then."""
    return read.people_of_classes(since, until, starting)


def seats_of_centre(path: str, since: date, until: date) -> list[tuple[int, int, int, date, date]]:
    """Enrolment, person, class, its first and last day, in classes of a centre that ended between these days."""
    return read.seats_of_centre(path, since, until)


def centres(since: date, until: date) -> list[int]:
    """The units that held a class which ended between these days, both included."""
    return read.centres(since, until)


def _spell(row: ExposureSpell) -> Spell:
    return Spell(**{field.name: getattr(row, field.name) for field in fields(Spell)})
