"""What enrolment adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.core.settings import Setting
from p2k2lms.plugins.enrolment import panels, service
from p2k2lms.plugins.enrolment.acts import ACTS
from p2k2lms.plugins.enrolment.commands import enrolment as commands
from p2k2lms.plugins.enrolment.demo import load
from p2k2lms.plugins.enrolment.figures import INDICATORS
from p2k2lms.plugins.enrolment.permissions import LIST_ANGKATAN, PERMISSIONS
from p2k2lms.plugins.enrolment.personal import PERSONAL
from p2k2lms.plugins.enrolment.routes import pages

SETTINGS = (
    Setting("enrolment.letter_issuer", "", lazy("Nama balai di surat panggilan")),
    Setting("enrolment.letter_place", "", lazy("Kota di surat panggilan")),
    Setting("enrolment.letter_signer_title", "Ketua panitia", lazy("Jabatan penanda tangan surat panggilan")),
    Setting("enrolment.letter_signer_name", "", lazy("Nama penanda tangan surat panggilan")),
    Setting("enrolment.letter_signer_nip", "", lazy("NIP penanda tangan surat panggilan")),
)

enrolment = Plugin(
    name="enrolment",
    title=lazy("Angkatan dan peserta"),
    requires=("identity", "catalogue"),
    blueprints=(pages,),
    permissions=PERMISSIONS,
    panels={
        "home.cards": panels.home_cards,
        "home.ahead": service.ahead,
        "person.page": panels.person_page,
        "person.ahead": service.ahead_of_person,
        "unit.page": panels.unit_page,
    },
    menu=(MenuItem(lazy("Angkatan"), "enrolment.index", LIST_ANGKATAN, icon="people", order=40),),
    indicators=INDICATORS,
    submissions=(service.ATTENDANCE,),
    settings=SETTINGS,
    commands=(commands,),
    notices={service.QUEUED: lazy("Anda di daftar tunggu {angkatan}, nomor {place}.")},
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
