"""The front door of the outcomes: figures of a unit, one indicator of it, and the report."""

from p2k2lms.plugins.outcomes.service.reading import overview, page, start
from p2k2lms.plugins.outcomes.service.reporting import Line, report

__all__ = ["Line", "overview", "page", "report", "start"]
