"""What packs.js says while a part of the platform is taken along; %s is filled in on the phone."""

from p2k2lms.core.i18n import _


def taking_words(take: str, here: str) -> dict[str, str]:
    """What a page says that offers to take something along; its own are `take`, of what and how large, and `here`."""
    return {
        "get": take,
        "here": here,
        "resume": _("Lanjutkan unduhan, %(size)s lagi", size="%s"),
        "update": _("Perbarui unduhan, %(size)s", size="%s"),
        "remove": _("Hapus unduhan dari HP"),
        "busy": _("Mengunduh"),
        "of": _("%(got)s dari %(total)s", got="%s", total="%s"),
        "cut": _("Unduhan terputus. Yang sudah sampai tetap ada. Lanjutkan saat ada sinyal."),
        "changed": _("Isi unduhan berubah di jalan, jadi tidak disimpan. Yang lain aman. Coba lagi."),
        "full": _("Penyimpanan HP penuh. Kiriman Anda aman. Hapus foto atau unduhan lama, lalu lanjutkan."),
        "signin": _("Masuk lagi untuk mengunduh. Yang sudah ada di HP tetap aman."),
    }
