"""The closed lists of the field and what each entry is called: changes of a roster, ticks, flags."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import free_text
from p2k2lms.core.i18n import _, lazy, long_date
from p2k2lms.plugins.catalogue.values import OBSTACLE_KINDS, OBSTACLES  # noqa: F401 - for the templates, beside the others


@dataclass(frozen=True)
class ChangeKind:
    """One way in which families come or go: the reason that is kept, and whether the group grows or shrinks."""

    reason: str
    sign: int
    label: Any


JOINED, OWN_WILL, NATURAL, NOT_COMPLIANT, MOVED, DIED, OTHER_GROUP = (
    "masuk",
    "graduasi_mandiri",
    "graduasi_alamiah",
    "tidak_patuh",
    "pindah",
    "meninggal",
    "pindah_kelompok",
)
REASONS = (JOINED, OWN_WILL, NATURAL, NOT_COMPLIANT, MOVED, DIED, OTHER_GROUP)
CHANGES: dict[str, ChangeKind] = {
    "masuk": ChangeKind(JOINED, 1, lazy("Keluarga baru masuk")),
    "dari_kelompok_lain": ChangeKind(OTHER_GROUP, 1, lazy("Pindah dari kelompok lain")),
    "graduasi_mandiri": ChangeKind(OWN_WILL, -1, lazy("Graduasi mandiri")),
    "graduasi_alamiah": ChangeKind(NATURAL, -1, lazy("Graduasi alamiah")),
    "ke_kelompok_lain": ChangeKind(OTHER_GROUP, -1, lazy("Pindah ke kelompok lain")),
    "pindah": ChangeKind(MOVED, -1, lazy("Pindah tempat tinggal")),
    "tidak_patuh": ChangeKind(NOT_COMPLIANT, -1, lazy("Keluar karena komitmen")),
    "meninggal": ChangeKind(DIED, -1, lazy("Meninggal")),
}
REASON_NAMES: dict[str, Any] = {
    JOINED: lazy("Keluarga baru masuk"),
    OWN_WILL: lazy("Graduasi mandiri"),
    NATURAL: lazy("Graduasi alamiah"),
    NOT_COMPLIANT: lazy("Keluar karena komitmen"),
    MOVED: lazy("Pindah tempat tinggal"),
    DIED: lazy("Meninggal"),
    OTHER_GROUP: lazy("Pindah kelompok"),
}

# One sign per langkah, in the order of the sesi: done, in part, or not, with the reason as the sign.
DONE, PART, NOT = "y", "p", "n"
SKIPS: dict[str, Any] = {
    "w": lazy("Waktu habis"),
    "s": lazy("Kelompok sudah menguasai"),
    "a": lazy("Alat atau gambar tidak ada"),
    "h": lazy("Peserta yang hadir terlalu sedikit"),
    "l": lazy("Alasan lain"),
}
TICKS: dict[str, Any] = {DONE: lazy("Dilakukan"), PART: lazy("Sebagian"), **SKIPS, NOT: lazy("Tidak, tanpa alasan")}
STEP_SIGNS = "".join(TICKS)
HANDS: dict[str, Any] = {"0": lazy("Sedikit"), "1": lazy("Separuh"), "2": lazy("Hampir semua")}
NOT_ASKED = "-"

NOT_MET: dict[str, Any] = {
    "cuaca_jalan": lazy("Cuaca atau jalan"),
    "panen": lazy("Musim panen atau kerja kebun"),
    "hari_besar": lazy("Hari besar atau puasa"),
    "duka_hajatan": lazy("Duka atau hajatan di desa"),
    "tugas_lain": lazy("Tugas lain dari kantor"),
    "sakit": lazy("Saya sakit atau cuti"),
    "lainnya": lazy("Lainnya"),
}


def owes_none(before: date | None) -> str:
    """Why a group owes no meeting in the month: its families met `before` it was divided off, or it has just begun."""
    if before:
        return _("Keluarganya bertemu %(day)s, sebelum kelompok dibagi", day=long_date(before))
    return _("Baru mulai, bulan ini belum wajib bertemu")


VALID, CANCELLED = "sah", "batal"
LATE_DAYS = 7
SMALL, LARGE = 15, 40

(
    TOO_MANY,
    LATE,
    SKIPPED,
    HANDED_OVER,
    NOT_HOLDER,
    TWICE,
    TOO_EARLY,
    AHEAD,
    BELOW_ZERO,
    MET,
    CLOSED,
    OTHER_NUMBERS,
    OTHER_COUNT,
    NO_SUCH_NUMBER,
) = (
    "hadir_lebih",
    "terlambat",
    "sesi_terlewat",
    "serah_terima",
    "bukan_pemegang",
    "mungkin_ganda",
    "sebelum_kelompok",
    "tanggal_besok",
    "kurang_dari_nol",
    "ada_pertemuan",
    "kelompok_berakhir",
    "nomor_lain",
    "hitungan_lain",
    "nomor_tak_terdaftar",
)
FLAGS: dict[str, Any] = {
    TOO_MANY: lazy("Yang hadir lebih banyak daripada anggota"),
    OTHER_COUNT: lazy("Jumlah yang hadir tidak sama dengan nomor yang dicentang"),
    NO_SUCH_NUMBER: lazy("Ada nomor di luar daftar anggota hari itu"),
    LATE: lazy("Terkirim lebih dari 7 hari sesudah pertemuan"),
    SKIPPED: lazy("Sesi sebelumnya belum diajarkan"),
    HANDED_OVER: lazy("Kelompok sudah berpindah tangan pada hari itu"),
    NOT_HOLDER: lazy("Dikirim oleh orang yang bukan pendamping kelompok ini"),
    TWICE: lazy("Mungkin laporan ganda"),
    TOO_EARLY: lazy("Sebelum kelompok tercatat"),
    AHEAD: lazy("Tanggal besok"),
    BELOW_ZERO: lazy("Anggota menjadi kurang dari nol"),
    OTHER_NUMBERS: lazy("Bukan nomor yang diundi"),
    CLOSED: lazy("Sesudah kelompok berakhir atau digabung"),
    MET: lazy("Sudah ada laporan pertemuan bulan itu"),
    **free_text.FLAGS,
}

SEEN, ASKED, RETURNED, APPROVED = "dilihat", "ditanya", "dikembalikan", "disetujui"
VERDICTS: dict[str, Any] = {
    APPROVED: lazy("Disetujui"),
    SEEN: lazy("Sudah dilihat"),
    ASKED: lazy("Ada pertanyaan"),
    RETURNED: lazy("Dikembalikan"),
}
REMARKS: dict[str, Any] = {name: VERDICTS[name] for name in (SEEN, ASKED, RETURNED)}
ASKING = (ASKED, RETURNED)  # what waits for a reply, or for a correction
FIELDS: dict[str, Any] = {  # of a report, as a remark can stand beside them
    "on_day": lazy("Tanggal"),
    "present": lazy("Hadir"),
    "steps": lazy("Langkah"),
    "minutes": lazy("Lama"),
    "obstacle": lazy("Kendala"),
    "place": lazy("Tempat"),
    "note": lazy("Catatan"),
}
COVERED = "[ditutup oleh supervisor]"

METHODS: dict[str, Any] = {"telepon": lazy("Telepon"), "kunjungan": lazy("Kunjungan")}
TRULY_MET, TRULY_NOT, NOT_REACHED = "bertemu", "tidak_bertemu", "tidak_terjangkau"
FOUND: dict[str, Any] = {
    TRULY_MET: lazy("Kelompok bertemu bulan itu"),
    TRULY_NOT: lazy("Kelompok tidak bertemu"),
    NOT_REACHED: lazy("Tidak terjangkau"),
}
SAID_MET, SAID_NOT_MET, SAID_NOTHING = "bertemu", "tidak", "diam"
