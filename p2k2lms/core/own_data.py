"""What the core itself holds of a person: what was sent, photos, the bell, and the trail of one's own acts."""

from sqlalchemy import text, update

from p2k2lms.core import journal
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.models import OF_ANOTHER, Audit, Notice, Photo, Submission
from p2k2lms.core.personal import Holding, Mention


def _from_other_hands(person_id: int) -> None:
    """What came in the person's name: nothing of it waits any more, and what others sent so loses its words too."""
    theirs = Submission.person_id == person_id
    db.session.execute(update(Submission).where(theirs, text(OF_ANOTHER)).values(raw="", device="", faults=[]))
    journal.refuse_held(theirs, Fault("", _("Data orang ini sudah dihapus.")))


PERSONAL = (
    Holding(
        Submission,
        lazy("Kiriman dari HP"),
        lazy("Bukti bahwa kiriman sampai, dan bahan bila ada yang harus diperbaiki"),
        names=("sender_id",),
        erase={"raw": "", "device": "", "faults": []},
        hidden=("hash",),
        also=_from_other_hands,
    ),
    Mention(Submission, ("person_id",)),
    Holding(
        Photo,
        lazy("Foto pertemuan"),
        lazy("Bukti pertemuan; hilang sendiri setelah 12 bulan"),
        names=("person_id",),
        goes=True,
    ),
    Holding(Notice, lazy("Kabar"), lazy("Memberi tahu apa yang menunggu Anda"), names=("person_id",), goes=True),
    Holding(
        Audit,
        lazy("Jejak perbuatan"),
        lazy("Siapa mengubah apa; hanya nomor, tanpa nama"),
        names=("actor_id",),
        hidden=("previous", "hash"),
    ),
)
