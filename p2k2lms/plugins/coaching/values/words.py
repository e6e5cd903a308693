"""The closed lists of coaching, each word with what people read for it."""

from typing import Any

from p2k2lms.core.i18n import lazy

MICRO, PRACTICE, MEETING, RANDOM = "micro_teaching", "latihan", "pertemuan", "acak"
CONTEXTS: dict[str, Any] = {
    PRACTICE: lazy("Latihan"),
    MEETING: lazy("Pertemuan P2K2"),
    MICRO: lazy("Micro teaching"),
    RANDOM: lazy("Kunjungan acak"),
}
YES, PART, NO = "y", "s", "t"
TICKS: dict[str, Any] = {YES: lazy("Ya"), PART: lazy("Sebagian"), NO: lazy("Tidak")}
NOT_SEEN = "-"

RUNNING, FINISHED, STOPPED = "berjalan", "selesai", "berhenti"
STATES: dict[str, Any] = {RUNNING: lazy("Berjalan"), FINISHED: lazy("Selesai"), STOPPED: lazy("Berhenti")}

LEARNER, COACH = "pendamping", "pembimbing"
SIDES: dict[str, Any] = {LEARNER: lazy("Pendamping"), COACH: lazy("Pembimbing")}

BY_SUPERVISOR, BY_PEER = "supervisor", "rekan"

MODES: dict[str, Any] = {
    "telepon": lazy("Telepon"),
    "pesan": lazy("Pesan WhatsApp"),
    "kunjungan": lazy("Kunjungan"),
    "bertemu": lazy("Bertemu di kantor"),
    "kelompok": lazy("Bimbingan kelompok"),
}
GROUP_LEAST, GROUP_MOST = 5, 24

ADAPTED: dict[str, Any] = {
    "": lazy("Tidak ada penyesuaian"),
    "waktu": lazy("Waktu terbatas"),
    "bahan": lazy("Bahan tidak ada"),
    "setempat": lazy("Bahasa atau kebiasaan setempat"),
    "paham": lazy("Peserta sudah paham"),
}

WITHOUT_SELF, LATE, AHEAD = "tanpa_nilai_diri", "terlambat", "tanggal_besok"
GROUP_SIZE, NO_DUE = "ukuran_kelompok", "tanpa_tanggal"  # of a talk; they stand beside its receipt
FLAGS: dict[str, Any] = {
    WITHOUT_SELF: lazy("Pendamping belum menilai dirinya sendiri."),
    AHEAD: lazy("Tanggal besok"),
    GROUP_SIZE: lazy("Bimbingan kelompok biasanya 5 sampai 24 orang."),
    NO_DUE: lazy("Kesepakatan belum punya tanggal."),
    LATE: lazy("Dikirim lebih dari 31 hari sesudah kejadian."),
}

PHOTO_OF = "coaching.observation"
"""As what a photo is claimed by the sheet that it belongs to."""

OBSERVATIONS, CONTACTS = "coaching.observations", "coaching.contacts"
"""The marks after which the indicators of coaching are counted again."""

DRAFT, REVIEW, PUBLISHED = TEMPLATE_STATES = ("draft", "review", "published")  # of a version of a template
