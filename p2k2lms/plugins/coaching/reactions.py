"""What coaching does when people change their places."""

from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.identity.events import PostingEnded, SupervisionChanged


def on_supervision_changed(event: SupervisionChanged) -> None:
    """The new supervisor takes over what the old one coached."""
    service.supervision_changed(event.pendamping_id, event.old, event.new, event.day)


def on_posting_ended(event: PostingEnded) -> None:
    """A coach who leaves the field leaves no path without a word."""
    service.coach_left(event.person_id, event.day)
