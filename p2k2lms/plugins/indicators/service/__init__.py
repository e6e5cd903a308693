"""The front door of the indicators: count what changed, and read figures."""

from p2k2lms.plugins.indicators.service.counting import count_months, nightly, roll_up
from p2k2lms.plugins.indicators.service.reading import by_level, figures, latest_month, series

__all__ = ["by_level", "count_months", "figures", "latest_month", "nightly", "roll_up", "series"]
