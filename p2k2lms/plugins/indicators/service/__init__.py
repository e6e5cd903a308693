"""The front door of the indicators: count what changed, and read figures."""

from p2k2lms.plugins.indicators.rules import months_back as months_up_to
from p2k2lms.plugins.indicators.service.counting import count_months, nightly, roll_up
from p2k2lms.plugins.indicators.service.reading import (
    ahead_of_month,
    ahead_of_page,
    by_level,
    by_stratum,
    figures,
    history,
    latest_month,
    series,
    told_apart,
)
from p2k2lms.plugins.indicators.service.targets import Target, as_settings, has_target, targets

__all__ = [
    "Target",
    "ahead_of_month",
    "ahead_of_page",
    "as_settings",
    "by_level",
    "by_stratum",
    "count_months",
    "figures",
    "has_target",
    "history",
    "latest_month",
    "months_up_to",
    "nightly",
    "roll_up",
    "series",
    "targets",
    "told_apart",
]
