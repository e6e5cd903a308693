"""What an item says, line by line, for whoever compares two versions of it."""

from collections.abc import Iterator, Mapping

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ItemDef


def item_lines(item: ItemDef, objectives: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """All of an item, its key included: two items that differ have lines that differ."""
    return list(_lines(item, objectives, titles))


def _lines(item: ItemDef, objectives: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[str]:
    yield from item.paragraphs
    words = {
        "key": _("Kunci"),
        "option": _("Pilihan keliru"),
        "place": _("Urutan"),
        "pair": _("Pasangan"),
        "distractor": _("Pengecoh"),
        "accepted": _("Diterima"),
        "exact": _("Besar kecil huruf dibedakan"),
        "why": _("Penjelasan"),
    }
    yield from (f"{words[part]}: {text}" for part, text in item.told() if text)
    yield _("Tujuan yang diuji: %(name)s", name=objectives.get(item.objective, item.objective))
    yield _("Kartu untuk dibaca ulang: %(name)s", name=titles.get(item.reread, item.reread))
    yield _("Dipakai dalam: %(name)s", name=form_words(item.form))
    if item.situation:
        yield _("Meminta keputusan dalam suatu keadaan")


def form_words(form: str) -> str:
    """What people call a form; what is none is left as it was written."""
    return {
        "A": _("Tes, formulir A"),
        "B": _("Tes, formulir B"),
        "anchor": _("Tes, kedua formulir (jangkar)"),
        "cek": _("Cek cepat sesi"),
        "latihan": _("Latihan"),
    }.get(form, form)
