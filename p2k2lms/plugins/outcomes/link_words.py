"""How the link between training and field is told: the closed list of verdicts, and the figures beside them."""

from datetime import date
from typing import Any

from p2k2lms.core import i18n
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.outcomes.rules import plan as plans
from p2k2lms.plugins.outcomes.rules import verdict as said
from p2k2lms.plugins.outcomes.rules.plan import Plan
from p2k2lms.stats import exchange

ARMS: dict[str, Any] = {
    "belum": lazy("Tidak dilatih"),
    "sebelum": lazy("Dilatih, sebelumnya"),
    "sesudah": lazy("Dilatih, sesudahnya"),
}
BALANCE: dict[str, Any] = {
    "met": lazy("Kelompok yang bertemu, %"),
    "came": lazy("Keluarga yang hadir, %"),
    "load": lazy("Keluarga dampingan"),
}
UP: dict[str, Any] = {
    said.STRONG: lazy("Pelatihan menaikkan %(what)s (kuat)"),
    said.LIKELY: lazy("Berkaitan dengan kenaikan %(what)s; besar kemungkinan karena pelatihan"),
    said.SIGN: lazy("Ada tanda kenaikan %(what)s; belum cukup bukti"),
    said.OPEN: lazy("Belum bisa dikatakan"),
    said.NOTHING: lazy("Tidak ada pengaruh berarti pada %(what)s"),
    said.WITHHELD: lazy("Putusan ditahan: laporan belum diperiksa"),
    said.FEW: lazy("Terlalu sedikit untuk angka; lihat cerita dan tabel"),
    said.NOBODY: lazy("Tidak ada yang bisa dibandingkan"),
}
DOWN: dict[str, Any] = {
    said.STRONG: lazy("Pelatihan menurunkan %(what)s (kuat)"),
    said.LIKELY: lazy("Berkaitan dengan penurunan %(what)s; besar kemungkinan karena pelatihan"),
    said.SIGN: lazy("Ada tanda penurunan %(what)s; belum cukup bukti"),
}
SMALLEST = 0.001
KIND = {said.STRONG: "ok", said.LIKELY: "ok", said.WITHHELD: "warn", said.SIGN: "warn"}


def verdict(plan: Plan, result: dict[str, Any]) -> str:
    """The verdict in its words."""
    word = result["verdict"]
    told = DOWN.get(word, UP[word]) if result.get("falls") else UP[word]
    return str(told) % {"what": plans.OUTCOMES[plan.outcome]}


def because(plan: Plan, result: dict[str, Any]) -> str:
    """Why this verdict and no other, in one sentence."""
    sizes, word = result["sizes"], result["verdict"]
    if word == said.FEW:
        return _(
            "Ada %(places)s kabupaten dan %(people)s orang yang dilatih; perlu paling sedikit %(least)s dan %(most)s.",
            places=sizes["kabupaten"],
            people=sizes["trained"],
            least=said.FEWEST_KABUPATEN,
            most=said.FEWEST_TRAINED,
        )
    if word == said.NOBODY:
        return _("Semua dilatih pada waktu yang sama, atau tidak ada bulan sebelum pelatihan. Perlu rekan yang belum.")
    if word == said.WITHHELD:
        return _(
            "Tanpa pemeriksaan acak, kenaikan di laporan bisa berarti lebih rajin melapor saja. Tiap kelompok "
            "pembanding perlu paling sedikit %(n)s laporan yang diperiksa.",
            n=said.FEWEST_CHECKED,
        )
    if word == said.OPEN:
        return _(
            "Rentangnya melewati nol. Untuk melihat pengaruh %(sesoi)s poin perlu kira-kira %(n)s kali lebih banyak "
            "kabupaten atau bulan.",
            sesoi=number(plan.sesoi),
            n=number(result["times_more"]),
        )
    return _size(plan, result)


def _size(plan: Plan, result: dict[str, Any]) -> str:
    best = result["corrected"] or result["effect"]
    return _(
        "%(est)s poin, dengan rentang %(low)s sampai %(high)s poin (95 persen). Yang dianggap berarti: %(sesoi)s poin.",
        est=number(best["est"]),
        low=number(best["low"]),
        high=number(best["high"]),
        sesoi=number(plan.sesoi),
    )


def would_change(result: dict[str, Any]) -> list[str]:
    """What would change this verdict."""
    word, lines = result["verdict"], []
    if word in (said.FEW, said.OPEN):
        lines.append(_("Lebih banyak kabupaten, orang yang dilatih, atau bulan."))
    if word in (said.WITHHELD, said.OPEN, said.SIGN, said.LIKELY):
        lines.append(_("Pemeriksaan acak yang menemukan laporan berlebih sesudah pelatihan, atau tidak menemukannya."))
    if word in (said.SIGN, said.LIKELY) and (result["sizes"]["by_lot"] or 0) < 1:
        lines.append(_("Urutan panggilan dengan undian: maka tidak perlu lagi mengandaikan tren yang sejajar."))
    if word == said.NOBODY:
        lines.append(_("Pelatihan yang bergelombang, sehingga selalu ada rekan yang belum dilatih."))
    return [str(line) for line in lines]


def number(value: float | None, digits: int = 1) -> str:
    """A number with a comma; a line where there is none. What rounds to nothing has no sign."""
    return "–" if value is None else i18n.number(round(value, digits) + 0.0, digits)


def chance(value: float | None) -> str:
    """A chance to three digits; a very small one is not said to be none."""
    return f"< {number(SMALLEST, 3)}" if value is not None and value < SMALLEST else number(value, 3)


def span(one: dict[str, Any] | None) -> str:
    """An estimate with its range: 6,2 (4,7 sampai 7,7)."""
    if one is None or one["est"] is None:
        return "–"
    return _(
        "%(est)s (%(low)s sampai %(high)s)",
        est=number(one["est"]),
        low=number(one["low"]),
        high=number(one["high"]),
    )


def month(count: int) -> str:
    """A month counted from year 0, by its name."""
    year, of_year = plans.year_and_month(count)
    return i18n.month(date(year, of_year, 1))


def kind(result: dict[str, Any]) -> str:
    """How loud a verdict is."""
    return KIND.get(result["verdict"], "")


def what(plan: Plan) -> str:
    """The outcome that decides."""
    return str(plans.OUTCOMES[plan.outcome])


def second(one: dict[str, Any]) -> str:
    """An outcome that is shown beside it: from when on it is looked at, and of how many sheets it is known."""
    told, lag = str(plans.SECONDS[one["outcome"]]), plans.LAGS.get(one["outcome"])
    if one["outcome"] in plans.RARE:
        return _("%(what)s, per setengah tahun; diketahui %(n)s kali", what=told, n=number(one["known"], 0))
    return _("%(what)s, mulai %(n)s bulan sesudah dilatih", what=told, n=lag) if lag else told


def strata(plan: Plan) -> str:
    """Whether only people of a kind are compared."""
    return str(plans.STRATA[plan.strata])


def exchanged(one: dict[str, Any]) -> str:
    """How the order was exchanged, with its chance."""
    said = {
        exchange.MONTHS: _("bulan pelatihan dibagi ulang antar kabupaten, %(n)s urutan", n=number(one["ways"], 0)),
        exchange.SIGNS: _("tanda pengaruh tiap kabupaten ditukar, %(n)s susunan", n=number(one["ways"], 0)),
    }
    return f"{chance(one['p'])} ({said[one['kind']]})" if one["kind"] else "–"


def by(plan: Plan) -> str:
    """How people were trained."""
    return str(plans.KINDS[plan.kind])
