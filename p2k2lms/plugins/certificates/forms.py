"""Forms of certificates: they check shape; the use-case checks rules."""

from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.certificates.service import LONGEST_REASON
from p2k2lms.web.forms import BaseForm

REVOKE, REISSUE = "cabut", "ganti"


class RevokeForm(BaseForm):
    """Take a certificate back, with or without a new one."""

    what = RadioField(
        lazy("Apa yang dilakukan"),
        choices=[
            SelectChoice(REISSUE, lazy("Cabut dan terbitkan yang baru")),
            SelectChoice(REVOKE, lazy("Cabut saja")),
        ],
        validators=[InputRequired(lazy("Pilih salah satu."))],
    )
    reason = TextAreaField(
        lazy("Alasan"),
        validators=[
            DataRequired(lazy("Tulis alasannya. Pemilik sertifikat akan membacanya.")),
            Length(max=LONGEST_REASON, message=lazy("Alasan terlalu panjang. Ringkas lagi.")),
        ],
    )


class FileForm(BaseForm):
    """One file, to be looked at."""

    file = FileField(lazy("Berkas PDF sertifikat"))

    def sent(self) -> bytes:
        """The bytes of the file; empty if none was chosen."""
        return self.file.data.read() if self.file.data else b""
