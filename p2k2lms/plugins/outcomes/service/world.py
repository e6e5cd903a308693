"""The synthetic world of a larger demo: a year in the field that follows from who was trained when, and its truth."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes.queries import cubes
from p2k2lms.plugins.outcomes.queries import plans as read
from p2k2lms.plugins.outcomes.rules import plan as plans
from p2k2lms.plugins.outcomes.rules.truth import Truth, beside, of_plan
from p2k2lms.plugins.outcomes.service import running
from p2k2lms.plugins.outcomes.service.plans import this_month
from p2k2lms.stats.world import Made, World, live

ABLE, SETTLED, PRESENT = 6.0, 0.88, 0.6
"""How far people differ, in points; how often groups meet whose months were there before; and how many have met already
in the month that runs."""
KABUPATEN = 5  # the piece of a path that names it


@dataclass(frozen=True)
class Invented:
    """A world as it was made: its people, its months (the last one runs), and what happened in them."""

    people: list[int]
    months: list[date]
    made: Made
    truth: Truth


def invent(whole_months: int, seed: int, told: float = 1.0) -> Invented:
    """Draw the year of every demo pendamping: trained when the spells say it, with an effect that is known.

    Of the groups that met the share `told` is told of, before and after training alike: only checks bring it to light.
    """
    people = identity.demo_people("pendamping")
    homes = identity.home_units(people, clock.today())
    people = [person for person in people if person in homes]
    codes = [homes[person].path.split("/")[:KABUPATEN][-1] for person in people]
    lot, first = np.random.default_rng(seed), this_month() - whole_months
    numbers = np.arange(first, this_month() + 1)
    months = [date(*plans.year_and_month(int(n)), 1) for n in numbers]
    names, places = np.unique(codes, return_inverse=True)
    trained = _trained(people)
    world = World(len(people), names.size, len(months), filed=(told, told))
    since = np.where(trained > 0, trained - first + 1, 0)
    made = live(world, places.reshape(-1), since, lot.normal(0, ABLE, len(people)), lot)
    met, said, effect = made.met.copy(), made.said.copy(), made.effect.copy()
    lived = fieldwork.months_known(months[:-1])  # the month that runs is begun for everybody, and says nothing yet
    old = np.isin(people, sorted({person for person, _month in lived}))
    met[old] = said[old] = lot.binomial(world.groups, SETTLED, met[old].shape)
    effect[old] = 0
    met[:, -1] = said[:, -1] = lot.binomial(met[:, -1], PRESENT)
    made = Made(made.kabupaten, since, met, said, effect, made.checks)
    return Invented(people, months, made, Truth([str(p) for p in people], codes, trained, numbers[:-1], effect[:, :-1]))


def _trained(people: list[int]) -> Any:
    """The first full month after each one's first training, counted from year 0; 0 for who has none behind him."""
    ended = dict(cubes.trainings_over())
    days = [ended.get(person) for person in people]
    return np.array([plans.number(day.year, day.month) + (day.day > 1) if day else 0 for day in days], dtype=np.int64)


def live_through(world: Invented, seed: int, *, meetings: bool) -> None:
    """Leave the year in the field: as meetings, counted and checked, or only as the sums of its whole months."""
    kept = len(world.months) if meetings else len(world.months) - 1
    met, said = (
        {p: part[n, :kept].tolist() for n, p in enumerate(world.people)} for part in (world.made.met, world.made.said)
    )
    year = fieldwork.Year(world.months[:kept], met, said)
    fieldwork.write_year(year, seed) if meetings else fieldwork.write_sums(year)


def compare(plan_id: int, truth: Truth) -> dict[str, Any] | None:
    """The truth beside what the page answers, corrected where reports were checked; None where it has no estimate."""
    row, run = read.plan(plan_id), read.latest([plan_id]).get(plan_id)
    answer = (run.result.get("corrected") or run.result.get("effect")) if run else None
    if row is None or answer is None:
        return None
    _text, columns = running.columns_of(plan_id)
    return beside(of_plan(truth, running.frozen(row), set(columns.kabupaten)), answer)
