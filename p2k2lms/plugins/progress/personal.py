"""What progress holds of people."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.progress.models import Completion, Equivalence, Readiness

MINE = ("person_id",)
DECIDED = lazy("Keputusan kelulusan dan alasannya")

PERSONAL = (
    Holding(Completion, lazy("Kelulusan"), DECIDED, names=MINE, erase={"note": ""}),
    Holding(Equivalence, lazy("Kesetaraan jalur bimbingan"), DECIDED, names=MINE, erase={"note": ""}),
    Holding(Readiness, lazy("Kesiapan mengajar"), DECIDED, names=MINE),
    Mention(Completion, ("decided_by",)),
    Mention(Equivalence, ("decided_by",)),
)
