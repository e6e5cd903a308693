"""Figures about what training changed: the effect, its cross-checks, adjusted comparisons and their doubts."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes.sheets import Sheet, read
from p2k2lms.stats import adjust as adjusting
from p2k2lms.stats import cube as cubes
from p2k2lms.stats import did, fewclusters, honest, panel_checks, regression
from p2k2lms.stats.arithmetic import Floats, Ints, Labels, codes, ratio
from p2k2lms.stats.distributions import t_two_sided

COVARIATES = ("tenure_years", "kpm", "remote", "y_before")


@dataclass(frozen=True)
class Panel:
    """People by months, in order of person and month; `kabupaten` is that of a person's first month."""

    sheet: Sheet
    person: Labels
    kabupaten: Labels
    trained: Ints
    month: Ints
    y: Floats


def panel(path: Path) -> Panel:
    """Columns pendamping, kabupaten, train_month (0 or blank: never), month, y; one row a person and month."""
    sheet = read(path)
    person, kabupaten = sheet.texts("pendamping"), sheet.texts("kabupaten")
    trained, month = sheet.wholes("train_month", blank=cubes.NEVER), sheet.wholes("month", low=1)
    y = sheet.numbers("y")
    order = np.lexsort((month, person))
    _consistent(sheet, order, (person, trained, month))
    _, first, index = np.unique(person[order], return_index=True, return_inverse=True)
    start = kabupaten[order][first][index.reshape(-1)]
    return Panel(sheet, person[order], start, trained[order], month[order], y[order])


def _consistent(sheet: Sheet, order: Ints, columns: tuple[Labels, Ints, Ints]) -> None:
    person, trained, month = columns
    faults = []
    for before, row in pairwise(order):
        if person[before] != person[row]:
            continue
        if month[before] == month[row]:
            faults.append(sheet.fault(int(row), "month", _("bulan ini sudah ada untuk %(name)s", name=person[row])))
        if trained[before] != trained[row]:
            said = _("bulan dilatih %(name)s berbeda dari barisnya yang lain", name=person[row])
            faults.append(sheet.fault(int(row), "train_month", said))
    sheet.refuse(faults)


def effect(path: Path, control: str, anticipation: int = 0) -> dict[str, Any]:
    """The effect against those never, or not yet, trained, with errors over people (se) and kabupaten (se_kab)."""
    data = panel(path)
    by_place = cubes.build(data.kabupaten, data.trained, data.month, data.y)
    by_person = cubes.build(data.person, data.trained, data.month, data.y)
    places = did.group_times(by_place, control, anticipation)
    if not any(cell.since >= 0 for cell in places):
        said = _("tidak ada bulan yang bisa dibandingkan: perlu orang yang dilatih dan orang yang belum dilatih.")
        raise data.sheet.column_fault("train_month", said)
    people = did.group_times(by_person, control, anticipation)
    one, own = did.simple(by_place, places), did.simple(by_person, people)
    summary = _errors(one, own) | {"se_kab_nocorr": one.error(corrected=False)}
    spans = zip(did.event(by_place, places).items(), did.event(by_person, people).values(), strict=True)
    cohorts = zip(did.group(by_place, places).items(), did.group(by_person, people).values(), strict=True)
    found = {
        "simple": {"est": summary.pop("att")} | summary,
        "event": [{"e": e} | _errors(x, z) | {"n_cohorts": n} for (e, (x, n)), (z, _n) in spans],
        "group": [{"g": g} | _errors(x, z) for (g, x), z in cohorts],
    }
    return {f"did.{control}.{key}": value for key, value in found.items()} | _checks(by_place)


def _errors(by_place: did.Effect, by_person: did.Effect) -> dict[str, float]:
    return {"att": by_place.att, "se": by_person.error(corrected=False), "se_kab": by_place.error()}


def _checks(cube: cubes.Cube) -> dict[str, Any]:
    two_way = panel_checks.two_way(cube)
    return {
        "did.twfe": {
            "est": two_way.est,
            "se_kab_HC1": two_way.se_hc1,
            "CR2_se": two_way.cr2.se,
            "CR2_df": two_way.cr2.df,
            "CR2_p": two_way.cr2.p,
        },
        "did.bacon": [
            {"type": p.kind, "treated": p.treated, "control": p.control, "est": p.est, "w": p.weight}
            for p in panel_checks.bacon(cube)
        ],
        "did.imputation_overall": panel_checks.imputation(cube),
        "did.sun_abraham_event": [{"e": e, "b": b} for e, b in panel_checks.sun_abraham(cube)],
    }


def sensitivity(path: Path, cohort: int | None = None) -> dict[str, Any]:
    """One cohort against the never trained: how much hidden drift its effect stands."""
    data = panel(path)
    months = np.unique(data.month)
    people, first = np.unique(data.person, return_index=True)
    trained = np.where(data.trained[first] > months.max(), cubes.NEVER, data.trained[first])
    groups = [int(g) for g in np.unique(trained) if g != cubes.NEVER]
    wanted = cohort if cohort is not None else (groups[(len(groups) - 1) // 2] if groups else cubes.NEVER)
    never = trained == cubes.NEVER
    if wanted not in groups or wanted - 1 not in months or not never.any():
        said = _("perlu orang yang dilatih pada satu bulan, data bulan sebelumnya, dan orang yang tidak dilatih.")
        raise data.sheet.column_fault("train_month", said)
    kept = people[(trained == wanted) | never]
    rows = np.isin(data.person, kept)
    if rows.sum() != kept.size * months.size:
        raise data.sheet.column_fault("month", _("ada orang yang tidak punya baris setiap bulan."))
    own = (data.trained[rows].reshape(kept.size, -1)[:, 0] == wanted).astype(np.float64)
    return {"honest": _doubts(honest.sensitivity(data.y[rows].reshape(kept.size, -1), own, months, wanted))}


def _doubts(found: honest.Sensitivity) -> dict[str, Any]:
    return {
        "event_universal": {str(e): value for e, value in found.event.items()},
        "max_pre_jump": found.jump,
        "rows": [
            {
                "Mbar": bound.times,
                "hand_set_e0": [bound.low, bound.high],
                "lb": bound.low,
                "ub": bound.high,
                "ci_lb": bound.ci_low,
                "ci_ub": bound.ci_high,
                "original_estimate": found.est,
                "original_se": found.se,
            }
            for bound in found.bounds
        ],
    }


def adjust(path: Path) -> dict[str, Any]:
    """Class against coaching, adjusted; columns pendamping, kabupaten, the covariates, trained_class, y_after."""
    sheet = read(path)
    sheet.once("pendamping")
    treated, y = sheet.flags("trained_class"), sheet.numbers("y_after")
    table = np.column_stack([sheet.numbers(column) for column in COVARIATES])
    cluster = codes(sheet.texts("kabupaten"))[1]
    _both_groups(sheet, "trained_class", treated)
    beta, chance = adjusting.propensity(table, treated)
    if not np.isfinite(beta).all():
        said = _("kedua kelompok tidak tumpang tindih, jadi tidak bisa dibandingkan.")
        raise sheet.column_fault("trained_class", said)
    figures = _comparison(y, treated, table) | _weighting(y, treated, chance)
    figures |= _balance(treated, table, chance)
    figures["ps_coef"] = dict(zip(("(Intercept)", *COVARIATES), beta.tolist(), strict=True))
    scores = adjusting.doubly_robust(y, treated, table, chance)
    figures |= {"aipw_ate": scores.mean(), "aipw_se": adjusting.score_error(scores)}
    figures["aipw_se_kabupaten"] = adjusting.score_error_clustered(scores, cluster)
    match = adjusting.greedy_match(y, treated, chance)
    figures |= {"greedy_caliper": match.caliper, "greedy_pairs": len(match.pairs), "greedy_att": match.att}
    return {"adjust": figures}


def _both_groups(sheet: Sheet, column: str, treated: Floats) -> None:
    if min((treated == 1).sum(), (treated == 0).sum()) < 2:
        said = _("tiap kelompok (0 dan 1) perlu paling sedikit dua orang.")
        raise sheet.column_fault(column, said)


def _comparison(y: Floats, treated: Floats, table: Floats) -> dict[str, Any]:
    return {
        "n": y.size,
        "n_class": int(treated.sum()),
        "naive_difference": adjusting.weighted_difference(y, treated, np.ones_like(y)),
        "ols_adjusted": adjusting.outcome_regression(y, treated, table),
    }


def _weighting(y: Floats, treated: Floats, chance: Floats) -> dict[str, Any]:
    weights = adjusting.ate_weights(treated, chance)
    return {
        "ps_range_class": [chance[treated == 1].min(), chance[treated == 1].max()],
        "ps_range_coaching": [chance[treated == 0].min(), chance[treated == 0].max()],
        "ess_class": adjusting.effective_size(weights[treated == 1]),
        "ess_coaching": adjusting.effective_size(weights[treated == 0]),
        "ipw_hajek_ate": adjusting.weighted_difference(y, treated, weights),
        "ipw_att": adjusting.weighted_difference(y, treated, adjusting.att_weights(treated, chance)),
    }


def _balance(treated: Floats, table: Floats, chance: Floats) -> dict[str, Any]:
    def differences(weights: Floats) -> dict[str, float]:
        return {
            name: adjusting.standardised_difference(table[:, j], treated, weights) for j, name in enumerate(COVARIATES)
        }

    return {
        "smd_before": differences(np.ones_like(treated)),
        "smd_ate_weights": differences(adjusting.ate_weights(treated, chance)),
    }


def few_clusters(path: Path) -> dict[str, Any]:
    """A difference that few kabupaten decide; columns pendamping, kabupaten, treated, gain."""
    sheet = read(path)
    sheet.once("pendamping")
    treated, gain = sheet.flags("treated"), sheet.numbers("gain")
    names, cluster = codes(sheet.texts("kabupaten"))
    _both_groups(sheet, "treated", treated)
    fit = fewclusters.difference(gain, treated)
    est, plain = float(fit.beta[1]), float(regression.classical(fit)[1])
    clustered = fewclusters.clustered(fit, cluster)
    adjusted = regression.cr2(fit, cluster, 1)
    wild, signs = fewclusters.wild_bootstrap(gain, treated, cluster)
    stat, chance, ways = fewclusters.randomisation(gain, treated, cluster)
    figures = {
        "N": gain.size,
        "C": names.size,
        "est": est,
        "se": {"iid": plain, "cr1": clustered, "cr2": adjusted.se},
        "p_iid": t_two_sided(ratio(est, plain), fit.degrees),
        "p_cr1_t_Cminus1": t_two_sided(ratio(est, clustered), names.size - 1),
        "cr2": vars(adjusted),
        "t_obs": ratio(est, clustered),
        f"wild_p_enumerated_{signs}": wild,
        "ri_stat": stat,
        f"ri_p_{ways}": chance,
    }
    return {"fewclusters": figures}
