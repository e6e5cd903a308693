"""What the audit calls what is done with certificates and letters."""

from typing import Any

from p2k2lms.core.i18n import lazy

ACTS: dict[str, Any] = {
    "certificates.draw_certificate": lazy("Berkas sertifikat dibuat"),
    "certificates.draw_class": lazy("Berkas sertifikat seangkatan diminta"),
    "certificates.issue_certificate": lazy("Sertifikat diterbitkan"),
    "certificates.issue_letter": lazy("Surat keterangan diterbitkan"),
    "certificates.leave_undrawn": lazy("Berkas contoh sertifikat ditunda sampai diminta"),
    "certificates.load_demo": lazy("Contoh sertifikat dimuat"),
    "certificates.reissue_certificate": lazy("Sertifikat diterbitkan ulang"),
    "certificates.revoke_certificate": lazy("Sertifikat dicabut"),
}
