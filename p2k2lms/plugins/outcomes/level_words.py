"""How the four levels are told: what each asks, its figure with its range, and why a rung bears no weight."""

from typing import Any

from p2k2lms.core import i18n
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.outcomes.rules import rungs
from p2k2lms.plugins.outcomes.rules.rungs import Rung

LEVELS: dict[int, Any] = {
    1: lazy("Tingkat 1: tanggapan"),
    2: lazy("Tingkat 2: belajar"),
    3: lazy("Tingkat 3: praktik di kelompok"),
    4: lazy("Tingkat 4: hasil pada keluarga"),
}
ASKS: dict[str, Any] = {
    "useful": lazy("Menurut peserta pelatihan ini berguna"),
    "gain": lazy("Kenaikan nilai dari pre-test ke post-test"),
    "met": lazy("Kelompok yang bertemu, dari yang wajib bertemu"),
    "came": lazy("Keluarga yang hadir, dari yang diundang"),
    "apply": lazy("Keluarga yang menerapkan, menurut pendampingnya sendiri"),
}
OF: dict[str, Any] = {
    "useful": lazy("%(n)s dari %(all)s yang ditanya menjawab"),
    "gain": lazy("%(n)s dari %(all)s peserta ikut kedua tes"),
    "met": lazy("%(n)s dari %(all)s peserta punya catatan sesudah pelatihan"),
    "came": lazy("%(n)s dari %(all)s peserta punya catatan sesudah pelatihan"),
    "apply": lazy("%(n)s dari %(all)s yang ditanya menjawab"),
}
MADE_OF: dict[str, Any] = {
    "useful": lazy("%(above)s dari %(below)s jawaban"),
    "met": lazy("%(above)s dari %(below)s jadwal kelompok sesudah pelatihan, paling lama 12 bulan"),
    "came": lazy("%(above)s dari %(below)s undangan keluarga sesudah pelatihan, paling lama 12 bulan"),
    "apply": lazy("%(above)s dari %(below)s keluarga dampingan"),
}
"""What a share is made of, and over which time."""
WEAK: dict[str, Any] = {
    rungs.FEW: lazy("Lemah: kurang dari 10 orang."),
    rungs.SILENT: lazy("Lemah: kurang dari 60 persen; yang tidak ada di sini mungkin berbeda."),
    rungs.NONE: lazy("Belum ada datanya."),
    rungs.HIDDEN: lazy("Terlalu sedikit orang: tidak ditampilkan."),
}


def value(rung: Rung) -> str:
    """79,6%; 13,1 poin; a line where there is none."""
    if rung.value is None:
        return "–"
    number = i18n.number(rung.value, 1)
    return _("%(n)s poin", n=number) if rung.key == "gain" else _("%(n)s%%", n=number)


def made_of(rung: Rung) -> str:
    """940 dari 1.180 jadwal kelompok, and over which time; nothing where it is no share or there is none."""
    if rung.value is None or rung.key not in MADE_OF:
        return ""
    above, below = (i18n.number(n, 0) for n in (rung.above, rung.below))
    return str(MADE_OF[rung.key]) % {"above": above, "below": below}


def place(percent: float) -> str:
    """Where a number between 0 and 100 lies on the strip of a rung."""
    return f"{6 + 3 * min(max(percent, 0), 100):.1f}"


def span(rung: Rung) -> str:
    """The range in words; nothing where there is none."""
    if rung.low is None or rung.high is None:
        return ""
    return _("95 persen antara %(low)s dan %(high)s", low=i18n.number(rung.low, 1), high=i18n.number(rung.high, 1))


def trend(rung: Rung) -> str:
    """What was before the training; nothing where it is not known."""
    if rung.before is None:
        return ""
    before = i18n.number(rung.before, 1)
    if rung.key == "gain":
        return _("pre-test %(n)s", n=before)
    return _("enam bulan sebelumnya %(n)s%%", n=before)


def behind(rung: Rung) -> str:
    """How many stand behind it, of how many."""
    said: str = str(OF[rung.key]) % {"n": rung.count, "all": rung.asked}
    return _("%(said)s (%(percent)s%%)", said=said, percent=rung.percent) if rung.asked else said
