"""What a plan comes to on a cube: every figure of the report, computed from the cells alone."""

from typing import Any

import numpy as np

from p2k2lms.plugins.outcomes.rules import cube as cubing
from p2k2lms.plugins.outcomes.rules import plain
from p2k2lms.plugins.outcomes.rules import verdict as words
from p2k2lms.plugins.outcomes.rules.cube import Columns
from p2k2lms.plugins.outcomes.rules.plan import COLUMNS, LOAD, Plan
from p2k2lms.stats import did, study
from p2k2lms.stats.arithmetic import ratio, root
from p2k2lms.stats.cube import NEVER, Cube

LOT = 0.95
"""Of the trained so many must have been drawn for the order to count as a draw."""
ARMS = ("belum", "sebelum", "sesudah")


def result(plan: Plan, columns: Columns) -> dict[str, Any]:
    """All figures of the report, plain numbers; what is undefined is None."""
    if columns.month.size == 0:
        return {"verdict": words.FEW, "sizes": {"kabupaten": 0, "trained": 0, "untrained": 0}}
    cube, design = cubing.outcome(columns, COLUMNS[plan.outcome]), plan.design
    effect, sizes = study.overall(cube, design), _sizes(columns, cube)
    checks = cubing.checks(columns, cube, design)
    gap, enough = study.reporting(checks), _enough(checks)
    best = study.corrected(effect, gap) if enough else effect
    points = study.line(cube, design)
    found = {
        "sizes": sizes,
        "reporting": _reporting(checks, gap, columns, enough=enough),
        "balance": [_balance(columns, name, cube) for name in ("met", "came", "load")],
        "line": [vars(point) for point in points],
        "effect": vars(study.interval(effect)),
        "corrected": vars(study.interval(best)) if enough else None,
        "second": vars(_other(columns, COLUMNS[plan.second], plan)),
        "placebo": vars(_other(columns, COLUMNS[LOAD], plan)),
        "moved": vars(study.moved(cube, design)),
        "without_one": study.without_one(cube, design, effect),
        "left": _left(columns, cube),
        "misleading": vars(study.misleading(cube)),
        "chance": study.chance(effect) if cube.clusters.size < study.FEW_CLUSTERS else None,
    }
    told: dict[str, Any] = plain.of(found | _verdict(plan, cube, best, sizes, (points, enough)))
    return told


def _verdict(plan: Plan, cube: Cube, best: did.Effect, sizes: dict[str, Any], seen: Any) -> dict[str, Any]:
    """The drift that the effect stands, and the word that follows."""
    points, enough = seen
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
        checked=enough,
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
    by_lot = int(columns.first[trained & (columns.stratum == cubing.BY_LOT)].sum())
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


def _enough(checks: study.Checks) -> bool:
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


def _other(columns: Columns, name: str, plan: Plan) -> study.Range:
    return study.interval(study.overall(cubing.outcome(columns, name), plan.design))


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
