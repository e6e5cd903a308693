"""The alert rules of figures: reports that are true for some arms only, and kabupaten outside the funnel for long."""

from collections.abc import Iterator, Sequence
from datetime import date

from p2k2lms.core import indicators as definitions
from p2k2lms.core.alerts import TOGETHER, VISIT, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitLine
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.indicators.values import NOTHING, Counts, Figure
from p2k2lms.plugins.outcomes.rules import standing_out

TRUE, MET = "Q-04", "L3-01"
FEWEST, APART, QUARTER = 30, 5.0, 3


def untrue_for_some(today: date) -> Iterator[Finding]:
    """A-08: of checked reports the share that agrees differs by more than five points between the arms of training."""
    last, one = _last_month(today), definitions.declared().get(TRUE)
    if one is None:
        return
    for unit in identity.units_of_levels("/ID/", ("regional",)):
        arms = figures.by_stratum(unit.id, one, last).values()
        shares = [100 * a.counts.numerator / a.counts.denominator for a in arms if a.counts.denominator >= FEWEST]
        if len(shares) > 1 and max(shares) - min(shares) > APART:
            url = f"/dampak/wilayah/{unit.kemendagri_code}/angka/{TRUE}"
            params = {"low": round(min(shares)), "high": round(max(shares))}
            yield Finding(f"truth:{unit.id}", unit.id, unit.path, url, None, params)


def outside_for_long(today: date) -> Iterator[Finding]:
    """A-12: beyond the 99.8% limits of all kabupaten in both of the last whole quarters, to the same side."""
    last, one = _last_quarter(today), definitions.declared().get(MET)
    units = identity.units_of_levels("/ID/", ("kabupaten",))
    if one is None or not units:
        return
    known = figures.series([unit.id for unit in units], one, last, 2 * QUARTER)
    quarters = [[_sum(known[unit.id], months) for unit in units] for months in _halves(last)]
    spreads = [standing_out.places(counts) for counts in quarters]
    sides: list[tuple[frozenset[int], frozenset[int]]] = [(s.low, s.high) for s in spreads if s is not None]
    if len(sides) < 2:
        return
    for n in sorted((sides[0][0] & sides[1][0]) | (sides[0][1] & sides[1][1])):
        yield _outside(units[n], quarters[1], n)


def _outside(unit: UnitLine, counts: Sequence[Counts], place: int) -> Finding:
    met, due = (sum(getattr(one, name) for one in counts) for name in ("numerator", "denominator"))
    own = counts[place]
    params = {"own": round(100 * own.numerator / own.denominator), "usual": round(100 * met / due)}
    url = f"/dampak/wilayah/{unit.kemendagri_code}/angka/{MET}"
    return Finding(f"funnel:{unit.id}", unit.id, unit.path, url, None, params | {"place": unit.name})


def _sum(months: Sequence[Figure], wanted: Sequence[date]) -> Counts:
    whole = NOTHING
    for figure in months:
        whole = whole.plus(figure.counts) if figure.last in wanted else whole
    return whole


def _halves(last: date) -> tuple[list[date], list[date]]:
    months = figures.months_up_to(last, 2 * QUARTER)
    return months[:QUARTER], months[QUARTER:]


def _last_month(today: date) -> date:
    return figures.months_up_to(today.replace(day=1), 2)[0]


def _last_quarter(today: date) -> date:
    """The last month of the last whole quarter of the calendar."""
    return figures.months_up_to(today.replace(day=1), 2 + (today.month - 1) % QUARTER)[0]


ALERTS = (
    AlertRule(
        "A-08",
        lazy("Laporan benar {low}% pada sebagian pendamping dan {high}% pada yang lain"),
        lazy("Jangan pakai putusan dari laporan sebelum pemeriksaan acak diperbanyak: cara mencatatnya tidak sama."),
        untrue_for_some,
        name=lazy("Kebenaran laporan berbeda"),
        act=TOGETHER,
        owner="evaluator",
    ),
    AlertRule(
        "A-12",
        lazy("{place} di luar corong dua triwulan: {own}% kelompok bertemu, di semua tempat {usual}%"),
        lazy("Kunjungi, yang tinggi juga: pelajari sebabnya. Ini bukan peringkat."),
        outside_for_long,
        name=lazy("Kabupaten di luar corong"),
        act=VISIT,
        owner="evaluator",
    ),
)
