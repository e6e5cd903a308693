"""What an item, a scene, a sesi and the rules of a course say, line by line, for whoever compares two versions."""

from collections.abc import Iterable, Iterator, Mapping

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.rules import wording
from p2k2lms.plugins.catalogue.values.course import MODES, BlueprintDef, CompletionRules
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.pack import Outline, SesiSheet
from p2k2lms.plugins.catalogue.values.scene import Moment, SceneDef

LONGEST_HEADING = 90


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


def heading(text: str) -> str:
    """How a longer text is called: how it begins."""
    return text if len(text) <= LONGEST_HEADING else text[:LONGEST_HEADING].rsplit(" ", 1)[0] + " …"


def scene_lines(scene: SceneDef, behaviours: Mapping[str, str]) -> list[str]:
    """All of a scene: where it plays, its moments, and of each choice what it shows, is told, and leads to."""
    return list(_scene(scene, behaviours))


def _scene(scene: SceneDef, behaviours: Mapping[str, str]) -> Iterator[str]:
    begins = {name: heading(moment.paragraphs[0]) for name, moment in scene.moments.items()}
    yield scene.title
    yield _("Waktu: %(n)s menit", n=scene.minutes)
    yield from scene.paragraphs
    yield _("Dimulai dari: %(moment)s", moment=begins[scene.start])
    for moment in scene.moments.values():
        yield from _moment(moment, begins, behaviours)


def _moment(moment: Moment, begins: Mapping[str, str], behaviours: Mapping[str, str]) -> Iterator[str]:
    yield from moment.paragraphs
    for choice in moment.choices:
        yield _("Pilihan: %(said)s", said=choice.text)
        for name in choice.shows:
            yield _("Memperlihatkan: %(name)s", name=behaviours.get(name, name))
        for name in choice.misses:
            yield _("Melewatkan: %(name)s", name=behaviours.get(name, name))
        yield _("Tanggapan: %(said)s", said=choice.feedback)
        yield _("Lalu: %(moment)s", moment=begins[choice.to])
    if moment.end:
        ends = {"baik": _("baik"), "cukup": _("cukup"), "ulang": _("perlu diulang")}
        yield _("Akhir: %(end)s", end=ends[moment.end])


def sesi_lines(sheet: SesiSheet, objectives: Mapping[str, str]) -> list[str]:
    """The head of a sesi: what stands before its cards and what a meeting needs."""
    return list(_sesi(sheet, objectives))


def _sesi(sheet: SesiSheet, objectives: Mapping[str, str]) -> Iterator[str]:
    yield sheet.title
    if sheet.number:
        yield _("Sesi nomor %(n)s", n=sheet.number)
    yield from _each(_("Tujuan sesi"), [sheet.aim])
    yield from _each(_("Tujuan yang diuji"), [objectives.get(name, name) for name in sheet.objectives])
    yield from _each(_("Bahan"), sheet.materials)
    yield from _each(_("Pesan kunci"), sheet.key_messages)
    yield from _each(_("Pertanyaan angkat tangan"), sheet.handraise)
    yield from _each(_("Tugas rumah"), [sheet.homework])
    yield from _each(_("Bila keadaan lain"), sheet.adaptations)
    yield from _each(_("Menjaga keluarga"), [sheet.safeguarding])
    yield from wording.sentences(str(sheet.intro))


def _each(label: str, texts: Iterable[str]) -> Iterator[str]:
    return (f"{label}: {text}" for text in texts if text)


def rule_lines(outline: Outline, completion: CompletionRules, blueprint: BlueprintDef | None) -> list[str]:
    """What holds for a whole course: names, modul and their hours, what completes it, how its tests are drawn."""
    return [*_outline(outline), *_completion(completion), *_blueprint(outline, blueprint)]


def _outline(outline: Outline) -> Iterator[str]:
    groups = {"dasar": _("Dasar"), "inti": _("Inti"), "penunjang": _("Penunjang")}
    yield from _each(_("Judul kursus"), [outline.title])
    yield from _each(_("Anak judul"), [outline.subtitle])
    yield from _each(_("Pemberitahuan"), [outline.notice])
    for modul in outline.modul:
        yield _("Modul: %(title)s, %(group)s, %(n)s JP", title=modul.title, group=groups[modul.group], n=modul.jp)
        yield from _each(_("Sesi"), [sesi.title for sesi in modul.sesi])


def _completion(rules: CompletionRules) -> Iterator[str]:
    modes = {"luring": _("Tatap muka (luring)"), "campuran": _("Campuran"), "daring": _("Daring")}
    yield _("Batas lulus post-test: %(p)s", p=f"{rules.post_test}%")
    for mode in MODES:
        if (least := rules.attendance_for(mode)) is not None:
            yield _("Kehadiran paling sedikit: %(p)s. %(mode)s", p=f"{least}%", mode=modes[mode])
        if rules.micro_teaching_for(mode):
            yield _("Praktik mengajar diminta. %(mode)s", mode=modes[mode])


def _blueprint(outline: Outline, blueprint: BlueprintDef | None) -> Iterator[str]:
    if blueprint is None:
        yield _("Tanpa pre-test dan post-test")
        return
    titles = {modul.id: modul.title for modul in outline.modul}
    titles |= {sesi.id: sesi.title for sesi in outline.sesi.values()}
    shown = {
        "langsung": _("Pembahasan terbuka sesudah tes dikumpulkan"),
        "setelah-angkatan": _("Pembahasan terbuka sesudah angkatan ditutup"),
        "skor-saja": _("Pembahasan tidak dibuka, hanya nilai"),
    }
    yield _("Waktu tes: %(n)s menit", n=blueprint.minutes)
    yield _("Masih diterima sesudah waktu habis: %(n)s detik", n=blueprint.grace_seconds)
    yield _("Kesempatan post-test: %(n)s", n=blueprint.attempts_post)
    yield shown[blueprint.review]
    yield _("Soal dalam satu tes: %(n)s", n=blueprint.size)
    yield _("Soal jangkar, sama di kedua formulir: %(n)s", n=blueprint.anchors)
    for name, number in blueprint.shares.items():
        yield _("Soal dari %(title)s: %(n)s", title=titles.get(name, name), n=number)
