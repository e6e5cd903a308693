"""What a synthetic world hides: the effect of training on each person in each month, as a file beside its database."""

import csv
from collections.abc import Collection, Sequence
from io import StringIO
from math import isfinite
from typing import NamedTuple

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.plugins.outcomes.rules.plan import Plan, number, year_and_month
from p2k2lms.stats import cube as cubes
from p2k2lms.stats.arithmetic import Floats, Ints
from p2k2lms.stats.study import overall

WHO = ("orang", "kabupaten", "dilatih")


class Truth(NamedTuple):
    """By person: the code of the kabupaten, the month of training (0: never); by month, counted from year 0: points."""

    people: Sequence[str]
    kabupaten: Sequence[str]
    trained: Ints
    months: Ints
    effect: Floats


def spelled(truth: Truth) -> str:
    """One line a person: who, where, the first full month after training, and the points of each month."""
    told = StringIO()
    out = csv.writer(told, lineterminator="\n")
    out.writerow([*WHO, *(_named(int(month)) for month in truth.months)])
    for n, person in enumerate(truth.people):
        trained = _named(int(truth.trained[n])) if truth.trained[n] else ""
        out.writerow([person, truth.kabupaten[n], trained, *(f"{points:g}" for points in truth.effect[n])])
    return told.getvalue()


def read(text: str) -> Truth:
    """The truth of a spelling; ValueError for what is none."""
    rows = list(csv.reader(StringIO(text)))
    if len(rows) < 2 or tuple(rows[0][: len(WHO)]) != WHO or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(_("Kolomnya bukan kolom kebenaran dunia buatan."))
    months = np.array([_number(name) for name in rows[0][len(WHO) :]], dtype=np.int64)
    trained = np.array([_number(row[2]) if row[2] else 0 for row in rows[1:]], dtype=np.int64)
    effect = np.array([row[len(WHO) :] for row in rows[1:]], dtype=np.float64)
    return Truth([row[0] for row in rows[1:]], [row[1] for row in rows[1:]], trained, months, effect)


def of_plan(truth: Truth, plan: Plan, kabupaten: Collection[str]) -> float:
    """The mean effect over the cohorts and months that this plan compares, in points."""
    here = np.isin(truth.kabupaten, sorted(kabupaten))
    inside = truth.months >= plan.first
    if plan.last:
        inside &= truth.months <= plan.last
    effect, months = truth.effect[np.ix_(here, inside)], truth.months[inside]
    if not effect.size:
        return float("nan")
    places, trained = np.array(truth.kabupaten)[here], truth.trained[here]
    rows = (np.repeat(places, months.size), np.repeat(trained, months.size), np.tile(months, len(places)))
    return overall(cubes.build(*rows, effect.reshape(-1)), plan.design).att


def beside(true: float, effect: dict[str, float]) -> dict[str, float | bool]:
    """The truth beside what a run came to: the estimate, its interval, and whether that holds the truth."""
    low, high = effect["low"], effect["high"]
    within = isfinite(true) and low <= true <= high
    return {"true": true, "est": effect["est"], "low": low, "high": high, "within": within}


def _named(month: int) -> str:
    return "{}-{:02d}".format(*year_and_month(month))


def _number(name: str) -> int:
    year, _stroke, month = name.partition("-")
    return number(int(year), int(month))
