"""The shape of what people type: sign-in, password, a person, a posting, a supervision, a unit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from p2k2lms.core import clock
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.identity.values import ROLES, PersonData, PersonSheet, PostingData, UnitData
from p2k2lms.web.forms import BaseForm

NEEDED = InputRequired(lazy("Isi dahulu."))
NOT_ENDLESS = Length(max=300, message=lazy("Terlalu panjang."))


class Day(DateField):
    """A calendar day; what is none is said in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_("Tanggal ini tidak terbaca. Contoh: 2026-11-21.")) from fault


class Choice(SelectField):
    """A choice from a list; whether it may be chosen is for the use-case to say."""

    def __init__(self, label: Any, choices: Iterable[tuple[Any, Any]] = (), **more: Any) -> None:
        super().__init__(label, validate_choice=False, choices=choices_of(choices), **more)


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Values with their texts, as a select field takes them."""
    return [SelectChoice(value, text) for value, text in pairs]


class SignInForm(BaseForm):
    username = StringField(lazy("Nomor HP atau nomor SDM PKH"), [NEEDED, NOT_ENDLESS])
    password = PasswordField(lazy("Kata sandi"), [NEEDED, NOT_ENDLESS])
    shared = BooleanField(lazy("HP ini dipakai bersama"))


class PasswordForm(BaseForm):
    current = PasswordField(lazy("Kata sandi sekarang"), [NEEDED, NOT_ENDLESS])
    new = PasswordField(lazy("Kata sandi baru"), [NEEDED, NOT_ENDLESS])
    again = PasswordField(lazy("Kata sandi baru, sekali lagi"), [NEEDED, NOT_ENDLESS])

    def validate_again(self, field: Any) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("Kedua kata sandi baru tidak sama."))


class AgainForm(BaseForm):
    current = PasswordField(lazy("Kata sandi sekarang"), [NEEDED, NOT_ENDLESS])


class CodeForm(BaseForm):
    code = StringField(lazy("Kode"), [NEEDED, NOT_ENDLESS])


class NewPasswordForm(BaseForm):
    code = StringField("", [NOT_ENDLESS])
    name_on_certificate = StringField(lazy("Nama pada sertifikat"), [NOT_ENDLESS])
    phone = StringField(lazy("Nomor HP"), [NOT_ENDLESS])
    password = PasswordField(lazy("Kata sandi baru"), [NEEDED, NOT_ENDLESS])
    again = PasswordField(lazy("Kata sandi baru, sekali lagi"), [NEEDED, NOT_ENDLESS])

    def validate_again(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValidationError(_("Kedua kata sandi baru tidak sama."))


class PersonForm(BaseForm):
    name = StringField(lazy("Nama lengkap"), [NEEDED, NOT_ENDLESS])
    name_on_certificate = StringField(lazy("Nama pada sertifikat, jika lain"), [NOT_ENDLESS])
    phone = StringField(lazy("Nomor HP"), [NOT_ENDLESS])
    pkh_id = StringField(lazy("Nomor SDM PKH"), [NOT_ENDLESS])
    email = StringField(lazy("E-mail"), [NOT_ENDLESS])
    birth_place = StringField(lazy("Tempat lahir"), [NOT_ENDLESS])
    birth_date = Day(lazy("Tanggal lahir"), [Optional()])
    sex = Choice(
        lazy("Jenis kelamin"), choices=[("", lazy("Belum diisi")), ("P", lazy("Perempuan")), ("L", lazy("Laki-laki"))]
    )
    education = StringField(lazy("Pendidikan terakhir"), [NOT_ENDLESS])
    nip = StringField(lazy("NIP, jika ASN"), [NOT_ENDLESS])
    rank = StringField(lazy("Pangkat dan golongan, jika ASN"), [NOT_ENDLESS])
    started_on = Day(lazy("Mulai bertugas di PKH"), [Optional()])

    def person(self) -> PersonData:
        """What was written, as the use-case takes it."""
        days = {"birth_date", "started_on"}
        texts = {
            name: self._fields[name].data or ""
            for name in PersonData.__dataclass_fields__
            if name in self._fields and name not in days
        }
        return PersonData(birth_date=self.birth_date.data, started_on=self.started_on.data, **texts)


class OwnDataForm(PersonForm):
    pkh_id = None


class PostingForm(BaseForm):
    role = Choice(lazy("Peran"), choices=ROLES.items())
    unit_code = StringField(lazy("Kode wilayah"), [NEEDED, NOT_ENDLESS])
    valid_from = Day(lazy("Mulai tanggal"), [InputRequired(lazy("Isi tanggal mulai."))], default=clock.today)

    def posting(self) -> PostingData:
        """The posting to make, as the use-case takes it."""
        return PostingData(self.role.data or "", self.unit_code.data or "", self.valid_from.data or date.min)


class NewPersonForm(PersonForm, PostingForm):
    password = PasswordField(lazy("Kata sandi awal"), [NOT_ENDLESS])


class EndForm(BaseForm):
    valid_to = Day(lazy("Tidak lagi mulai"), [InputRequired(lazy("Isi tanggalnya."))], default=clock.today)
    end_reason = StringField(lazy("Alasan"), [NOT_ENDLESS])


class SupervisorForm(BaseForm):
    supervisor_id = Choice(lazy("Supervisor"), coerce=int)
    valid_from = Day(lazy("Mulai tanggal"), [InputRequired(lazy("Isi tanggal mulai."))], default=clock.today)

    def offer(self, sheet: PersonSheet) -> "SupervisorForm":
        """Offer the supervisors of the kabupaten."""
        self.supervisor_id.choices = choices_of((person.id, person.name) for person in sheet.supervisors)
        return self


class UnitForm(BaseForm):
    kemendagri_code = StringField(lazy("Kode Kemendagri"), [NEEDED, NOT_ENDLESS])
    name = StringField(lazy("Nama wilayah"), [NEEDED, NOT_ENDLESS])
    parent_code = StringField(lazy("Kode wilayah di atasnya"), [NOT_ENDLESS])
    bps_code = StringField(lazy("Kode BPS"), [NOT_ENDLESS])
    zone = Choice(
        lazy("Zona waktu"),
        choices=[
            ("", lazy("Sama dengan wilayah di atasnya")),
            ("Asia/Jakarta", "WIB (Asia/Jakarta)"),
            ("Asia/Pontianak", "WIB (Asia/Pontianak)"),
            ("Asia/Makassar", "WITA (Asia/Makassar)"),
            ("Asia/Jayapura", "WIT (Asia/Jayapura)"),
        ],
    )

    def unit(self) -> UnitData:
        """The unit to make, as the use-case takes it."""
        return UnitData(**{name: self._fields[name].data or "" for name in UnitData.__dataclass_fields__})
