"""What catalogue holds of people: who wrote what, and for how long the earlier texts stay."""

from datetime import UTC, date, datetime, time

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Mention
from p2k2lms.core.retention import RecordClass
from p2k2lms.plugins.catalogue import queries
from p2k2lms.plugins.catalogue.models import Document, Past

PERSONAL = (Mention(Document, ("author_id",)), Mention(Past, ("author_id",)))


def _sweep(day: date) -> int:
    return queries.forget_past(datetime.combine(day, time(), UTC))


RETENTION = (
    RecordClass(
        "catalogue.past",
        lazy("Naskah sebelum diubah"),
        lazy("Agar perubahan bisa dibatalkan dan tidak ada tulisan yang hilang."),
        400,
        _sweep,
    ),
)
