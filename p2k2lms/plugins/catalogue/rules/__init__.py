"""What content must be: each rule a pure function from a draft to the faults that it finds."""

from p2k2lms.plugins.catalogue.rules import structure
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft


def structure_faults(draft: CourseDraft) -> list[ContentFault]:
    """What keeps a course from being published."""
    return [fault for rule in structure.RULES for fault in rule(draft)]
