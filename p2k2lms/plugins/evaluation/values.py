"""Plain things of evaluation: what was given, versions, waves, and the words for their states."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from p2k2lms.core.i18n import lazy, month
from p2k2lms.plugins.catalogue.values import InstrumentDef

DRAFT, TRIED, PUBLISHED, RETIRED = "draf", "uji", "terbit", "pensiun"
STATES: dict[str, Any] = {
    DRAFT: lazy("Draf"),
    TRIED: lazy("Uji coba"),
    PUBLISHED: lazy("Terbit"),
    RETIRED: lazy("Tidak dipakai lagi"),
}
CLASSES: dict[str, Any] = {
    "K0": lazy("K0: salah ketik"),
    "K1": lazy("K1: kata-kata, arti sama"),
    "K2": lazy("K2: pilihan ditambah atau dipecah"),
    "K3": lazy("K3: skala, masa, atau pembagi berubah"),
    "K4": lazy("K4: butir baru atau dihapus"),
}
AUDIENCES: dict[str, Any] = {
    "pendamping": lazy("Pendamping"),
    "atasan": lazy("Atasan langsung"),
    "pewawancara": lazy("Pewawancara keluarga"),
    "peserta": lazy("Peserta pelatihan"),
}
ASKS: dict[str, Any] = {
    "pendamping": lazy("Tiap pendamping ditanya tentang tugasnya sendiri."),
    "peserta": lazy("Tiap peserta ditanya tentang kelasnya sendiri."),
    "atasan": lazy("Atasan tiap pendamping ditanya, satu lembar untuk tiap orang, menurut daftar supervisor."),
    "pewawancara": lazy(
        "Dari tiap kabupaten/kota diundi paling banyak 19 pendamping, dari tiap pendamping empat keluarga. "
        "Separuh diwawancarai supervisornya, separuh oleh pendampingnya sendiri."
    ),
}
"""Whom a wave asks, in a sentence."""
QUEUED, NO_SUPERVISOR, NO_FAMILIES, DECLINED = "antre", "atasan", "kelompok", "menolak"
LACKS: dict[str, Any] = {
    QUEUED: lazy("menunggu giliran untuk ditanya"),
    NO_SUPERVISOR: lazy("belum punya supervisor yang tercatat"),
    NO_FAMILIES: lazy("belum memegang kelompok yang beranggota"),
    DECLINED: lazy("yang akan ditanya menolak survei"),
}
"""Why nobody can be asked about somebody yet."""
REMEDIES: dict[str, Any] = {
    QUEUED: lazy(
        "Tidak ada yang perlu dilakukan: lembarnya terkirim sendiri, paling lambat malam pertama "
        "sesudah gelombang dibuka."
    ),
    NO_SUPERVISOR: lazy("Minta admin wilayah mencatat supervisor mereka di halaman orangnya."),
    NO_FAMILIES: lazy("Minta koordinator menyerahkan kelompok kepada mereka, atau anggotanya dicatat."),
    DECLINED: lazy("Keputusan mereka dihormati dan namanya tidak ditampilkan. Tidak ada yang perlu dilakukan."),
}
"""What has to happen first."""
UNKNOWN, NOT_ASKED, LEFT_OUT = "tidak_tahu", "tidak_berlaku", "kosong"
MISSING: dict[str, Any] = {
    UNKNOWN: lazy("Tidak tahu"),
    NOT_ASKED: lazy("Tidak ditanyakan"),
    LEFT_OUT: lazy("Tidak dijawab"),
}

KIND_WORDS: dict[str, Any] = {
    "number": lazy("Bilangan"),
    "one": lazy("Pilih satu"),
    "many": lazy("Pilih beberapa"),
    "scale": lazy("Skala 0 sampai 10"),
    "matrix": lazy("Tabel pilihan"),
    "text": lazy("Tulisan bebas"),
    "month": lazy("Bulan"),
}
TRIAL, SPECIAL = "UJI", "KHUSUS"
MONTHS_AFTER = {"W3": 3, "W6": 6, "W12": 12}  # months from the end of the class to the middle of the window
WAVE_WORDS: dict[str, Any] = {
    "W3": lazy("W3: tiga bulan sesudah kelas"),
    "W6": lazy("W6: enam bulan sesudah kelas"),
    "W12": lazy("W12: dua belas bulan sesudah kelas"),
    "W0": lazy("W0: sebelum kelas"),
    "W0+": lazy("W0+: hari terakhir kelas"),
    SPECIAL: lazy("Khusus: di luar jadwal"),
    TRIAL: lazy("Uji coba instrumen"),
}


def scheduled_title(code: str, first: date) -> str:
    """What a wave of the schedule is called, in the language of its reader: its code and the month of its classes."""
    return f"{WAVE_WORDS[code]}, {month(first)}"


def wave_title(row: Any) -> str:
    """What a wave is called: as its maker wrote it, or as the schedule names its own."""
    return scheduled_title(row.code, row.anchor) if row.made_by is None else str(row.title)


WINDOW = timedelta(days=21)
REMINDERS = 3
RESPONSE = "evaluation.response"  # the mark of a changed response rate
WAITING, ANSWERED, EXCUSED = "menunggu", "dijawab", "dilepas"
PHONE = "telepon"  # how the sheet of one who was silent came
TRAINED, UNTRAINED = "dilatih", "belum"
ARMS: dict[str, Any] = {TRAINED: lazy("Sudah dilatih"), UNTRAINED: lazy("Belum dilatih"), "": lazy("Semua")}
SEXES: dict[str, Any] = {"P": lazy("Perempuan"), "L": lazy("Laki-laki")}
BANDS: dict[str, Any] = {"<=25": lazy("sampai 25"), ">=46": lazy("46 ke atas"), "6+": lazy("6 atau lebih")}
"""The bands of age and of meetings led that do not say themselves."""
RESPONDENTS: dict[str, Any] = {
    "arm": lazy("Bekal"),
    "sex": lazy("Jenis kelamin"),
    "age": lazy("Umur"),
    "log": lazy("P2K2 yang dipimpin, tiga bulan terakhir"),
}
FAMILY = "em-kpm"  # the instrument with which families are asked
DOES: dict[str, tuple[str, ...]] = {
    "P3": ("ya",),
    "P4": ("terlihat", "ya"),
    "P5": ("ya",),
    "P6": ("bicara",),
    "P7": ("ya",),
}
"""One behaviour of each modul, and the answers that say that a family has it."""
NOT_FOR_THEM = "tidak-berlaku"
TARGET_RESPONSE = 80  # percent of those who are asked


@dataclass(frozen=True)
class Given:
    """One part of an answer: a number, a choice, words, or the reason why it is missing; `system` is what was known."""

    part: str = ""
    number: float | None = None
    choice: str = ""
    text: str = ""
    missing: str = ""
    system: str = ""


@dataclass(frozen=True)
class VersionCard:
    """One version of an instrument; a draft may still change."""

    id: int
    code: str
    number: int
    state: str
    change_class: str
    instrument: InstrumentDef
    based_on: int | None
    author_id: int | None
    created_at: datetime
    published_at: datetime | None
    note: str

    @property
    def frozen(self) -> bool:
        """True once people may have answered it."""
        return self.state != DRAFT


@dataclass(frozen=True)
class ItemChange:
    """What became of one question between two versions."""

    code: str
    change_class: str
    what: str


@dataclass(frozen=True)
class WaveCard:
    """A wave; open from the first day to the last, both included, unless it was closed earlier."""

    id: int
    code: str
    title: str
    instrument_code: str
    version_id: int
    unit_id: int
    unit_path: str
    anchor: date
    opens: date
    closes: date
    closed_at: datetime | None
    draw_seed: str

    def is_open(self, day: date) -> bool:
        """True if answers are taken on this day."""
        return self.closed_at is None and self.opens <= day <= self.closes


@dataclass(frozen=True)
class AssignmentCard:
    """One respondent, asked about one person."""

    id: int
    wave_id: int
    respondent_id: int
    subject_id: int
    subject_ref: str
    arm: str
    kabupaten_id: int | None
    unit_path: str
    state: str
    reminders: int
    drawn: bool


@dataclass(frozen=True)
class Rate:
    """How many of those who are asked have answered."""

    unit_id: int | None
    asked: int
    answered: int

    @property
    def percent(self) -> float:
        """Of a hundred; nobody asked is nan."""
        return 100 * self.answered / self.asked if self.asked else float("nan")


@dataclass(frozen=True)
class Published:
    """One published figure; `caution` says what it does not tell."""

    code: str
    figure: float | None
    words: Any
    caution: Any


@dataclass(frozen=True)
class UnaskedCard:
    """Somebody a wave is about, of whom nobody can be asked yet."""

    subject_id: int
    kabupaten_id: int | None
    reason: str


PUBLISHED_2020 = {
    entry.code: entry
    for entry in (
        Published("A1", 195.0, lazy("rata-rata 195 KPM"), lazy("Rata-rata saja; sebarannya tidak disebut.")),
        Published("B1", 10.0, lazy("rata-rata 10 KPM"), lazy("Masa hitungnya tidak disebut; kita: 12 bulan.")),
        Published("C2", None, lazy("sekitar sekali sebulan"), lazy("Jumlah jawabannya tidak disebut.")),
        Published("D1", None, lazy("sangat baik"), lazy("Angkanya ada di gambar yang tidak terbaca lagi.")),
        Published("F1", None, lazy("umumnya ya"), lazy("Lapor diri; bandingkan dengan lembar pengamatan.")),
        Published(
            "G1",
            50.09,
            lazy("50,09% KPM menerapkan"),
            lazy("Pertanyaannya jumlah, hasilnya persen: pembaginya tidak jelas. 424 alumni tidak menjawab."),
        ),
        Published("H1", None, lazy("umumnya sering"), lazy("Jumlah jawabannya tidak disebut.")),
        Published("I1", None, lazy("ya"), lazy("Jumlah jawabannya tidak disebut.")),
        Published("J1", None, lazy("ya"), lazy("Jumlah jawabannya tidak disebut.")),
    )
}

THRESHOLDS = {  # percent that a break-even is told for: targets are ours, none is official; L4-03 as published in 2020
    "L1-01": 80.0,
    "L3-05": 85.0,
    "L3-09": 80.0,
    "L3-10": 80.0,
    "L3-11": 70.0,
    "L4-03": 50.09,
}
