"""The base of every form: it checks shape, and carries a refusal of the use-case to its field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField

from p2k2lms.core.errors import Invalid


class BaseForm(FlaskForm):
    """A form whose faults may come from its validators or from a use-case."""

    class Meta(FlaskForm.Meta):
        """Every text field leaves out the one sign that no database keeps."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            if issubclass(unbound_field.field_class, StringField):
                given = unbound_field.kwargs.get("filters", ())
                options = {**options, "filters": (without_nul, *given)}
            return super().bind_field(form, unbound_field, options)

    def refuse(self, refusal: Invalid) -> None:
        """Put each fault beside its field, or above the form when no field is to blame."""
        for fault in refusal.faults:
            field = self._fields.get(fault.field)
            if field is None:
                self.form_errors.append(fault.message)
            else:
                field.errors = [*field.errors, fault.message]


def without_nul(text: str | None) -> str | None:
    """The text without NUL signs, which PostgreSQL refuses."""
    return text.replace("\x00", "") if text else text
