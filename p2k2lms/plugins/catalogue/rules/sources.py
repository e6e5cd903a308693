"""Rules of sources: what a card cites is in the register, and what has no source waits to be verified."""

from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft

COMMON_KNOWLEDGE = "bk"


def sources_resolve(draft: CourseDraft) -> Iterator[ContentFault]:
    """Each source of a card stands in the register; nothing is said where there is no register to look into."""
    if draft.register is None:
        return
    for step in draft.steps():
        for number, name in enumerate(step.value.sources):
            if name not in draft.register:
                said = _("sumber %(name)s tidak ada dalam daftar sumber", name=name)
                yield step.source.fault(said, "sources", number)


def what_has_no_source_is_to_be_verified(draft: CourseDraft) -> Iterator[ContentFault]:
    """A card that rests on common knowledge is marked with the question to ask."""
    for step in draft.steps():
        if COMMON_KNOWLEDGE in step.value.sources and step.value.review is None:
            said = _("pengetahuan umum tanpa sumber memerlukan review: perlu-verifikasi")
            yield step.source.fault(said, "sources")


RULES = (sources_resolve, what_has_no_source_is_to_be_verified)
