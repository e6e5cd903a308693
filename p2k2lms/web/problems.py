"""The words of every refusal: what happened, is my work safe, what now."""

from dataclasses import dataclass
from typing import Any

from p2k2lms.core.i18n import lazy

SAFE = lazy("Aman. Yang sudah terkirim tercatat, yang belum tetap tersimpan di HP ini.")


@dataclass(frozen=True)
class Problem:
    """One page of trouble; `happened` gives way to what the use-case itself says."""

    title: Any
    happened: Any
    now: Any
    safe: Any = SAFE
    picture: str = "plank"


PROBLEMS: dict[int, Problem] = {
    400: Problem(
        lazy("Halaman ini sudah terlalu lama terbuka"),
        lazy("Isian dari halaman lama tidak diterima, supaya tidak ada yang mengisi atas nama Anda."),
        lazy("Buka lagi halamannya, lalu kirim sekali lagi."),
        lazy("Aman. Isian terakhir ini belum terkirim; yang sebelumnya tetap tercatat."),
    ),
    401: Problem(
        lazy("Perlu masuk lagi"),
        lazy("Anda sudah keluar, atau waktu masuk sudah habis."),
        lazy("Masuk lagi. Yang menunggu di HP ini terkirim sendiri sesudahnya."),
        picture="boat",
    ),
    403: Problem(
        lazy("Halaman ini bukan untuk peran Anda"),
        lazy("Peran Anda tidak memakai halaman ini."),
        lazy("Kembali ke Beranda. Kalau ini tugas Anda, minta admin menambah peran."),
    ),
    404: Problem(
        lazy("Halaman ini tidak ada"),
        lazy("Alamatnya salah, sudah pindah, atau di luar wilayah Anda."),
        lazy("Periksa alamatnya atau mulai dari Beranda."),
    ),
    405: Problem(
        lazy("Halaman ini tidak dibuka begini"),
        lazy("Alamat ini hanya menerima kiriman dari sebuah tombol."),
        lazy("Mulai lagi dari Beranda."),
    ),
    409: Problem(
        lazy("Sudah ada yang mendahului"),
        lazy("Hal yang sama sudah tercatat, mungkin dari ketukan kedua atau HP lain."),
        lazy("Buka lagi halamannya untuk melihat yang tercatat."),
    ),
    413: Problem(
        lazy("Kiriman ini terlalu besar"),
        lazy("Satu kiriman paling besar 2 MB."),
        lazy("Kecilkan atau bagi kirimannya, lalu kirim lagi."),
        lazy("Kiriman ini belum diterima. Yang lain aman."),
    ),
    422: Problem(
        lazy("Ada isian yang perlu diperbaiki"),
        lazy("Satu isian tidak bisa diterima."),
        lazy("Kembali ke halaman tadi, perbaiki, lalu kirim lagi."),
        lazy("Kiriman ini belum tercatat. Yang lain aman."),
    ),
    429: Problem(
        lazy("Terlalu sering dicoba"),
        lazy("Halaman ini dibuka terlalu sering dalam waktu singkat."),
        lazy("Tunggu satu menit lalu coba lagi."),
    ),
    500: Problem(
        lazy("Halaman ini gagal dibuka"),
        lazy("Ada yang rusak di server. Bukan salah Anda atau HP Anda."),
        lazy("Tunggu satu menit lalu coba lagi. Kalau tetap begini, beri tahu petugas kodenya."),
    ),
    503: Problem(
        lazy("Halaman ini gagal dibuka"),
        lazy("Server sedang sibuk. Bukan salah Anda atau HP Anda."),
        lazy("Tunggu satu menit lalu coba lagi."),
        picture="boat",
    ),
}


def problem_of(status: int) -> Problem:
    """The words for a status; those of its family when it has none of its own."""
    return PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]
