"""What delivery adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.core.submissions import SubmissionKind
from p2k2lms.plugins.delivery import home, service
from p2k2lms.plugins.delivery.acts import ACTS
from p2k2lms.plugins.delivery.demo import load
from p2k2lms.plugins.delivery.pack_routes import gallery, offline_page, pack_pages
from p2k2lms.plugins.delivery.permissions import LIST_COURSES, PERMISSIONS
from p2k2lms.plugins.delivery.personal import PERSONAL
from p2k2lms.plugins.delivery.print_routes import print_pages
from p2k2lms.plugins.delivery.routes import pages
from p2k2lms.plugins.delivery.scene_routes import scene_pages
from p2k2lms.plugins.delivery.values import StepPayload

delivery = Plugin(
    name="delivery",
    title=lazy("Belajar"),
    requires=("identity", "catalogue", "enrolment"),
    blueprints=(pages, scene_pages, print_pages, pack_pages, gallery),
    permissions=PERMISSIONS,
    menu=(MenuItem(lazy("Belajar"), "delivery.index", LIST_COURSES, icon="book", tab=True, spare=True, order=20),),
    panels={
        "home.next": home.cards,
        "home.ahead": service.ahead,
        "class.tabs": home.class_tab,
        "offline.page": offline_page,
    },
    submissions=(
        SubmissionKind(
            "delivery.step",
            {1: StepPayload},
            service.finish,
            title=lazy("Langkah yang selesai dibaca"),
            words=service.FLAGS,
        ),
    ),
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
