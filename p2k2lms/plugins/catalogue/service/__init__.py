"""The front door of the catalogue: what is published, and the use-cases of authors."""

from p2k2lms.plugins.catalogue.service.authoring import checked_draft, documents, drafted_courses, load, publish
from p2k2lms.plugins.catalogue.service.instruments import instruments_of, shipped_instruments
from p2k2lms.plugins.catalogue.service.items import bank, change_items
from p2k2lms.plugins.catalogue.service.published import (
    blueprint,
    card,
    completion_rules,
    courses,
    groups,
    has_blueprint,
    items,
    latest,
    objectives,
    open_pack,
    outline,
    practice_items,
    required_steps,
    rubric,
    scenes,
    sesi,
    subjects,
    version,
)
from p2k2lms.plugins.catalogue.service.searching import search

__all__ = [
    "bank",
    "blueprint",
    "card",
    "change_items",
    "checked_draft",
    "completion_rules",
    "courses",
    "documents",
    "drafted_courses",
    "groups",
    "has_blueprint",
    "instruments_of",
    "items",
    "latest",
    "load",
    "objectives",
    "open_pack",
    "outline",
    "practice_items",
    "publish",
    "required_steps",
    "rubric",
    "scenes",
    "search",
    "sesi",
    "shipped_instruments",
    "subjects",
    "version",
]
