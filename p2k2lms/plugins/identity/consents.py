"""The texts that people are asked to agree to; a new wording is a new version, and the old ones stay readable here."""

from dataclasses import dataclass
from typing import Any

from p2k2lms.core.i18n import lazy

NOTICE, SURVEYS = "pemberitahuan", "survei"


@dataclass(frozen=True)
class ConsentText:
    """One version of one text. `optional`: the answer may be no, and may be taken back at any time.

    `unsaid` is what holds for whoever has not answered.
    """

    key: str
    version: int
    title: Any
    body: tuple[Any, ...]
    optional: bool
    unsaid: bool


TEXTS: tuple[ConsentText, ...] = (
    ConsentText(
        NOTICE,
        1,
        lazy("Pemberitahuan tentang data Anda"),
        (
            lazy(
                "Kementerian Sosial, lewat balai diklat, mencatat nama, nomor, tugas, belajar, tes, dan laporan Anda "
                "agar pelatihan dan P2K2 dapat dijalankan dan dipertanggungjawabkan. Dasarnya tugas pemerintahan "
                "(UU 27/2022 Pasal 20 ayat 2 huruf e), bukan persetujuan."
            ),
            lazy(
                "Yang melihat: Anda, pembimbing Anda, koordinator dan Dinas Sosial wilayah Anda. Kementerian melihat "
                "angka kabupaten, bukan nama. Data tidak dijual dan tidak keluar dari server ini tanpa dasar hukum."
            ),
            lazy("Data keluarga penerima tidak dicatat per orang. Foto pertemuan hilang sendiri setelah 12 bulan."),
        ),
        optional=False,
        unsaid=False,
    ),
    ConsentText(
        SURVEYS,
        1,
        lazy("Survei dan kajian dampak"),
        (
            lazy(
                "Anda dapat diminta mengisi survei beberapa bulan setelah pelatihan. Jawaban dihitung bersama jawaban "
                "orang lain dan ditunjukkan tanpa nama."
            ),
            lazy(
                "Boleh ditarik kapan saja, tanpa akibat bagi tugas atau sertifikat. Setelah ditarik Anda tidak diminta "
                "lagi; yang sudah terhitung tetap terhitung, tanpa nama."
            ),
        ),
        optional=True,
        unsaid=True,
    ),
)


def in_force() -> dict[str, ConsentText]:
    """The newest version of each text, by key."""
    found: dict[str, ConsentText] = {}
    for one in TEXTS:
        if one.key not in found or one.version > found[one.key].version:
            found[one.key] = one
    return found
