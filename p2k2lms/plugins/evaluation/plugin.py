"""What evaluation adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.core.settings import YES, Setting
from p2k2lms.plugins.evaluation import panels, service
from p2k2lms.plugins.evaluation.acts import ACTS
from p2k2lms.plugins.evaluation.alerts import ALERTS
from p2k2lms.plugins.evaluation.demo import load, ship
from p2k2lms.plugins.evaluation.figures import INDICATORS
from p2k2lms.plugins.evaluation.permissions import LIST_SURVEYS, PERMISSIONS
from p2k2lms.plugins.evaluation.personal import PERSONAL
from p2k2lms.plugins.evaluation.reactions import on_consent_withdrawn, on_posting_ended
from p2k2lms.plugins.evaluation.routes import pages
from p2k2lms.plugins.identity.events import ConsentWithdrawn, PostingEnded

evaluation = Plugin(
    name="evaluation",
    title=lazy("Angket"),
    requires=("identity", "catalogue", "enrolment", "coaching", "fieldwork"),
    blueprints=(pages,),
    permissions=PERMISSIONS,
    menu=(MenuItem(lazy("Evaluasi"), "evaluation.index", LIST_SURVEYS, icon="list", order=60),),
    panels={
        "class.tabs": panels.class_tab,
        "class.report": panels.class_report,
        "home.cards": panels.home_cards,
        "person.results": panels.person_page,
    },
    submissions=(service.REPLY,),
    jobs={service.NIGHTLY: service.nightly, service.RELEASE: service.release_left},
    nightly=(service.NIGHTLY,),
    alerts=ALERTS,
    indicators=INDICATORS,
    reactions={ConsentWithdrawn: on_consent_withdrawn, PostingEnded: on_posting_ended},
    settings=(Setting(service.AUTOMATIC, YES, lazy("Gelombang evaluasi dibuka sendiri"), "yes/no"),),
    notices={
        service.ASKED: lazy("Ada angket untuk Anda: {title}, sampai {day}."),
        f"{service.ASKED}_month": lazy("Ada angket untuk Anda: kelas {month}, sampai {day}."),
        service.REMINDER: lazy("Angket {title} menunggu jawaban Anda sampai {day}."),
        f"{service.REMINDER}_month": lazy("Angket kelas {month} menunggu jawaban Anda sampai {day}."),
    },
    birth=ship,
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
