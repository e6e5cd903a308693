"""What the pages of learning say again and again, also on the phone; %s is filled in there."""

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.web.taking import taking_words


def outline_words() -> dict[str, str]:
    """What the rows of an outline say, fetched once for all of them; the template fills in the numbers."""
    return {
        "done": _("Selesai"),
        "half": _("Sebagian selesai"),
        "now": _("Giliran sekarang"),
        "open": _("Terbuka"),
        "lock": _("Terkunci"),
        "later": _("Sedang ditulis"),
        "uncounted": _("Sedang ditulis. Belum dihitung."),
        "waits": _("Terbuka setelah %s selesai. Kurang %s langkah."),
        "count": _("%s dari %s langkah"),
        "left": _("sisa %s menit"),
        "minutes": _("%s menit"),
        "look": _("Lihat %s langkah"),
        "extra": _("tambahan"),
        "scene": _("adegan latihan"),
        "played": _("Sudah dimainkan"),
    }


def sesi_short(sesi: OutlineSesi) -> str:
    """What a sesi is called in a sentence: its number, or its title where it has none."""
    return _("Sesi %(n)s", n=sesi.number) if sesi.number else sesi.title


def sesi_name(sesi: OutlineSesi) -> str:
    """What a sesi is called where it stands alone."""
    return f"{sesi_short(sesi)} · {sesi.title}" if sesi.number else sesi.title


def pack_words() -> dict[str, str]:
    """What packs.js says about taking a modul along."""
    take = _("Unduh %(modul)s lengkap, %(size)s", modul="%s", size="%s")
    return taking_words(take, _("Sudah ada di HP. Bisa dibaca tanpa sinyal."))


def reading_words() -> dict[str, str]:
    """What reading.js says where there is no signal."""
    return {
        "step": _("Langkah %(n)s dari %(total)s", n="%s", total="%s"),
        "share": _("%(n)s dari %(total)s langkah wajib selesai", n="%s", total="%s"),
        "count": _("%s dari %s langkah"),
        "here": _("%(n)s langkah, ada di HP", n="%s"),
        "away": _("Belum diunduh. Perlu sinyal, %(size)s", size="%s"),
        "waits": _("Terbuka setelah %s selesai. Kurang %s langkah."),
        "later": _("Sedang ditulis"),
        "over": _("%(sesi)s selesai.", sesi="%s"),
        "done": _("Selesai"),
        "half": _("Sebagian selesai"),
        "now": _("Giliran sekarang"),
        "open": _("Terbuka"),
        "lock": _("Terkunci"),
        "again": _("Sudah dibaca, lanjut"),
        "on": _("Berikutnya"),
        "finish": _("Selesai, lanjut"),
        "unlock": _("Buka %(sesi)s, langkah %(n)s", sesi="%s", n="%s"),
        "all": _("Semua langkah sudah Anda baca."),
        "go": _("Lanjut: %(sesi)s, langkah %(n)s", sesi="%s", n="%s"),
        "scene": _("adegan latihan, %(n)s menit", n="%s"),
        "minutes": _("%(n)s menit", n="%s"),
        "played": _("Sudah dimainkan"),
        "shows": _("Terlihat"),
        "misses": _("Belum terlihat"),
        "tested": _("%(n)s dari %(total)s perilaku terlihat di jalan ini", n="%s", total="%s"),
    }
