"""The shapes of what staff write about classes."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.enrolment.values import MODES, STAFF_ROLES, AngkatanPlan
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
        )


class NewForm(PlanForm):
    """A class to make: its plan, and the course and centre that never change."""

    course = SelectField(lazy("Kursus"))
    centre = SelectField(lazy("Balai atau unit penyelenggara"), coerce=int)


class MembersForm(BaseForm):
    """People to add by number; ticked ones come beside it."""

    numbers = TextAreaField(lazy("ID PKH atau nomor HP"), [Length(max=20_000)])


class StaffForm(BaseForm):
    """One who is to teach or run the class."""

    number = StringField(
        lazy("ID PKH atau nomor HP"), [InputRequired(lazy("Tulis ID PKH atau nomor HP.")), Length(max=40)]
    )
    role = SelectField(lazy("Tugas"), choices=choices(STAFF_ROLES))
