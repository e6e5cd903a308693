"""The shape of a plan as an evaluator writes it."""

import re
from typing import Any

from wtforms import DecimalField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.outcomes.rules.plan import KINDS, OUTCOMES, STRATA, Plan, number, year_and_month
from p2k2lms.web.forms import BaseForm

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_of(text: str | None) -> int:
    """2026-03 as a count from year 0; 0 for what is none."""
    read = MONTH.fullmatch((text or "").strip())
    return number(int(read[1]), int(read[2])) if read else 0


def month_said(count: int) -> str:
    """The same the other way round."""
    year, month = year_and_month(count)
    return f"{year}-{month:02d}"


class PlanForm(BaseForm):
    """A plan to freeze."""

    title = StringField(lazy("Nama rencana"), [InputRequired(lazy("Beri nama.")), Length(max=120)])
    unit = SelectField(lazy("Wilayah"), coerce=int)
    kind = SelectField(lazy("Yang dilatih lewat"), choices=[SelectChoice(k, v) for k, v in KINDS.items()])
    outcome = SelectField(lazy("Hasil yang dilihat"), choices=[SelectChoice(k, v) for k, v in OUTCOMES.items()])
    first = StringField(lazy("Bulan pertama"), [InputRequired(lazy("Isi bulan, misalnya 2025-01."))])
    last = StringField(lazy("Bulan terakhir"))
    anticipation = IntegerField(lazy("Bulan sebelum dilatih yang tidak dipakai"), [InputRequired()])
    reach = IntegerField(lazy("Bulan sesudah dilatih yang dirata-rata"), [InputRequired()])
    sesoi = DecimalField(lazy("Kenaikan terkecil yang berarti, dalam poin"), [InputRequired()])
    strata = SelectField(lazy("Bandingkan yang serupa saja?"), choices=[SelectChoice(k, v) for k, v in STRATA.items()])
    why = TextAreaField(lazy("Apa yang Anda duga, dan mengapa?"), [InputRequired(), Length(max=1000)])

    @staticmethod
    def usual(present: int) -> dict[str, Any]:
        """What stands in the form before anybody wrote in it."""
        return {"first": month_said(present - 24), "last": "", "anticipation": 2, "reach": 12, "sesoi": 3}

    def plan(self) -> Plan:
        """The plan as typed, its unit left to the use-case; a first month that cannot be read is 0, and refused."""
        words: dict[str, Any] = {name: (self[name].data or "").strip() for name in ("title", "why")}
        same: dict[str, Any] = {
            name: self[name].data for name in ("kind", "outcome", "strata", "anticipation", "reach")
        }
        typed = (self.last.data or "").strip()
        last = month_of(typed) or (9999 * 12 if typed else 0)
        told: dict[str, Any] = {"unit": "", "first": month_of(self.first.data), "last": last}
        return Plan(**words, **same, **told, sesoi=float(self.sesoi.data or 0))
