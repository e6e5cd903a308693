"""Who was on duty where, and the tree of units, for those who count by unit and month."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.identity.queries import care as read_care
from p2k2lms.plugins.identity.queries import duty as read


@dataclass(frozen=True)
class Duty:
    """A pendamping on duty in a unit for a period; `valid_to` is the first day without, None while it lasts."""

    person_id: int
    unit_id: int
    valid_from: date
    valid_to: date | None


def on_duty(day: date, paths: Sequence[str] | None = None) -> Any:
    """A SELECT of `person_id, unit_id, since` of every pendamping on duty on the day, for others to count from.

    With `paths` of those in these units and below alone.
    """
    return read.on_duty(day, paths)


def fewer_on_duty(number: int, paths: Sequence[str], day: date) -> Any:
    """A condition for others: fewer pendamping than that are on duty in these units or below."""
    return read.fewer_on_duty(number, paths, day)


def duty_lasts(person_id: Any, day: date, place: Any = None) -> Any:
    """A condition for others: a duty of the person in this column holds on the day or later.

    With `place`, a column of paths, one of the unit there or of one above.
    """
    return read.lasting(person_id, day, place)


def home_path(person_id: Any, day: date) -> Any:
    """A column of the path of the home unit on the day of the person in this column, for others to count by."""
    return read_care.at_home(Unit.path, person_id, day)


def duties_ended(day: date) -> Any:
    """A SELECT of `person_id, unit_id, path` of every duty that was over by the day, for others to join."""
    return read.ended(day)


def working_in(paths: Sequence[str], day: date) -> Any:
    """A SELECT of the ids of who holds any role on the day in these units or below, for others to filter by."""
    return read.working_in(paths, day)


def duties(first: date, after: date, unit_ids: Collection[int] = (), person_ids: Collection[int] = ()) -> list[Duty]:
    """The duties from `first` until before `after` in these units, and those of these people anywhere."""
    rows = [*read.duties_in(unit_ids, first, after), *read.duties_of(person_ids, first, after)]
    return [Duty(*row) for row in dict.fromkeys(tuple(row) for row in rows)]


def parents() -> dict[int, int | None]:
    """The unit above each unit, by id; None above the top."""
    return read.parents()


def successors(day: date) -> dict[int, int]:
    """For units that had come to an end by the day: the unit that then stood in their place, by id."""
    return read.successors(day)


def kabupaten_units(since: date) -> Any:
    """A SELECT of `unit_id, kabupaten_id`, to count by; what was split off later counts as before."""
    return read.kabupaten_units(since)


def codes_of_units() -> Any:
    """A SELECT of `unit_id, code`, for others to join."""
    return read.codes_of_units()


def days_on_duty_since() -> Any:
    """A SELECT of `person_id, started_on` of everybody; None where nobody wrote it down."""
    return read.days_on_duty_since()
