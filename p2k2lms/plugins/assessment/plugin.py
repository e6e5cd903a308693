"""What assessment adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.assessment import panels, service
from p2k2lms.plugins.assessment.acts import ACTS
from p2k2lms.plugins.assessment.alerts import ALERTS
from p2k2lms.plugins.assessment.class_routes import class_pages
from p2k2lms.plugins.assessment.commands import items
from p2k2lms.plugins.assessment.demo import load
from p2k2lms.plugins.assessment.figures import INDICATORS
from p2k2lms.plugins.assessment.item_routes import item_pages
from p2k2lms.plugins.assessment.late_routes import late_pages
from p2k2lms.plugins.assessment.permissions import CREATE_ATTEMPT, LIST_ITEMS, PERMISSIONS
from p2k2lms.plugins.assessment.personal import PERSONAL, RETENTION
from p2k2lms.plugins.assessment.reactions import on_enrolled
from p2k2lms.plugins.assessment.routes import pages
from p2k2lms.plugins.enrolment.events import Enrolled

assessment = Plugin(
    name="assessment",
    title=lazy("Tes"),
    requires=("identity", "catalogue", "enrolment"),
    blueprints=(pages, item_pages, class_pages, late_pages),
    permissions=PERMISSIONS,
    menu=(
        MenuItem(lazy("Tes dan latihan"), "assessment.index", CREATE_ATTEMPT, icon="edit", order=25),
        MenuItem(lazy("Bank soal"), "assessment_items.index", LIST_ITEMS, icon="list", order=61),
    ),
    panels={
        "home.next": panels.home,
        "outline.top": panels.outline_top,
        "outline.bottom": panels.outline_bottom,
        "sesi.after": panels.sesi_after,
        "class.tabs": panels.class_tab,
        "offline.page": panels.offline_page,
        "person.page": panels.person_page,
        "card.editor.side": panels.card_side,
        "item.editor.side": panels.item_side,
    },
    reactions={Enrolled: on_enrolled},
    submissions=(service.ANSWER, service.FINISH),
    jobs={service.CLOSE: service.close_job, service.NIGHTLY: service.open_rounds},
    nightly=(service.NIGHTLY,),
    notices={
        "assessment.post_open": lazy("Post-test sudah terbuka. Semua langkah wajib sudah Anda baca."),
        "assessment.ping_open": lazy(
            "Apa yang masih Anda ingat, {days} hari setelah post-test? Cek ingatan sudah terbuka: sekitar dua menit."
        ),
        "assessment.late": lazy("Jawaban tes {name} datang setelah waktu habis. Putuskan apakah dihitung."),
        "assessment.late_counted": lazy("Jawaban tes Anda yang terlambat diputuskan ikut dihitung."),
        "assessment.late_left": lazy("Jawaban tes Anda yang terlambat diputuskan tidak dihitung."),
    },
    indicators=INDICATORS,
    alerts=ALERTS,
    commands=(items,),
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
    retention=RETENTION,
)
