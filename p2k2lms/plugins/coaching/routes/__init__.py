"""The pages of coaching; the blueprint and everything that hangs on it."""

from p2k2lms.plugins.coaching.routes import contacts, packs, paths, sheets, studio
from p2k2lms.plugins.coaching.routes.blueprint import pages

__all__ = ["contacts", "packs", "pages", "paths", "sheets", "studio"]
