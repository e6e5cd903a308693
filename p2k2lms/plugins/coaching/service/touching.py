"""Marks the month of a fact in the home unit of its person, so that the indicators count it again."""

from datetime import date

from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.identity import service as identity


def touch(uow: UnitOfWork, person_id: int, day: date, fact: str) -> None:
    """This person's facts of that month have changed; without a posting then, nothing counts them."""
    home = identity.home_unit(person_id, day)
    if home is not None:
        uow.touch(home.id, day, fact)
