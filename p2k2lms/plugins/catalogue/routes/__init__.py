"""The pages of the catalogue: its studio."""

from p2k2lms.plugins.catalogue.routes import arranging
from p2k2lms.plugins.catalogue.routes.authoring import pages

__all__ = ["arranging", "pages"]
