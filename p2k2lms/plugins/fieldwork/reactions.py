"""What the field does unasked: whoever became prepared, or not, led with or without preparation."""

from p2k2lms.plugins.enrolment.events import ExposureChanged
from p2k2lms.plugins.fieldwork.service.facts import mark_unit


def on_exposure(event: ExposureChanged) -> None:
    """A finished class or coaching counts from its last day on."""
    if event.unit_id is not None:
        mark_unit(event.unit_id, event.since)
