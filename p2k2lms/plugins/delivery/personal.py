"""What delivery holds of people."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding
from p2k2lms.plugins.delivery.models import Position, ReadCount, ScenePlayed, StepDone

READ = lazy("Mencatat langkah yang sudah dibaca dan tempat terakhir")

PERSONAL = (
    Holding(StepDone, lazy("Langkah yang selesai"), READ, names=("person_id",)),
    Holding(ReadCount, lazy("Jumlah langkah yang selesai"), READ, names=("person_id",)),
    Holding(ScenePlayed, lazy("Adegan yang dimainkan"), READ, names=("person_id",)),
    Holding(Position, lazy("Tempat terakhir membaca"), READ, names=("person_id",), goes=True),
)
