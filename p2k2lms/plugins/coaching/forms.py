"""The shapes of what is written on the pages of coaching."""

from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from p2k2lms.core.i18n import lazy
from p2k2lms.web.forms import BaseForm

WRITE, DAY = lazy("Isi dahulu."), lazy("Isi tanggal.")


class ActionForm(BaseForm):
    """What is agreed, until when."""

    text = StringField(lazy("Yang disepakati"), [InputRequired(WRITE), Length(min=3, max=200)])
    due_on = DateField(lazy("Sampai tanggal"), [InputRequired(DAY)])


class OutcomeForm(BaseForm):
    """What came of it."""

    outcome = StringField(lazy("Hasilnya"), [InputRequired(WRITE), Length(min=2, max=300)])


class CoachForm(BaseForm):
    """Who coaches, from when."""

    coach_id = SelectField(lazy("Pembimbing"), [InputRequired(lazy("Pilih salah satu."))], coerce=int)
    from_day = DateField(lazy("Mulai tanggal"), [InputRequired(DAY)])


class TemplateForm(BaseForm):
    """A template: its name, for which modul, and its meetings, each on a line."""

    name = StringField(lazy("Nama jalur"), [InputRequired(WRITE), Length(min=3, max=80)])
    unit_id = SelectField(lazy("Untuk wilayah"), coerce=int)
    modul = SelectField(lazy("Cakupan"), [Optional()])
    retired = BooleanField(lazy("Tidak ditawarkan lagi"))
