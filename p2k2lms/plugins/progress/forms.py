"""Forms of progress: they check shape; the use-case checks rules."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.progress.service import LONGEST_NOTE
from p2k2lms.web.forms import BaseForm


class DecisionForm(BaseForm):
    """A decision about one person."""

    decision = StringField(lazy("Putusan"))
    note = TextAreaField(
        lazy("Alasan"), validators=[Length(max=LONGEST_NOTE, message=lazy("Alasan terlalu panjang. Ringkas lagi."))]
    )


class AllForm(BaseForm):
    """The proposals accepted for all at once."""

    also_failed = BooleanField(lazy("Yang lain tidak lulus"))
