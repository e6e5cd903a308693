"""The pages of coaching; the blueprint and everything that hangs on it."""

from p2k2lms.plugins.coaching.routes import contacts, paths, sheets, studio
from p2k2lms.plugins.coaching.routes.blueprint import pages

__all__ = ["contacts", "pages", "paths", "sheets", "studio"]
