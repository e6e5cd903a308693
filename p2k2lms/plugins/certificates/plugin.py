"""What certificates adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.core.settings import Setting
from p2k2lms.plugins.certificates import commands, demo, panels, rules
from p2k2lms.plugins.certificates.acts import ACTS
from p2k2lms.plugins.certificates.permissions import ALL, READ
from p2k2lms.plugins.certificates.personal import PERSONAL
from p2k2lms.plugins.certificates.reactions import on_completion_decided, on_equivalence_decided
from p2k2lms.plugins.certificates.routes import pages
from p2k2lms.plugins.certificates.service import DRAW, ISSUE, ahead, ahead_of_person, draw_job, issue, wrong_pattern
from p2k2lms.plugins.progress.events import CompletionDecided, EquivalenceDecided

SETTINGS = (
    Setting(
        "certificates.number",
        "{seq}/{unit}/{course}/{month-roman}/{year}",
        lazy("Pola nomor sertifikat: {seq}, {unit}, {course}, {month-roman}, {month}, {year}"),
        check=wrong_pattern,
    ),
    Setting("certificates.unit", "", lazy("Singkatan unit di nomor sertifikat"), longest=rules.LONGEST_UNIT),
    Setting("certificates.ministry", "KEMENTERIAN SOSIAL REPUBLIK INDONESIA", lazy("Baris kementerian di sertifikat")),
    Setting("certificates.issuer", "", lazy("Nama penerbit di sertifikat")),
    Setting(
        "certificates.legal_basis", "Peraturan Menteri Sosial Nomor 9 Tahun 2019", lazy("Dasar hukum di sertifikat")
    ),
    Setting("certificates.post", "Pendamping Sosial PKH", lazy("Jabatan peserta di sertifikat")),
    Setting("certificates.place", "", lazy("Kota penandatanganan sertifikat"), longest=rules.LONGEST_PLACE),
    Setting("certificates.signer_title", "Kepala Balai Besar", lazy("Jabatan penanda tangan sertifikat")),
    Setting("certificates.signer_name", "", lazy("Nama penanda tangan sertifikat")),
    Setting("certificates.signer_nip", "", lazy("NIP penanda tangan sertifikat")),
)

certificates = Plugin(
    name="certificates",
    title=lazy("Sertifikat"),
    requires=("identity", "catalogue", "enrolment", "assessment", "coaching", "progress"),
    blueprints=(pages,),
    permissions=ALL,
    menu=(MenuItem(lazy("Sertifikat"), "certificates.mine", READ, icon="cert", order=30),),
    panels={
        "class.tabs": panels.class_tabs,
        "class.report": panels.class_report,
        "person.results": panels.person_page,
        "test.passed": panels.test_passed,
        "public.home": panels.public_home,
        "home.cards": panels.home_cards,
        "home.ahead": ahead,
        "person.ahead": ahead_of_person,
    },
    reactions={CompletionDecided: on_completion_decided, EquivalenceDecided: on_equivalence_decided},
    settings=SETTINGS,
    jobs={DRAW: draw_job, ISSUE: issue},
    notices={
        "certificates.issued": lazy("Sertifikat Anda terbit, nomor {number}."),
        "certificates.revoked": lazy("Sertifikat Anda nomor {number} dicabut. Alasan: {reason}"),
        "certificates.reissued": lazy("Sertifikat nomor {old} diganti dengan nomor {new}. Alasan: {reason}"),
    },
    commands=(commands.certificates,),
    demo=demo.load,
    acts=ACTS,
    personal=PERSONAL,
)
