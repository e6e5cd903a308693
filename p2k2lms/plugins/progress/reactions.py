"""What progress does when something is learned, tested or attended, or somebody comes into a class."""

from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.assessment.values import POST, QUICK
from p2k2lms.plugins.coaching.events import ObservationRecorded, PathFinished
from p2k2lms.plugins.delivery.events import StepFinished
from p2k2lms.plugins.enrolment.events import AttendanceRecorded, Enrolled
from p2k2lms.plugins.progress import service


def on_step_finished(event: StepFinished) -> None:
    """The last required card opens the post-test, and may be the last condition of all."""
    service.note_reading(event.enrolment_id)
    service.note_step(event.person_id, event.course, event.version_id, event.step)


def on_enrolled(event: Enrolled) -> None:
    """Who read the course in an earlier class need not read it again."""
    service.note_reading(event.enrolment_id)


def on_attempt_finished(event: AttemptFinished) -> None:
    """A post-test may be the last condition; a cek cepat is a rung of the ladder."""
    if event.purpose == POST:
        service.consider(event.enrolment_id)
    if event.purpose == QUICK:
        service.note_check(event.enrolment_id)


def on_attendance_recorded(event: AttendanceRecorded) -> None:
    """Having come may be the last condition."""
    service.note_attendance(event.angkatan_id, event.person_id)


def on_observed(event: ObservationRecorded) -> None:
    """What others saw is a rung of the ladder and may be the last condition of a class; what one says oneself not."""
    if event.observer_id != event.person_id:
        service.note_observation(event.person_id, event.course)
        if event.angkatan_id is not None:
            service.note_attendance(event.angkatan_id, event.person_id)


def on_path_finished(event: PathFinished) -> None:
    """The ladder is brought up to date before somebody decides about the path."""
    service.refresh(event.person_id, event.course, event.version_id)
