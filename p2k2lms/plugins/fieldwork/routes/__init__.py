"""The pages below /lapangan; the blueprint and everything that hangs on it."""

from p2k2lms.plugins.fieldwork.routes import (
    arranging,
    groups,
    importing,
    monthly,
    months,
    obstacles,
    packs,
    paper,
    photos,
    planning,
    reports,
    teaching,
    verification,
)
from p2k2lms.plugins.fieldwork.routes.blueprint import pages

__all__ = [
    "arranging",
    "groups",
    "importing",
    "monthly",
    "months",
    "obstacles",
    "packs",
    "pages",
    "paper",
    "photos",
    "planning",
    "reports",
    "teaching",
    "verification",
]
