"""The shapes of what staff write about classes."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.enrolment.service import RoundPlan
from p2k2lms.plugins.enrolment.values import MINUTES_OF_JP, MODES, STAFF_ROLES, AngkatanPlan, SessionPlan
from p2k2lms.web.forms import BaseForm


def choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    """The options of a select, from values and what they are called."""
    return [SelectChoice(value, label) for value, label in names.items()]


class PlanForm(BaseForm):
    """The plan of a class."""

    name = StringField(lazy("Nama angkatan"), [InputRequired(lazy("Beri nama angkatan.")), Length(max=120)])
    mode = SelectField(lazy("Cara belajar"), choices=choices(MODES))
    starts = DateField(lazy("Hari pertama"), [InputRequired(lazy("Isi hari pertama."))])
    ends = DateField(lazy("Hari terakhir"), [Optional()])
    seats = IntegerField(lazy("Jumlah tempat"), [Optional()])
    place = StringField(lazy("Tempat"), [Length(max=200)])
    online_until = DateField(lazy("Hari terakhir tahap daring"), [Optional()])
    open_door = BooleanField(lazy("Pintu terbuka: pendamping di wilayah ini bisa bergabung sendiri"))

    def plan(self) -> AngkatanPlan:
        """The plan as it was written."""
        return AngkatanPlan(
            name=" ".join((self.name.data or "").split()),
            mode=self.mode.data,
            starts=self.starts.data,
            ends=self.ends.data,
            seats=self.seats.data,
            open_door=self.open_door.data,
            place=" ".join((self.place.data or "").split()),
            online_until=self.online_until.data,
        )


class NewForm(PlanForm):
    """A class to make: its plan, and the course and centre that never change."""

    course = SelectField(lazy("Kursus"))
    centre = SelectField(lazy("Balai atau unit penyelenggara"), coerce=int)
    copy_from = SelectField(lazy("Salin pelatih dan jadwal dari"), coerce=int, default=0)


class MembersForm(BaseForm):
    """People to add by number; ticked ones come beside it."""

    numbers = TextAreaField(lazy("Nomor SDM PKH atau nomor HP"), [Length(max=20_000)])


class StaffForm(BaseForm):
    """One who is to teach or run the class."""

    number = StringField(
        lazy("Nomor SDM PKH atau nomor HP"), [InputRequired(lazy("Tulis nomor SDM PKH atau nomor HP.")), Length(max=40)]
    )
    role = SelectField(lazy("Tugas"), choices=choices(STAFF_ROLES))


class RosterFileForm(BaseForm):
    """A list of people as a file."""

    file = FileField(lazy("Berkas XLSX atau CSV"))


class SessionForm(BaseForm):
    """One meeting of the timetable."""

    on_day = DateField(lazy("Hari"), [InputRequired(lazy("Isi harinya."))])
    starts = TimeField(lazy("Mulai"), [InputRequired(lazy("Isi jam mulai."))])
    ends = TimeField(lazy("Selesai"), [InputRequired(lazy("Isi jam selesai."))])
    modul = SelectField(lazy("Mata diklat"))
    title = StringField(lazy("Acara"), [Length(max=160)])
    jp = IntegerField(lazy("JP"), [Optional()])
    live_url = StringField(lazy("Tautan ruang daring"), [Length(max=400)])

    def plan(self, titles: Mapping[str, str]) -> SessionPlan:
        """The meeting as it was written; a mata diklat names it unless it has a name of its own."""
        starts, ends = (t.hour * 60 + t.minute for t in (self.starts.data, self.ends.data))
        title = " ".join((self.title.data or "").split()) or titles.get(self.modul.data, "")[:160]
        jp = (ends - starts) // MINUTES_OF_JP if self.jp.data is None else self.jp.data
        return SessionPlan(
            on_day=self.on_day.data,
            starts=starts,
            minutes=ends - starts,
            title=title if self.modul.data or self.title.data else "",
            jp=max(jp, 0) if self.jp.data is None else jp,
            modul=self.modul.data,
            live_url=(self.live_url.data or "").strip(),
        )


class RoundForm(BaseForm):
    """What is agreed before a draw."""

    seats = IntegerField(lazy("Tempat yang diundi"), [InputRequired(lazy("Isi jumlah tempat."))])
    waiting = IntegerField(lazy("Cadangan"), [InputRequired(lazy("Isi jumlah cadangan."))], default=0)
    source = TextAreaField(lazy("Angka umum yang menentukan"), [InputRequired(lazy("Tulis angkanya."))])
    known_on = DateField(lazy("Hari angka itu diketahui"), [InputRequired(lazy("Isi harinya."))])

    def plan(self) -> RoundPlan:
        """The round as it was written."""
        return RoundPlan(self.seats.data, self.waiting.data, self.source.data or "", self.known_on.data)


class ExemptForm(BaseForm):
    """One who is taken off the list, and why."""

    number = StringField(lazy("Nomor SDM PKH atau nomor HP"), [Length(max=40)])
    reason = StringField(lazy("Alasan"), [Length(max=300)])
