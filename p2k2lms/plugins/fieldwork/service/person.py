"""The field months of one person, for the page of that person: read from the month facts alone."""

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork.queries import facts as read
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.values import FieldMonth

SHOWN = 12


def field_months(person_id: int) -> list[FieldMonth]:
    """The last twelve months in which the person answered for a group or led a meeting, the newest first."""
    month, wanted = months.month_of(clock.today()), []
    for _back in range(SHOWN):
        wanted.append(month.first)
        month = months.earlier(month)
    names = [name for name in FieldMonth.__dataclass_fields__ if name != "month"]
    rows = [row for row in read.person_rows([person_id], wanted) if row.due or row.led]
    return [FieldMonth(row.month, *(getattr(row, name) for name in names)) for row in reversed(rows)]
