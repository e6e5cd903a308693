"""What certificates does when progress reports a decision."""

from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.progress.events import CompletionDecided, EquivalenceDecided
from p2k2lms.plugins.progress.values import EQUAL, PASSED


def on_completion_decided(event: CompletionDecided) -> None:
    """Who has passed holds a certificate from that moment."""
    if event.decision == PASSED:
        service.issue_or_later(event.completion_ids)


def on_equivalence_decided(event: EquivalenceDecided) -> None:
    """Whose path was found equal holds a letter from that moment: another paper than that of a class."""
    if event.decision == EQUAL:
        service.issue_letter(event.equivalence_id)
