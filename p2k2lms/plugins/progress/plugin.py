"""What progress adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.coaching.events import ObservationRecorded, PathFinished
from p2k2lms.plugins.delivery.events import StepFinished
from p2k2lms.plugins.enrolment.events import AttendanceRecorded, Enrolled
from p2k2lms.plugins.progress import panels, service
from p2k2lms.plugins.progress.acts import ACTS
from p2k2lms.plugins.progress.path_routes import path_pages
from p2k2lms.plugins.progress.permissions import ALL
from p2k2lms.plugins.progress.personal import PERSONAL
from p2k2lms.plugins.progress.reactions import (
    on_attempt_finished,
    on_attendance_recorded,
    on_enrolled,
    on_observed,
    on_path_finished,
    on_step_finished,
)
from p2k2lms.plugins.progress.report_routes import pages as report_pages
from p2k2lms.plugins.progress.routes import pages

progress = Plugin(
    name="progress",
    title=lazy("Kelulusan"),
    requires=("identity", "catalogue", "enrolment", "delivery", "assessment", "coaching"),
    blueprints=(pages, path_pages, report_pages),
    permissions=ALL,
    panels={
        "class.tabs": panels.class_tabs,
        "outline.bottom": panels.outline_bottom,
        "person.page": panels.person_page,
        "person.coaching": panels.person_ladder,
        "home.cards": panels.home_cards,
        "home.ahead": service.ahead,
        "person.ahead": service.ahead_of_person,
        "path.bottom": panels.path_bottom,
        "path.stage": panels.path_stage,
        "teach.before": panels.teach_before,
        "group.page": panels.group_page,
    },
    reactions={
        StepFinished: on_step_finished,
        Enrolled: on_enrolled,
        AttemptFinished: on_attempt_finished,
        AttendanceRecorded: on_attendance_recorded,
        ObservationRecorded: on_observed,
        PathFinished: on_path_finished,
    },
    jobs={service.FOLLOW: service.follow},
    notices={
        service.MOVED: lazy("{angkatan} kini memakai versi {number}. Yang sudah Anda baca tetap tercatat."),
        service.TOLD: lazy("{angkatan}: {text}"),
        "progress.lulus": lazy("Anda lulus. Selamat atas kerja Anda."),
        "progress.setara": lazy("Jalur bimbingan Anda diputuskan setara diklat. Suratnya terbit."),
        "progress.belum_setara": lazy("Jalur bimbingan Anda belum setara. Baca apa yang kurang."),
        "progress.tidak_lulus": lazy("Putusan angkatan: Anda belum lulus. Bicarakan dengan widyaiswara."),
    },
    acts=ACTS,
    personal=PERSONAL,
)
