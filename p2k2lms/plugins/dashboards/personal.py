"""What dashboards holds of people."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.dashboards.models import Alert

PERSONAL = (
    Holding(
        Alert,
        lazy("Peringatan untuk pembimbing"),
        lazy("Menunjukkan siapa yang butuh bantuan"),
        names=("person_id",),
        erase={"params": {}, "snooze_reason": ""},
    ),
    Mention(Alert, ("verdict_by",)),
)
