"""Figures about tests: items, gain, and two forms on one scale."""

from pathlib import Path
from typing import Any

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes.sheets import FileFault, Sheet, read
from p2k2lms.stats import effect_sizes, equate, prepost, rasch, regression
from p2k2lms.stats import items as item_figures
from p2k2lms.stats.arithmetic import Floats, Labels, ratio

FULL = 100.0
RELIABILITY, CUT, CALLED_BELOW = 0.80, 70.0, 40.0


def items(responses: Path, listed: Path) -> dict[str, Any]:
    """Test and item statistics; columns of RESPONSES: examinee and one of marks for each item of ITEMS."""
    sheet, about = read(responses), read(listed)
    names, maxima = about.once("item"), about.numbers("max_mark", low=0)
    about.numbers("random_guess_score", low=0)
    _same_items(sheet, about, names)
    people = sheet.once("examinee")
    marks = np.column_stack([sheet.numbers(n, 0, m) for n, m in zip(names, maxima, strict=True)])
    whole = item_figures.whole_test(marks, maxima)
    found = {f"items.{name}": getattr(whole, name) for name in _WHOLE}
    found |= {"items.skewness_G1": whole.skewness, "items.kurtosis_G2": whole.kurtosis}
    found["items.feldt95"] = list(item_figures.alpha_interval(whole.cic_pct / FULL, *marks.shape))
    found |= _kr20(marks, maxima)
    found["items.alpha_dropping_zero_variance_items"] = item_figures.alpha(item_figures.varying(marks))
    for name, one in zip(names, item_figures.each_item(marks, maxima, people), strict=True):
        own = vars(one)
        found[f"items.{name}"] = {k: own[k] for k in own if k != "upper_lower"} | {"upper_lower27_D": one.upper_lower}
    return found


_WHOLE = ("mean_pct", "median_pct", "sd_pct", "cic_pct", "error_ratio_pct", "standard_error_pct")


def _same_items(sheet: Sheet, about: Sheet, names: Labels) -> None:
    strangers = [c for c in sheet.heading if c != "examinee" and c not in set(names.tolist())]
    said = _("butir ini tidak ada di %(file)s", file=about.name)
    sheet.refuse([f"{sheet.heading_place(c)}: {said}" for c in strangers])


def _kr20(marks: Floats, maxima: Floats) -> dict[str, float]:
    """KR-20 of the items marked 0 or 1, named after the first and the last of them."""
    places = [j for j in range(maxima.size) if maxima[j] == 1 and np.isin(marks[:, j], (0, 1)).all()]
    if len(places) < 2:
        return {}
    return {f"items.kr20_items{places[0] + 1:02d}_{places[-1] + 1:02d}": item_figures.kr20(marks[:, places])}


def gains(
    path: Path, reliability: float = RELIABILITY, cut: float = CUT, below: float = CALLED_BELOW
) -> dict[str, Any]:
    """Gain from pre to post of those with both; columns pendamping, arm, pre_raw, post_raw (may be blank), max_raw."""
    sheet = read(path)
    sheet.once("pendamping")
    arm, full = sheet.texts("arm"), sheet.numbers("max_raw", low=1)
    both = [sheet.numbers(column, low=0, blank=np.nan) for column in ("pre_raw", "post_raw")]
    for column, raw in zip(("pre_raw", "post_raw"), both, strict=True):
        over = np.flatnonzero(raw > full)
        sheet.refuse([sheet.fault(int(r), column, _("lebih besar dari max_raw")) for r in over])
    paired = np.isfinite(both[0]) & np.isfinite(both[1])
    pre, post = (raw[paired] / full[paired] * FULL for raw in both)
    change = prepost.paired_gain(pre, post)
    found: dict[str, Any] = {
        "n_pairs": change.n,
        "mean_pre": change.before,
        "mean_post": change.after,
        "gain": change.gain,
    }
    found |= {"ci_gain": [change.low, change.high], "t": change.t, "p": change.p, "r": change.r}
    found |= _sizes(change) | _shares(pre, post, change, (reliability, cut, below)) | _arms(pre, post, arm[paired])
    return {f"prepost.{key}": value for key, value in found.items()}


def _sizes(change: prepost.Gain) -> dict[str, Any]:
    factor = effect_sizes.small_sample_factor(change.n - 1)
    dz = ratio(change.gain, change.sd_gain)
    spreads = (change.sd_before, change.sd_after)
    dav = ratio(change.gain, effect_sizes.average_spread(*spreads))
    return {
        "dz": dz,
        "gz": factor * dz,
        "ci_dz_noncentral_t": [
            ratio(nc, change.n**0.5) for nc in effect_sizes.noncentrality_interval(change.t, change.n - 1)
        ],
        "J_exact": factor,
        "SMCR": vars(effect_sizes.smcr(change.gain, change.sd_before, change.r, change.n)),
        "dav": dav,
        "gav": factor * dav,
        "ci_dav_algina_keselman": list(effect_sizes.dav_interval(change.t, change.n, spreads, change.sd_gain)),
    }


def _shares(pre: Floats, post: Floats, change: prepost.Gain, settings: tuple[float, float, float]) -> dict[str, Any]:
    reliability, cut, below = settings
    return {
        "hake_class": prepost.hake_class(pre, post),
        "hake_mean_individual": prepost.hake_individual(pre, post),
        "normalised_change": prepost.normalised_change(pre, post),
        "rci": vars(prepost.reliable_change(pre, post, reliability)),
        f"mcnemar_pass{cut:g}": vars(prepost.crossing(pre, post, cut)),
        "regression_to_mean": {
            "cutoff": below,
            "expected_rise_points": prepost.expected_rise(pre, change.r, below),
        },
        "rank_biserial": prepost.rank_biserial(pre, post),
    }


def _arms(pre: Floats, post: Floats, arm: Labels) -> dict[str, Any]:
    """Two arms compared, the first in the alphabet being the reference; nothing to compare gives None."""
    names = np.unique(arm)
    if names.size != 2:
        return {"ancova": None, "gain_score_diff": None}
    on = (arm == names[1]).astype(np.float64)
    adjusted = regression.least_squares(regression.columns(on, pre), post)
    plain = regression.least_squares(regression.columns(on), post - pre)
    key = f"arm_{names[1]}"
    return {
        "ancova": {
            key: adjusted.beta[1],
            "se_ols": regression.classical(adjusted)[1],
            "se_hc3": regression.hc3(adjusted)[1],
            "pre": adjusted.beta[2],
        },
        "gain_score_diff": {key: plain.beta[1], "se_ols": regression.classical(plain)[1]},
    }


def forms(form_a: Path, form_b: Path) -> dict[str, Any]:
    """Form B on the scale of form A; columns person and items of 0 and 1, those with the same name are anchors."""
    sheets = read(form_a), read(form_b)
    names = [[c for c in sheet.heading if c != "person"] for sheet in sheets]
    anchors = [c for c in names[0] if c in names[1]]
    if not anchors:
        raise FileFault(_("%(file)s, baris 1: tidak ada butir jangkar yang sama dengan form A.", file=sheets[1].name))
    for sheet in sheets:
        sheet.once("person")
    a, b = (np.column_stack([s.flags(c) for c in own]) for s, own in zip(sheets, names, strict=True))
    common = [np.column_stack([s.flags(c) for c in anchors]).sum(axis=1) for s in sheets]
    groups = (b.sum(axis=1), common[1], a.sum(axis=1), common[0])
    linear, chain = equate.tucker(*groups), equate.chained(*groups)
    figures = {
        "tucker": _table(linear, b.shape[1]),
        "chained": _table(chain, b.shape[1]),
        "rasch_A_difficulty": rasch.difficulties(a).tolist(),
        "naive_gain_raw": groups[0].mean() - groups[2].mean(),
        "equated_gain_tucker": linear(groups[0]).mean() - groups[2].mean(),
        "anchor_only_gain": common[1].mean() - common[0].mean(),
    }
    return {"forms": figures}


def _table(line: equate.Line, count: int) -> list[dict[str, float]]:
    raw = equate.raw_scores(count)
    return [{"B_raw": int(x), "A_equiv": float(y)} for x, y in zip(raw, line(raw), strict=True)]
