"""What the next months of a group could hold: the sesi that come next, one a month."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork.rules.coverage import EMPTY, HALF, NEXT, PASSED_OVER, WHOLE
from p2k2lms.plugins.fieldwork.rules.months import month_of
from p2k2lms.plugins.fieldwork.values import Coverage

PLANNED, OVERDUE = "p", "t"
YEAR = 12


def months_from(first: date, number: int = YEAR) -> list[date]:
    """The first days of so many months."""
    found = [month_of(first).first]
    while len(found) < number:
        found.append(month_of(found[-1] + timedelta(days=32)).first)
    return found


def suggestions(sesi: Sequence[OutlineSesi], cells: Mapping[str, Coverage], number: int) -> list[str]:
    """The sesi of the next months: what was passed over, then what is half, then the rest in order."""
    order = {PASSED_OVER: 0, HALF: 1, NEXT: 2, EMPTY: 2}
    waiting = [one for one in sesi if cells[one.id].state != WHOLE]
    waiting.sort(key=lambda one: (order.get(cells[one.id].state, 2), one.number or 0))
    return [one.id for one in waiting[:number]]


def with_plan(cells: Mapping[str, Coverage], planned: Mapping[str, date], month: date) -> dict[str, Coverage]:
    """The line of a group with what is planned, and what was planned for a month that is over and not given."""
    found = dict(cells)
    for sesi, when in planned.items():
        if sesi in found and found[sesi].state in {EMPTY, NEXT, PASSED_OVER}:
            found[sesi] = Coverage(OVERDUE if when < month else PLANNED, when)
    return found


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_code(day: date) -> str:
    """The quarter as 2026-4."""
    return f"{day.year}-{(day.month - 1) // 3 + 1}"


def quarter_from(code: str) -> date:
    """The first day of 2026-4."""
    return date(int(code[:4]), int(code[-1]) * 3 - 2, 1)
