"""The shapes of what is written in the field by plain forms."""

from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.fieldwork.rules.names import kept
from p2k2lms.plugins.fieldwork.service import GroupData, Part
from p2k2lms.web.forms import BaseForm


class GroupForm(BaseForm):
    """A group that one holds already."""

    name = StringField(lazy("Nama kelompok"), [InputRequired(lazy("Tulis nama kelompok.")), Length(max=60)])
    unit_id = SelectField(lazy("Desa"), coerce=int)
    members = IntegerField(lazy("Berapa keluarga?"), [InputRequired(lazy("Isi jumlah keluarga."))])
    place = StringField(lazy("Tempat biasa berkumpul"), [Length(max=120)])
    since = DateField(lazy("Anda dampingi sejak"), [InputRequired(lazy("Isi tanggal."))])

    def data_of_group(self) -> GroupData:
        """The group as it was written, in single spaces."""
        name, place = (kept(text or "") for text in (self.name.data, self.place.data))
        return GroupData(self.unit_id.data, name, place, self.members.data, self.since.data)


class HandOverForm(BaseForm):
    """Into whose hands, and from when."""

    to = SelectField(lazy("Pendamping yang menerima"), [InputRequired(lazy("Pilih salah satu."))], coerce=int)
    from_day = DateField(lazy("Mulai tanggal"), [InputRequired(lazy("Isi tanggal."))])


class PhoneForm(BaseForm):
    """How many reports a phone still keeps."""

    on_phone = IntegerField(
        lazy("Laporan di HP ini yang belum terkirim"), [InputRequired(lazy("Isi 0 bila tidak ada."))]
    )


class MergeForm(BaseForm):
    """Into which group, and from when."""

    into = SelectField(lazy("Digabung ke kelompok"), [InputRequired(lazy("Pilih salah satu."))], coerce=int)
    from_day = DateField(lazy("Mulai tanggal"), [InputRequired(lazy("Isi tanggal."))])


class SplitForm(BaseForm):
    """The part of a group that stands alone from a day on."""

    name = StringField(lazy("Nama kelompok baru"), [InputRequired(lazy("Tulis nama kelompok.")), Length(max=60)])
    members = IntegerField(lazy("Keluarga yang pindah"), [InputRequired(lazy("Isi jumlah keluarga."))])
    from_day = DateField(lazy("Mulai tanggal"), [InputRequired(lazy("Isi tanggal."))])

    def part(self) -> Part:
        """The part as it was written, in single spaces."""
        return Part(kept(self.name.data or ""), self.members.data, self.from_day.data)
