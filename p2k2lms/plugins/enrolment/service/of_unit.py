"""Who of a unit finished a class or a path in a month."""

from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import spell_queries as read
from p2k2lms.plugins.enrolment.counts import month_after

MOST = 12


@dataclass(frozen=True)
class TrainedPerson:
    """Somebody who finished a class or a path, and on which day."""

    person_id: int
    name: str
    kind: str
    on_day: date


@dataclass(frozen=True)
class Trained:
    """How many there are, and the newest of them who are on duty there today."""

    total: int
    people: tuple[TrainedPerson, ...]


def trained_in(unit_path: str, month: date) -> Trained:
    """Who is on duty in the unit, or was at the end of a month that is over, and finished something in the month."""
    first, after = month.replace(day=1), month_after(month)
    today = clock.today()
    rows, total = read.finished_in(unit_path, (first, after), min(today, after - timedelta(days=1)), today, MOST)
    return Trained(total, tuple(TrainedPerson(*row) for row in rows))
