"""The shape of what is typed about data rights: a refusal, a breach."""

from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from p2k2lms.core import clock
from p2k2lms.core.clock import HOME
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.identity.service import LONGEST_REASON, BreachData
from p2k2lms.plugins.identity.service.breaches import LONGEST as LONGEST_BREACH
from p2k2lms.web.forms import BaseForm

NEEDED = InputRequired(lazy("Isi dahulu."))


class RefusalForm(BaseForm):
    reason = TextAreaField(lazy("Alasan, bila ditolak"), [Length(max=LONGEST_REASON)])


class BreachForm(BaseForm):
    unit_code = StringField(lazy("Wilayah"), [NEEDED, Length(max=20)])
    found_at = DateTimeLocalField(lazy("Diketahui sejak (WITA)"), [NEEDED])
    what = TextAreaField(lazy("Apa yang terjadi"), [NEEDED, Length(max=LONGEST_BREACH)])
    data = TextAreaField(lazy("Data apa yang terkena"), [NEEDED, Length(max=LONGEST_BREACH)])
    people = IntegerField(lazy("Berapa orang terkena"), [InputRequired(), NumberRange(0, 10_000_000)])
    steps = TextAreaField(lazy("Yang sudah dan akan dilakukan"), [NEEDED, Length(max=LONGEST_BREACH)])

    def breach(self) -> BreachData:
        """What was typed, as the use-case takes it."""
        at = self.found_at.data or clock.now()
        return BreachData(
            unit_code=self.unit_code.data or "",
            found_at=at.replace(tzinfo=ZoneInfo(HOME)),
            what=self.what.data or "",
            data=self.data.data or "",
            people=self.people.data or 0,
            steps=self.steps.data or "",
        )
