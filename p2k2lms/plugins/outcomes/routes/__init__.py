"""The pages of outcomes, by what they show."""

from p2k2lms.plugins.outcomes.routes import figures, levels, plans, public
from p2k2lms.plugins.outcomes.routes.blueprint import pages

__all__ = ["figures", "levels", "pages", "plans", "public"]
