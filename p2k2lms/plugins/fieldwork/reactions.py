"""What the field does unasked: whoever became prepared, or not, led with or without preparation."""

from p2k2lms.plugins.enrolment.events import ExposureChanged
from p2k2lms.plugins.fieldwork.service.facts import mark_person


def on_exposure(event: ExposureChanged) -> None:
    """A finished class or coaching counts from its last day on."""
    mark_person(event.person_id, event.since)
