"""What enrolment adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.demo import load
from p2k2lms.plugins.enrolment.figures import INDICATORS
from p2k2lms.plugins.enrolment.panels import home_cards
from p2k2lms.plugins.enrolment.permissions import LIST_ANGKATAN, PERMISSIONS
from p2k2lms.plugins.enrolment.routes import pages

enrolment = Plugin(
    name="enrolment",
    requires=("identity", "catalogue"),
    blueprints=(pages,),
    permissions=PERMISSIONS,
    panels={"home.cards": home_cards},
    menu=(MenuItem(lazy("Angkatan"), "enrolment.index", LIST_ANGKATAN, icon="people", order=40),),
    indicators=INDICATORS,
    submissions=(service.ATTENDANCE,),
    notices={service.QUEUED: lazy("Anda di daftar tunggu {angkatan}, nomor {place}.")},
    demo=load,
)
