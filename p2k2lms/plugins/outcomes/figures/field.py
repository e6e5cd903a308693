"""Figures about surveys, places, months, waiting times and tables for the public."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes.sheets import EPOCH, FileFault, Sheet, read
from p2k2lms.stats import funnel as funnels
from p2k2lms.stats import km, pchart, suppress
from p2k2lms.stats import survey as surveys
from p2k2lms.stats.arithmetic import Ints, Labels, codes, ratio

DEMOGRAPHY = ("province", "sex", "age_band")
FIELD_LOG = "p2k2_log_band"
SMALLEST = 5
SOON_DAYS = 30


def survey(path: Path) -> dict[str, Any]:
    """A survey of a known frame; columns alumni, the margins, responded, pct_apply_if_asked (read of who answered)."""
    sheet = read(path)
    sheet.once("alumni")
    answered = sheet.flags("responded")
    inside = answered == 1
    margins = {column: codes(sheet.texts(column)) for column in (*DEMOGRAPHY, FIELD_LOG)}
    values = sheet.numbers("pct_apply_if_asked", 0, 100, blank=np.nan)
    unsaid = np.flatnonzero(inside & np.isnan(values))
    sheet.refuse([sheet.fault(int(r), "pct_apply_if_asked", _("kosong, padahal menjawab")) for r in unsaid])
    if not inside.any():
        raise sheet.column_fault("responded", _("belum ada yang menjawab."))
    _everyone_heard(sheet, margins, inside)
    said = values[inside]
    full = _raked(margins, answered, said, (*DEMOGRAPHY, FIELD_LOG))
    plain = _raked(margins, answered, said, DEMOGRAPHY)
    chance = surveys.propensity([margin for _names, margin in margins.values()], answered)
    figures = {
        "N": answered.size,
        "n": said.size,
        "response_rate": ratio(said.size, answered.size),
        "naive_mean": said.mean(),
        "raked_demography_only": {"mean": plain.mean, "se": plain.se},
        "raked_with_field_log": vars(full),
        "ipw_hajek": surveys.hajek(said, chance[inside]),
        "R_indicator": surveys.r_indicator(chance),
        "manski_this_sample": list(surveys.bounds(said, answered.size)),
    }
    return {"survey": figures}


def _everyone_heard(sheet: Sheet, margins: dict[str, tuple[Labels, Ints]], inside: Any) -> None:
    faults = []
    for column, (names, margin) in margins.items():
        for place in set(range(names.size)) - set(margin[inside].tolist()):
            row = int(np.flatnonzero(margin == place)[0])
            faults.append(
                sheet.fault(row, column, _("tidak ada jawaban dari %(name)s; gabungkan dulu", name=names[place]))
            )
    sheet.refuse(faults)


def _raked(
    margins: dict[str, tuple[Labels, Ints]], answered: Any, said: Any, columns: tuple[str, ...]
) -> surveys.Raked:
    chosen = [margins[column][1] for column in columns]
    try:
        weights = surveys.rake(chosen, answered)
    except surveys.NotReached:
        raise FileFault(_("Bobot tidak bisa dihitung: kelompok terlalu kecil. Gabungkan dulu.")) from None
    return surveys.weighted(said, weights, [margin[answered == 1] for margin in chosen])


def funnel(path: Path) -> dict[str, Any]:
    """Places around their common share; columns org_unit, groups_due, groups_met."""
    sheet = read(path)
    units = sheet.once("org_unit")
    met, due = _met_of_due(sheet)
    fitted = funnels.fit(met, due)
    found: dict[str, Any] = {
        "funnel.theta_phi_tau2": vars(fitted),
        "funnel.flagged_adjusted": units[funnels.flagged(met, due, fitted, adjusted=True)].tolist(),
        "funnel.flagged_naive": units[funnels.flagged(met, due, fitted, adjusted=False)].tolist(),
    }
    for unit, count, duty in zip(units, met, due, strict=True):
        inner = funnels.limits(int(duty), fitted.theta, funnels.INNER)
        outer = funnels.limits(int(duty), fitted.theta, funnels.OUTER)
        own = funnels.wilson(int(count), int(duty))
        limits = dict(
            zip(("lo95", "hi95", "lo998", "hi998", "wilson_lo", "wilson_hi"), inner + outer + own, strict=True)
        )
        found[f"funnel.{unit}_limits"] = limits
    return found


def _met_of_due(sheet: Sheet) -> tuple[Ints, Ints]:
    met, due = sheet.wholes("groups_met"), sheet.wholes("groups_due")
    over = np.flatnonzero(met > due)
    sheet.refuse([sheet.fault(int(r), "groups_met", _("lebih besar dari groups_due")) for r in over])
    if due.sum() == 0:
        raise sheet.column_fault("groups_due", _("tidak ada kewajiban."))
    return met, due


def series(path: Path) -> dict[str, Any]:
    """A share over months; columns month, groups_due, groups_met."""
    sheet = read(path)
    sheet.once("month")
    months = sheet.wholes("month")
    met, due = _met_of_due(sheet)
    order = np.argsort(months)
    drawn = pchart.chart(met[order], due[order])
    label = [int(m) for m in months[order]]

    def month(place: int | None) -> int | None:
        return None if place is None else label[place]

    figures = {
        "center": drawn.center,
        "sigma_z": drawn.sigma_z,
        "first_signal_3sigma": month(drawn.first_signal_plain()),
        "first_signal_laney": month(drawn.first_signal()),
        "longest_run_below": drawn.longest_run_below(),
    }
    return {"pchart": figures}


def hidden_cells(path: Path, k: int = SMALLEST) -> dict[str, Any]:
    """Which counts must be hidden; first column names, last column total, last row TOTAL."""
    sheet = read(path)
    table = _table(sheet)
    primary = suppress.small(table, k)
    extra = suppress.complement(table, primary, k)
    every = None if extra is None else suppress.intervals(table, sorted([*primary, *extra]))
    figures = {
        "k": k,
        "primary": [list(cell) for cell in primary],
        "primary_only_intervals": _named(suppress.intervals(table, primary)),
        "primary_only_safe": suppress.safe(table, primary, k),
        "min_extra": None if extra is None else [list(cell) for cell in extra],
        "intervals": None if every is None else _named(every),
    }
    return {"suppression": figures}


def _named(intervals: suppress.Intervals) -> dict[str, list[int]]:
    return {f"{i},{j}": list(interval) for (i, j), interval in intervals.items()}


def _table(sheet: Sheet) -> Ints:
    """The counts without their totals, which must be right."""
    names = sheet.once(sheet.heading[0])
    if len(sheet.heading) < 4 or len(names) < 3 or sheet.heading[-1].lower() != "total":
        raise FileFault(_("%(file)s, baris 1: kolom terakhir harus total, dengan dua kolom angka.", file=sheet.name))
    if names[-1].upper() != "TOTAL":
        raise FileFault(sheet.fault(len(names) - 1, sheet.heading[0], _("baris terakhir harus TOTAL")))
    whole = np.column_stack([sheet.wholes(column) for column in sheet.heading[1:]])
    said = _("jumlahnya tidak cocok")
    rows = np.flatnonzero(whole[:, :-1].sum(axis=1) != whole[:, -1])
    columns = np.flatnonzero(whole[:-1].sum(axis=0) != whole[-1])
    faults = [sheet.fault(int(r), sheet.heading[-1], said) for r in rows]
    sheet.refuse(faults + [sheet.fault(len(names) - 1, sheet.heading[1 + int(c)], said) for c in columns])
    return np.asarray(whole[:-1, :-1])


def waiting(path: Path, as_of: date | None = None) -> dict[str, Any]:
    """Days from ready to the first P2K2 led, by route; unsaid, what is known ends with the month of the last date.

    Columns pendamping, route, ready_date, first_p2k2 and left_service (both may be blank).
    """
    sheet = read(path)
    sheet.once("pendamping")
    names, route = codes(sheet.texts("route"))
    ready, began, left = (
        sheet.days("ready_date"),
        sheet.days("first_p2k2", blank=NOT_YET),
        sheet.days("left_service", NOT_YET),
    )
    for column, day in (("first_p2k2", began), ("left_service", left)):
        early = np.flatnonzero(day < ready)
        sheet.refuse([sheet.fault(int(r), column, _("lebih awal dari ready_date")) for r in early])
    end = as_of.toordinal() - EPOCH if as_of else _month_end(np.concatenate([ready, began[began < NOT_YET]]))
    seen = np.minimum(left, end)
    happened = (began <= seen).astype(np.int64)
    known = ready <= end
    days = (np.where(happened == 1, began, seen) - ready).astype(np.float64)
    days, happened, route = days[known], happened[known], route[known]
    found: dict[str, Any] = {str(n): _one_route(days, happened, route == i) for i, n in enumerate(names)}
    square, p = km.logrank(days, happened, route)
    return {"time_to_first": found | {"logrank": {"chisq": square, "p": p}}}


NOT_YET = int(np.iinfo(np.int64).max)


def _month_end(days: Ints) -> int:
    month = days.max().astype("datetime64[D]").astype("datetime64[M]") + 1
    return int(month.astype("datetime64[D]").astype(np.int64)) - 1


def _one_route(days: Any, happened: Ints, chosen: Any) -> dict[str, Any]:
    own, events = days[chosen], happened[chosen]
    curve = km.curve(own, events)
    still, error = curve.at(SOON_DAYS)
    return {
        "n": own.size,
        "events": int(events.sum()),
        "median": curve.median(),
        "S30": still,
        "started_within_30d": 1 - still,
        "se30": error,
        "wrong_mean_of_completed": km.naive_mean(own, events),
        "wrong_share_ignoring_censoring": km.naive_share(own, events, SOON_DAYS),
    }
