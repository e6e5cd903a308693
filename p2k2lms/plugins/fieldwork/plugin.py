"""What the field adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.enrolment.events import ExposureChanged
from p2k2lms.plugins.fieldwork import commands, service
from p2k2lms.plugins.fieldwork import panels as home
from p2k2lms.plugins.fieldwork.acts import ACTS
from p2k2lms.plugins.fieldwork.alerts import ALERTS
from p2k2lms.plugins.fieldwork.demo import load
from p2k2lms.plugins.fieldwork.figures import INDICATORS
from p2k2lms.plugins.fieldwork.permissions import PERMISSIONS, READ_DESK
from p2k2lms.plugins.fieldwork.personal import PERSONAL
from p2k2lms.plugins.fieldwork.reactions import on_exposure, on_posting_ended
from p2k2lms.plugins.fieldwork.routes import packs, pages
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity.events import PostingEnded

fieldwork = Plugin(
    name="fieldwork",
    title=lazy("Lapangan"),
    requires=("identity", "catalogue", "enrolment"),
    blueprints=(pages, packs.packs),
    permissions=PERMISSIONS,
    menu=(MenuItem(lazy("Lapangan"), "fieldwork.index", READ_DESK, icon="field", tab=True, order=30),),
    submissions=(
        service.ROSTER,
        service.MEETING,
        service.NO_MEETING,
        service.CORRECTION,
        service.CANCEL,
        service.PHOTO,
        service.VERIFICATION,
        service.SPOT_CHECK,
    ),
    notices={
        "fieldwork.handed_over": lazy("Kelompok {group} berpindah tangan."),
        "fieldwork.taken_over": lazy("Kelompok {group} Anda dampingi mulai {day}."),
        "fieldwork.left": lazy("{name} tidak lagi bertugas mulai {day}. Kelompok tanpa pendamping: {number}."),
        "fieldwork.divided": lazy("Kelompok {group} dibagi. {made} kini kelompok sendiri."),
        "fieldwork.merged": lazy("Kelompok {group} digabung ke {into}."),
        "fieldwork.remarked": lazy("{field}: {verdict}. {remark}"),
        "fieldwork.replied": lazy("{name} menjawab catatan Anda: {reply}"),
        "fieldwork.mended": lazy("{name} memperbaiki laporan {day} yang Anda beri catatan."),
        "fieldwork.covered": lazy("Catatan laporan {day} ditutup oleh supervisor."),
        "fieldwork.acknowledged": lazy("Laporan {month} diterima oleh {who}."),
        "fieldwork.drawn": lazy("Anda diminta memeriksa satu kelompok, laporan {month}."),
        "fieldwork.reviewed": lazy("Laporan {month}: {verdict}. {remark}"),
    },
    panels={
        "card.editor.side": home.beside_card,
        "unit.page": home.unit_page,
        "sesi.after": home.sesi_after,
        "course.draft": home.beside_course,
        "home.next": home.cards,
        "home.ahead": home.ahead,
        "offline.page": packs.offline_page,
        "person.results": home.person_page,
    },
    reactions={ExposureChanged: on_exposure, PostingEnded: on_posting_ended},
    jobs={
        facts.REBUILD: facts.rebuild,
        facts.NIGHTLY: facts.nightly,
        service.COUNT: service.count_job,
        service.COUNT_COVERAGE: service.count_coverage,
        service.COUNT_CARDS: service.count_cards,
        service.DRAW: service.draw_month,
        service.LEAVE_LATE: service.leave_late,
    },
    marks={facts.RAW: facts.REBUILD},
    nightly=(service.LEAVE_LATE, facts.NIGHTLY, service.DRAW, service.COUNT_COVERAGE, service.COUNT_CARDS),
    indicators=INDICATORS,
    alerts=ALERTS,
    commands=(commands.fieldwork,),
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
