"""What certificates does when progress reports a decision."""

from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.progress.events import CompletionDecided
from p2k2lms.plugins.progress.values import PASSED


def on_completion_decided(event: CompletionDecided) -> None:
    """Who has passed holds a certificate from that moment."""
    if event.decision == PASSED:
        service.issue_or_later(event.completion_id)
