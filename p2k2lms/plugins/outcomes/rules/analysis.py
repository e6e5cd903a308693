"""What a plan comes to on a cube: every figure of the report, computed from the cells alone."""

from dataclasses import replace
from typing import Any

import numpy as np

from p2k2lms.plugins.outcomes.rules import cube as cubing
from p2k2lms.plugins.outcomes.rules import plain
from p2k2lms.plugins.outcomes.rules import verdict as words
from p2k2lms.plugins.outcomes.rules.cube import Columns
from p2k2lms.plugins.outcomes.rules.plan import COLUMNS, HALF, LAGS, LOAD, RARE, Plan
from p2k2lms.stats import cube as cubes
from p2k2lms.stats import did, exchange, holm, study
from p2k2lms.stats.arithmetic import ratio, root
from p2k2lms.stats.cube import NEVER, Cube
from p2k2lms.stats.distributions import t_two_sided

LOT = 0.95
"""Of the trained so many must have been drawn for the order to count as a draw."""
ARMS = ("belum", "sebelum", "sesudah")


def result(plan: Plan, columns: Columns) -> dict[str, Any]:
    """All figures of the report, plain numbers; what is undefined is None.

    With fewer than ten kabupaten no effect and no interval is computed at all: what is there is only described.
    """
    if columns.month.size == 0:
        return {"verdict": words.FEW, "sizes": {"kabupaten": 0, "trained": 0, "untrained": 0}}
    cube, design = cubing.outcome(columns, COLUMNS[plan.outcome]), plan.design
    sizes, checks = _sizes(columns, cube), cubing.checks(columns, cube, design)
    gap, reported = study.reporting(checks), enough(checks)
    told: dict[str, Any] = {
        "sizes": sizes,
        "reporting": _reporting(checks, gap, columns, enough=reported),
        "balance": [_balance(columns, name, cube) for name in ("met", "came", "load")],
        "left": _left(columns, cube),
        "described": _described(cube),
    }
    if sizes["kabupaten"] < words.FEWEST_KABUPATEN:
        return _plain(told | {"verdict": words.FEW})
    return _plain(told | _effects(plan, columns, sizes, (gap, reported)))


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = plain.of(told)
    return found


def _effects(plan: Plan, columns: Columns, sizes: dict[str, Any], seen: tuple[did.Effect, bool]) -> dict[str, Any]:
    """The effect with its line, its doubts, and the word that follows."""
    (gap, reported), design = seen, plan.design
    cube, parts = cubing.outcome(columns, COLUMNS[plan.outcome]), cubing.parts(columns, COLUMNS[plan.outcome])
    effect, points, kabupaten = study.within(parts, design), study.line(parts, design), sizes["kabupaten"]
    best = study.corrected(effect, gap) if reported else effect
    found = {
        "line": [vars(point) for point in points],
        "effect": vars(study.interval(effect)),
        "corrected": vars(study.interval(best)) if reported else None,
        "unadjusted": vars(study.interval(study.overall(cube, design))) if len(parts) > 1 else None,
        "seconds": _seconds(plan, columns),
        "placebo": vars(study.interval(_other(columns, LOAD, plan))),
        "moved": vars(study.moved(cube, design)),
        "without_one": study.without_one(parts, design, effect),
        "misleading": vars(study.misleading(cube)),
        "chance": study.chance(effect) if kabupaten < study.FEW_CLUSTERS else None,
        "exchanged": exchange.chance(cube, design)._asdict() if kabupaten < study.VERY_FEW_CLUSTERS else None,
    }
    return found | weighed(plan, cube, best, sizes, (points, reported))


def weighed(plan: Plan, cube: Cube, best: did.Effect, sizes: dict[str, Any], seen: Any) -> dict[str, Any]:
    """The drift that the effect stands, and the word that follows."""
    points, reported = seen
    drift, answer = study.drift(cube, plan.design, best, points), study.interval(best)
    _times, low, high = drift.bounds[study.STEPS.index(1.0)]
    facts = words.Facts(
        kabupaten=sizes["kabupaten"],
        trained=sizes["trained"],
        low=answer.low,
        high=answer.high,
        standing=low if answer.est > 0 else high,
        breaks_at=drift.breaks_at,
        by_lot=sizes["by_lot"] >= LOT,
        checked=reported,
    )
    return {
        "drift": vars(drift),
        "verdict": words.verdict(facts, plan.sesoi),
        "falls": answer.est < 0,
        "times_more": words.times_more(answer.error, plan.sesoi),
    }


def _trained(columns: Columns, cube: Cube) -> np.ndarray[Any, Any]:
    """The cells of people trained within the window."""
    return np.isin(columns.cohort, cube.cohorts[cube.treated])


def _sizes(columns: Columns, cube: Cube) -> dict[str, Any]:
    trained = _trained(columns, cube)
    never = ~np.isin(columns.cohort, cube.cohorts[cube.cohorts != NEVER])
    by_lot = int(columns.first[trained & cubing.is_drawn(columns)].sum())
    people = int(columns.first[trained].sum())
    return {
        "kabupaten": int(np.unique(columns.kabupaten[columns.first > 0]).size),
        "trained": people,
        "untrained": int(columns.first[never].sum()),
        "before": int(columns.first[~trained & ~never].sum()),
        "by_lot": by_lot / people if people else 0.0,
        "cohorts": int(cube.treated.size),
        "first": int(cube.months[0]),
        "last": int(cube.months[-1]),
        "people_months": float(cube.people.sum()),
    }


def enough(checks: study.Checks) -> bool:
    """Enough checked reports before and after training, and among the never trained where there are any."""
    counts = checks.count.sum(axis=(0, 1))
    return bool((counts[1:] >= words.FEWEST_CHECKED).all() and (counts[0] == 0 or counts[0] >= words.FEWEST_CHECKED))


def _reporting(checks: study.Checks, gap: did.Effect, columns: Columns, *, enough: bool) -> dict[str, Any]:
    count, said, met = (part.sum(axis=(0, 1)) for part in (checks.count, checks.said, checks.met))
    arms = [
        {"arm": arm, "checked": int(count[n]), "said": int(said[n]), "met": int(met[n])} for n, arm in enumerate(ARMS)
    ]
    reached = {"drawn": int(columns.drawn.sum()), "checked": int(columns.checked.sum())}
    return {"arms": arms, "enough": enough, "gap": vars(study.interval(gap)) if enough else None} | reached


def _other(columns: Columns, key: str, plan: Plan) -> did.Effect:
    parts = cubing.parts(columns, COLUMNS[key])
    if key not in RARE:
        return study.within(parts, replace(plan.design, lag=LAGS.get(key, 0)))
    spans = [cubes.in_spans(part, HALF, plan.anticipation) for part in parts]
    return study.within(spans, replace(plan.design, anticipation=0, reach=-(-plan.reach // HALF)))


def _seconds(plan: Plan, columns: Columns) -> list[dict[str, Any]]:
    """The outcomes that decide nothing, each with its p and with that of Holm over all of them."""
    effects = [_other(columns, key, plan) for key in plan.seconds]
    chances = [t_two_sided(ratio(one.att, one.error()), one.influence.size - 1) for one in effects]
    told = zip(plan.seconds, effects, chances, holm.adjusted(chances), strict=True)
    return [
        {"outcome": key, **vars(study.interval(one)), "p": p, "holm": raised, **_known(columns, key)}
        for key, one, p, raised in told
    ]


def _known(columns: Columns, key: str) -> dict[str, int]:
    """Of how many sheets or people a rare outcome is known at all."""
    return {"known": int(getattr(columns, f"n_{COLUMNS[key]}").sum())} if key in RARE else {}


def _described(cube: Cube) -> list[dict[str, Any]]:
    """What was seen, by arm: person-months and the mean of the outcome. It compares nobody."""
    ever = np.isin(cube.cohorts, cube.cohorts[cube.treated])[None, :, None]
    after = cube.months[None, None, :] >= cube.cohorts[None, :, None]
    never = (cube.cohorts == NEVER)[None, :, None]
    kept = (never, ever & ~after, ever & after)
    sums = [(float((cube.people * one).sum()), float((cube.total * one).sum())) for one in kept]
    return [{"arm": arm, "months": n, "mean": ratio(total, n)} for arm, (n, total) in zip(ARMS, sums, strict=True)]


def _balance(columns: Columns, name: str, cube: Cube) -> dict[str, Any]:
    """In the first month: the mean of those who will be trained and of those who will not, and how far apart in SD."""
    start = columns.month == cube.months[0]
    never = ~np.isin(columns.cohort, cube.cohorts[cube.cohorts != NEVER])
    (a, va), (b, vb) = (_spread(columns, name, start & who) for who in (_trained(columns, cube), never))
    return {"name": name, "trained": a, "untrained": b, "smd": ratio(a - b, root((va + vb) / 2))}


def _spread(columns: Columns, name: str, kept: np.ndarray[Any, Any]) -> tuple[float, float]:
    n, total, square = (float(getattr(columns, f"{part}_{name}")[kept].sum()) for part in ("n", "sum", "sq"))
    average = ratio(total, n)
    return average, ratio(square - n * average**2, n - 1)


def _left(columns: Columns, cube: Cube) -> dict[str, float]:
    """Of those who were there in the first month, the percent no longer there in the last, by arm."""
    never = ~np.isin(columns.cohort, cube.cohorts[cube.cohorts != NEVER])
    return {arm: _gone(columns, kept) for arm, kept in (("trained", _trained(columns, cube)), ("untrained", never))}


def _gone(columns: Columns, kept: Any) -> float:
    there, stayed = float(columns.there[kept].sum()), float(columns.stayed[kept].sum())
    return 100 - 100 * ratio(stayed, there)
