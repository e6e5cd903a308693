"""What the field does unasked: who became prepared is counted as such, who leaves gives up the groups."""

from p2k2lms.plugins.enrolment.events import ExposureChanged
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.service.facts import mark_unit
from p2k2lms.plugins.identity.events import PostingEnded


def on_exposure(event: ExposureChanged) -> None:
    """A finished class or coaching counts from its last day on."""
    if event.unit_id is not None:
        mark_unit(event.unit_id, event.since)


def on_posting_ended(event: PostingEnded) -> None:
    """Custody ends with the duty that it belongs to."""
    if event.role == "pendamping":
        service.leave_groups(event.person_id, event.unit_id, event.day)
