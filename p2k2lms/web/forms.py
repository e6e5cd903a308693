"""The base of every form: it checks shape, and carries a refusal of the use-case to its field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm

from p2k2lms.core.errors import Conflict, Fault, Invalid
from p2k2lms.core.i18n import lazy

CHOOSE, TOO_LONG = lazy("Pilih salah satu."), lazy("Paling banyak %(max)s huruf.")
BETWEEN = lazy("Isi %(min)s sampai %(max)s huruf.")
OURS: Mapping[str, Any] = {  # what WTForms says when a field has no sentence of its own
    "This field is required.": lazy("Isi dahulu."),
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "'%(value)s' are not valid choices for this field.": CHOOSE,
    "Not a valid integer value.": lazy("Isi dengan angka bulat."),
    "Not a valid decimal value.": lazy("Isi dengan angka."),
    "Not a valid date value.": lazy("Isi dengan tanggal, misalnya 2026-11-21."),
    "Field cannot be longer than %(max)d character.": TOO_LONG,
    "Field cannot be longer than %(max)d characters.": TOO_LONG,
    "Field must be between %(min)d and %(max)d characters long.": BETWEEN,
    "Number must be at least %(min)s.": lazy("Paling kecil %(min)s."),
    "Number must be at most %(max)s.": lazy("Paling besar %(max)s."),
    "Number must be between %(min)s and %(max)s.": lazy("Isi %(min)s sampai %(max)s."),
}


class Words:
    """The sentences of WTForms in the language of the page."""

    def gettext(self, text: str) -> str:
        """Ours for theirs; theirs where we have none."""
        return str(OURS.get(text, text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The same, by number."""
        return self.gettext(one if n == 1 else many)


class BaseForm(FlaskForm):
    """A form whose faults may come from its validators or from a use-case."""

    class Meta(FlaskForm.Meta):
        """Every fault is in our words."""

        def get_translations(self, form: Any) -> Words:
            """WTForms knows no Indonesian of its own."""
            return Words()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A body of JSON is no form, whatever stands in it."""
            return request.form if request.is_json else super().wrap_formdata(form, formdata)

    def refuse(self, refusal: Invalid) -> None:
        """Put each fault beside its field, or above the form when no field is to blame."""
        for fault in refusal.faults:
            field = self._fields.get(fault.field)
            if field is None:
                self.form_errors.append(fault.message)
            else:
                field.errors = [*field.errors, fault.message]

    def also(self, faults: Sequence[Fault]) -> None:
        """What a use-case would say too of a form whose shape is wrong: beside fields that have no fault yet."""
        known = {name for name, field in self._fields.items() if field.errors}
        if new := [one for one in faults if one.field not in known]:
            self.refuse(Invalid(new[0].message, faults=new))

    def agrees(self, act: Callable[[], Any]) -> Any:
        """What the use-case answers, True where it answers nothing; None where it refuses, its reasons kept."""
        try:
            return act() or True
        except Invalid as refusal:
            self.refuse(refusal)
        except Conflict as refusal:
            self.form_errors.append(str(refusal))
        return None
