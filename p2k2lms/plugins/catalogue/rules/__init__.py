"""What content must be: each rule a pure function from a draft to the faults that it finds."""

from p2k2lms.plugins.catalogue.rules import cards, coverage, items, language, scenes, sources, structure, weight
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft

STRUCTURE = (*structure.RULES, *scenes.STRUCTURE)
QUALITY = (*cards.RULES, *items.RULES, *coverage.RULES, *language.RULES, *sources.RULES, *weight.RULES, *scenes.QUALITY)


def structure_faults(draft: CourseDraft) -> list[ContentFault]:
    """What keeps a course from being published."""
    return [fault for rule in STRUCTURE for fault in rule(draft)]


def quality_faults(draft: CourseDraft) -> list[ContentFault]:
    """What keeps a course from being good."""
    return [fault for rule in QUALITY for fault in rule(draft)]
