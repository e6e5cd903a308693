"""What evaluation does when identity reports that somebody wishes to be asked no more."""

from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.identity.events import ConsentWithdrawn
from p2k2lms.plugins.identity.service import SURVEYS


def on_consent_withdrawn(event: ConsentWithdrawn) -> None:
    """Whoever declines surveys is released from those that wait."""
    if event.text == SURVEYS:
        service.release_all(event.person_id)
