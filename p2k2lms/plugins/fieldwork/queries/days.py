"""Which day it is where a group lies."""

from datetime import date
from typing import Any

from sqlalchemy import case

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork.models import Group
from p2k2lms.plugins.identity.values import ZONES


def here(last: date | None = None) -> Any:
    """Today by the zone of each group, or `last` once that is over everywhere: a day, or what SQL makes of the zone.

    For all but two hours of a night it is the same day in the whole country.
    """
    days = {zone: min(clock.today(zone), last or date.max) for zone in ZONES}
    one = days[clock.HOME]
    return one if set(days.values()) == {one} else case(days, value=Group.zone, else_=one)
