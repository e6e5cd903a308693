"""What the core itself holds of a person: what was sent, photos, the bell, and the trail of one's own acts."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.models import Audit, Notice, Photo, Submission
from p2k2lms.core.personal import Holding, Mention

PERSONAL = (
    Holding(
        Submission,
        lazy("Kiriman dari HP"),
        lazy("Bukti bahwa kiriman sampai, dan bahan bila ada yang harus diperbaiki"),
        names=("sender_id",),
        erase={"raw": "", "device": "", "faults": []},
        hidden=("hash",),
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
