"""The charts of a report: the effect by months since training, and how much hidden drift it stands."""

from typing import Any

from p2k2lms.core.i18n import _, pointed
from p2k2lms.plugins.outcomes import link_words as words
from p2k2lms.plugins.outcomes.pictures import Picture
from p2k2lms.plugins.outcomes.service import PlanCard
from p2k2lms.web import charts_effect as charts
from p2k2lms.web.charts import WIDTHS
from p2k2lms.web.charts_effect import Row, Since


def of(card: PlanCard) -> dict[str, Picture | None]:
    """Both charts; None where there is nothing to draw."""
    told = card.run.result if card.run else {}
    return {"line": _line(card, told), "drift": _drift(card, told)}


def _line(card: PlanCard, told: dict[str, Any]) -> Picture | None:
    known = [p for p in told.get("line", ()) if None not in (p["est"], p["low"], p["high"])]
    if len(known) < 3:
        return None
    base = card.plan.design.base
    points = [Since(p["since"], p["est"], p["low"], p["high"], _says(p), p["since"] == base) for p in known]
    title = _("Selisih dengan rekan yang belum dilatih, bulan demi bulan")
    below = str(_("bulan sejak dilatih"))
    drawn = tuple(charts.since(width, title, points, card.plan.sesoi, below) for width in WIDTHS)
    about = _(
        "Titik penuh: bulan pembanding. Pita: rentang yang memuat seluruh garis (95 persen). Garis putus mendatar: "
        "%(sesoi)s poin, yang dianggap berarti. Sebelum dilatih (kiri garis tegak) selisihnya seharusnya dekat nol.",
        sesoi=words.number(card.plan.sesoi),
    )
    return Picture(title, about, drawn)


def _says(point: dict[str, Any]) -> str:
    return _(
        "%(since)s bulan: %(est)s poin (%(low)s sampai %(high)s)",
        since=point["since"],
        est=words.number(point["est"]),
        low=words.number(point["low"]),
        high=words.number(point["high"]),
    )


def _drift(card: PlanCard, told: dict[str, Any]) -> Picture | None:
    drift, best = told.get("drift"), told.get("corrected") or told.get("effect")
    if not drift or drift["jump"] is None or best is None or best["est"] is None:
        return None
    rows = [_row(best, *bound) for bound in drift["bounds"] if None not in bound]
    title = _("Seberapa kuat menghadapi tren yang tidak kelihatan")
    drawn = tuple(charts.ranges(width, title, rows, card.plan.sesoi) for width in WIDTHS)
    stands = drift["breaks_at"]
    about = _(
        "Lompatan terbesar sebelum dilatih: %(jump)s poin sebulan. Andai kedua kelompok menjauh setiap bulan sebesar "
        "kelipatan lompatan itu, rentangnya melebar seperti ini. Hasil ini bertahan sampai %(stands)s kali.",
        jump=words.number(drift["jump"]),
        stands=words.number(stands, 2),
    )
    return Picture(title, about, drawn)


def _row(best: dict[str, Any], times: float, low: float, high: float) -> Row:
    name = _("Tanpa tren tersembunyi") if times == 0 else _("%(n)s kali lompatan", n=pointed(f"{times:g}"))
    says = f"{name}: {words.number(low)} – {words.number(high)}"
    return Row(str(name), best["est"], low, high, says, strong=times == 1)
