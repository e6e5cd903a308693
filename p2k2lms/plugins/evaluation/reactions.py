"""What evaluation does when identity reports that somebody wishes to be asked no more, or leaves a duty."""

from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.identity.events import ConsentWithdrawn, PostingEnded
from p2k2lms.plugins.identity.service import SURVEYS

ASKED_AS = ("pendamping", "supervisor")


def on_consent_withdrawn(event: ConsentWithdrawn) -> None:
    """Whoever declines surveys is released from those that wait."""
    if event.text == SURVEYS:
        service.release_all(event.person_id)


def on_posting_ended(event: PostingEnded) -> None:
    """Whoever leaves the field is asked nothing more, and nobody is asked about them."""
    if event.role in ASKED_AS:
        service.release_leaver(event.person_id, event.role, event.day)
