"""The shape of what people type around a test: why the pre-test is skipped, extra minutes, late answers."""

from wtforms import IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from p2k2lms.core.i18n import lazy
from p2k2lms.web.forms import BaseForm

OTHER, COUNT, LEAVE = "lain", "hitung", "tinggalkan"
REASONS = (
    SelectChoice("Waktu saya sempit sekarang", lazy("Waktu saya sempit sekarang")),
    SelectChoice("Sinyal saya lemah", lazy("Sinyal saya lemah")),
    SelectChoice("Sudah pernah mengerjakan tes ini", lazy("Sudah pernah mengerjakan tes ini")),
    SelectChoice(OTHER, lazy("Alasan lain")),
)


class SkipForm(BaseForm):
    """One reason out of four, the last in own words."""

    choice = RadioField(lazy("Alasan Anda"), choices=REASONS, validators=[InputRequired(lazy("Pilih satu alasan."))])
    reason = StringField(
        lazy("Alasan lain, dengan kata-kata Anda"),
        validators=[Optional(), Length(max=200, message=lazy("Paling banyak 200 huruf."))],
    )

    @property
    def said(self) -> str:
        """The reason as it is kept."""
        return (self.reason.data or "") if self.choice.data == OTHER else str(self.choice.data)


class RulingForm(BaseForm):
    """Whether late answers count, and why."""

    ruling = RadioField(
        lazy("Jawaban yang datang terlambat"),
        choices=(
            SelectChoice(COUNT, lazy("Dihitung: waktunya wajar, HP tanpa sinyal")),
            SelectChoice(LEAVE, lazy("Tidak dihitung: nilai tetap dari jawaban yang tepat waktu")),
        ),
        validators=[InputRequired(lazy("Pilih dihitung atau tidak dihitung."))],
    )
    reason = StringField(
        lazy("Alasan"),
        validators=[
            InputRequired(lazy("Tulis alasannya.")),
            Length(max=300, message=lazy("Paling banyak 300 huruf.")),
        ],
    )

    @property
    def counted(self) -> bool:
        """True when they count."""
        return bool(self.ruling.data == COUNT)


class ExtraTimeForm(BaseForm):
    """Minutes more for one person."""

    enrolment_id = IntegerField(validators=[InputRequired()])
    minutes = IntegerField(
        lazy("Tambahan menit"),
        validators=[
            InputRequired(lazy("Isi dengan angka bulat.")),
            NumberRange(0, 240, lazy("Isi 0 sampai 240 menit.")),
        ],
    )
