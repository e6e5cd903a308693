"""What the scripts of the field say on the phone, in the language of the page; %s is filled in there."""

from typing import Any

from p2k2lms.core import free_text
from p2k2lms.core.i18n import _
from p2k2lms.plugins.fieldwork.values import words
from p2k2lms.web.taking import taking_words


def book_words() -> dict[str, str]:
    """What book.js says of the card in the hand."""
    return {
        "at": _("Langkah %(n)s dari %(total)s", n="%s", total="%s"),
        "done": _("%(n)s dari %(total)s langkah dilakukan", n="%s", total="%s"),
        "back": _("Langkah %(n)s", n="%s"),
    }


def field_words() -> dict[str, str]:
    """What field.js says where there is no signal."""
    return book_words() | {
        "field": _("Lapangan"),
        "share": _("%(n)s dari %(total)s kelompok sudah dilaporkan bulan ini", n="%s", total="%s"),
        "turn": _("Kelompok %(name)s, sesi %(n)s", name="%s", n="%s"),
        "group": _("Kelompok %(name)s", name="%s"),
        "groups": _("%(n)s kelompok", n="%s"),
        "families": _("%(n)s keluarga", n="%s"),
        "sesi": _("Sesi %(n)s", n="%s"),
        "met": _("sudah dilaporkan bulan ini"),
        "not": _("tidak bertemu bulan ini"),
        "silent": _("belum dilaporkan bulan ini"),
        "free": _("bulan ini belum wajib bertemu"),
        "nothing": _("Bulan ini belum ada kelompok yang wajib dilaporkan"),
        "waits": _("tersimpan di HP, menunggu sinyal"),
        "kept": _("Tersimpan di HP, menunggu sinyal"),
        "arrived": _("Sudah diterima server"),
        "came": _("hadir %(n)s", n="%s"),
        "d": _("selesai"),
        "h": _("sebagian"),
        "o": _("terlewat"),
        "n": _("usul berikut"),
        "none": _("belum"),
        "here": _("ada di HP"),
        "away": _("belum diunduh"),
        "of": _("dari %(n)s keluarga.", n="%s"),
        "last": _("Terakhir %(n)s.", n="%s"),
        "summary": _("%(day)s, %(n)s dari %(total)s langkah dilakukan", day="%s", n="%s", total="%s"),
        "report": _("Laporan P2K2"),
        "mending": _("Perbaiki laporan"),
        "send": _("Kirim laporan"),
        "mend": _("Kirim perbaikan"),
        "notmet": _("Tidak bertemu"),
    }


def photo_words() -> dict[str, str]:
    """What photo.js says of the photo of a report."""
    return {
        "photo": _("Foto yang akan dikirim"),
        "size": _("Foto siap, %(size)s kB. Data lokasinya sudah dibuang.", size="%s"),
        "large": _("Foto ini terlalu besar. Ambil yang lebih kecil. Laporan tetap bisa dikirim tanpa foto."),
        "none": _(
            "Berkas ini bukan foto yang bisa dibuka. Atur kamera ke JPEG, bukan HEIC. "
            "Laporan tetap bisa dikirim tanpa foto."
        ),
        "first": _("Ambil fotonya dulu."),
    }


def take_words() -> dict[str, str]:
    """What packs.js says about taking the Buku Langkah along."""
    take = _("Unduh %(modul)s, %(size)s", modul="%s", size="%s")
    return taking_words(take, _("Sudah ada di HP. Bisa diajarkan tanpa sinyal."))


def shared() -> dict[str, Any]:
    """The closed lists by name, and what a free text is asked about."""
    return {"words": words, "harm_words": free_text.ON_PHONE, "book_words": book_words, "photo_words": photo_words}
