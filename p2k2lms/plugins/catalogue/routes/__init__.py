"""The pages of the catalogue: its studio."""

from p2k2lms.plugins.catalogue.routes import arranging, outlining, rubrics, versions
from p2k2lms.plugins.catalogue.routes.authoring import pages, studio

__all__ = ["arranging", "outlining", "pages", "rubrics", "studio", "versions"]
