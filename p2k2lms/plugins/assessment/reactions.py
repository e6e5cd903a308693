"""What assessment does unasked: who comes into an angkatan, or begins a path, draws the order of the forms."""

from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.enrolment.events import Enrolled


def on_enrolled(event: Enrolled) -> None:
    """Draw before anything is known of the person; coming again keeps the first draw."""
    service.draw_for(event.person_id, event.angkatan_id, event.path_id)
