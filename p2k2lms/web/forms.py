"""The base of every form: it checks shape, and carries a refusal of the use-case to its field."""

from flask_wtf import FlaskForm

from p2k2lms.core.errors import Invalid


class BaseForm(FlaskForm):
    """A form whose faults may come from its validators or from a use-case."""

    def refuse(self, refusal: Invalid) -> None:
        """Put each fault beside its field, or above the form when no field is to blame."""
        for fault in refusal.faults:
            field = self._fields.get(fault.field)
            if field is None:
                self.form_errors.append(fault.message)
            else:
                field.errors = [*field.errors, fault.message]
