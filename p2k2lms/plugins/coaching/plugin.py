"""What coaching adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.coaching import demo, panels, service
from p2k2lms.plugins.coaching.acts import ACTS
from p2k2lms.plugins.coaching.alerts import ALERTS
from p2k2lms.plugins.coaching.figures import INDICATORS
from p2k2lms.plugins.coaching.permissions import LIST_COVERAGE, LIST_TEMPLATES, PERMISSIONS, READ_COACHING
from p2k2lms.plugins.coaching.personal import PERSONAL
from p2k2lms.plugins.coaching.reactions import on_posting_ended, on_supervision_changed
from p2k2lms.plugins.coaching.routes import packs, pages
from p2k2lms.plugins.identity.events import PostingEnded, SupervisionChanged

coaching = Plugin(
    name="coaching",
    title=lazy("Bimbingan"),
    requires=("identity", "catalogue", "enrolment", "indicators"),
    blueprints=(pages, packs.packs),
    permissions=PERMISSIONS,
    menu=(
        MenuItem(lazy("Bimbingan"), "coaching.index", READ_COACHING, icon="people", order=35),
        MenuItem(lazy("Cakupan pembekalan"), "coaching.coverage", LIST_COVERAGE, icon="chart", order=36),
        MenuItem(lazy("Jalur bimbingan"), "coaching.templates", LIST_TEMPLATES, icon="list", order=60),
    ),
    panels={
        "home.next": panels.home_cards,
        "home.ahead": service.ahead,
        "class.tabs": panels.class_tabs,
        "person.coaching": panels.person_page,
        "unit.page": panels.unit_page,
        "meeting.page": panels.meeting_page,
        "person.ahead": service.ahead_of_person,
        "offline.page": packs.offline_page,
    },
    reactions={SupervisionChanged: on_supervision_changed, PostingEnded: on_posting_ended},
    submissions=(service.OBSERVATION, service.CONTACT, service.REFLECTION, service.SIGNOFF),
    indicators=INDICATORS,
    alerts=ALERTS,
    notices={
        "coaching.asked": lazy("{name} memulai jalur bimbingan dan menunggu pembimbing."),
        "coaching.coach_found": lazy("{name} membimbing Anda di jalur bimbingan."),
        "coaching.coach_gone": lazy("Pembimbing Anda tidak bertugas lagi. Kami carikan yang baru."),
        "coaching.you_coach": lazy("Anda membimbing {name}."),
        "coaching.signed": lazy('Pertemuan "{title}" ditandai selesai oleh satu pihak.'),
        "coaching.observed": lazy("Ada lembar amatan baru tentang Anda."),
        "coaching.finished": lazy("Jalur bimbingan selesai. Widyaiswara akan memutuskan kesetaraannya."),
    },
    birth=service.ship,
    demo=demo.load,
    acts=ACTS,
    personal=PERSONAL,
)
