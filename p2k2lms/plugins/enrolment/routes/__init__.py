"""The pages below /angkatan; the blueprint and everything that hangs on it."""

from p2k2lms.plugins.enrolment.routes import attendance, calls, classes, draws, own, rosters, timetable
from p2k2lms.plugins.enrolment.routes.blueprint import pages

__all__ = ["attendance", "calls", "classes", "draws", "own", "pages", "rosters", "timetable"]
