"""What progress adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.delivery.events import StepFinished
from p2k2lms.plugins.enrolment.events import AttendanceRecorded, Enrolled
from p2k2lms.plugins.progress import panels
from p2k2lms.plugins.progress.permissions import ALL
from p2k2lms.plugins.progress.reactions import (
    on_attempt_finished,
    on_attendance_recorded,
    on_enrolled,
    on_step_finished,
)
from p2k2lms.plugins.progress.routes import pages

progress = Plugin(
    name="progress",
    requires=("identity", "catalogue", "enrolment", "delivery", "assessment"),
    blueprints=(pages,),
    permissions=ALL,
    panels={
        "class.tabs": panels.class_tabs,
        "outline.bottom": panels.outline_bottom,
        "person.page": panels.person_page,
        "home.cards": panels.home_cards,
    },
    reactions={
        StepFinished: on_step_finished,
        Enrolled: on_enrolled,
        AttemptFinished: on_attempt_finished,
        AttendanceRecorded: on_attendance_recorded,
    },
    notices={
        "progress.lulus": lazy("Anda lulus. Selamat atas kerja Anda."),
        "progress.tidak_lulus": lazy("Putusan angkatan: Anda belum lulus. Bicarakan dengan widyaiswara."),
    },
)
