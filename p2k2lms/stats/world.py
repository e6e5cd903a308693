"""An invented world whose truth is known: pendamping by months, with switches for what usually deceives."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from p2k2lms.stats import cube as cubes
from p2k2lms.stats.arithmetic import Floats, Ints
from p2k2lms.stats.study import Checks, Design, overall

FIRST, HIGHEST, FADE, LEFT = 4.0, 10.0, 0.8, 5.0
"""A class is worth 4 points at once, one more each month up to 10, then 0.8 less each month down to 5."""
STEADY = 8.0
FASTING, FASTING_MONTHS = -6.0, (3, 15)


@dataclass(frozen=True)
class World:
    """The size of the world and its switches; points are percent of groups that met."""

    people: int = 2_000
    kabupaten: int = 60
    months: int = 24
    groups: int = 5
    rounds: int = 12
    trained: float = 0.6
    effect: Literal["none", "growing", "constant"] = "growing"
    order: Literal["able", "lot", "place", "rising"] = "able"
    dip: float = 0.0
    filed: tuple[float, float] = (1.0, 1.0)
    checked: float = 0.0


@dataclass(frozen=True)
class Made:
    """What was made: for each person kabupaten and training month (0: never), by month groups met, said, checked."""

    kabupaten: Ints
    trained: Ints
    met: Ints
    said: Ints
    effect: Floats
    checks: tuple[Ints, Ints, Ints]

    @property
    def month(self) -> Ints:
        """The months, from 1."""
        return np.arange(1, self.met.shape[1] + 1)

    @property
    def since(self) -> Ints:
        """Months since training, a large negative number for who is never trained."""
        return np.where(self.trained[:, None] > 0, self.month - self.trained[:, None], -999)


def worth(since: Ints) -> Floats:
    """What a class is worth so many months after it; 0 before."""
    rising = np.minimum(FIRST + since, HIGHEST)
    fading = np.maximum(HIGHEST - FADE * (since - (HIGHEST - FIRST)), LEFT)
    return np.where(since < 0, 0.0, np.where(since <= HIGHEST - FIRST, rising, fading))


def make(world: World, seed: int) -> Made:
    """One draw of the world; the same seed gives the same draw."""
    lot = np.random.default_rng(seed)
    kabupaten = np.sort(lot.integers(0, world.kabupaten, world.people))
    able = lot.normal(0, 6, world.people)
    return live(world, kabupaten, _calls(world, kabupaten, able, lot), able, lot)


def live(world: World, kabupaten: Ints, trained: Ints, able: Floats, lot: np.random.Generator) -> Made:
    """The months of people who are there already: where each works, when trained (0: never), and how able."""
    month = np.arange(1, world.months + 1)
    since = np.where(trained[:, None] > 0, month - trained[:, None], -999)
    steady = {"none": 0.0, "constant": STEADY}
    effect = worth(since) if world.effect == "growing" else np.where(since >= 0, steady[world.effect], 0.0)
    level = 70 + lot.normal(0, 5, world.kabupaten)[kabupaten] + able
    level = level[:, None] + _shocks(world, lot)[kabupaten] + FASTING * np.isin(month, FASTING_MONTHS)
    if world.order == "rising":
        level += 0.5 * np.clip(trained > 0, 0, 1)[:, None] * month
    level += world.dip * (since == -1)
    met = lot.binomial(world.groups, np.clip(level + effect, 0, 100) / 100)
    said = lot.binomial(met, np.where(since >= 0, world.filed[1], world.filed[0]))
    return Made(kabupaten, trained, met, said, effect, _checks(world, met, said, lot))


def _calls(world: World, kabupaten: Ints, able: Floats, lot: np.random.Generator) -> Ints:
    """The training month of each person: rounds from the seventh month on, filled in the order of the world."""
    order = {
        "able": -able + lot.normal(0, 6, world.people),
        "place": lot.permutation(world.kabupaten)[kabupaten] + 0.0,
    }.get(world.order, lot.random(world.people))
    rank = np.argsort(np.argsort(order, kind="stable"), kind="stable") / world.people
    called = np.floor(rank / world.trained * world.rounds) if world.trained else np.full(world.people, world.rounds)
    return np.where(called < world.rounds, 7 + called, 0).astype(np.int64)


def _shocks(world: World, lot: np.random.Generator) -> Floats:
    """What moves a whole kabupaten for a while: SD 2, of which six tenths last into the next month."""
    fresh = lot.normal(0, 2, (world.kabupaten, world.months))
    shocks = fresh.copy()
    for month in range(1, world.months):
        shocks[:, month] = 0.6 * shocks[:, month - 1] + 0.8 * fresh[:, month]
    return shocks


def _checks(world: World, met: Ints, said: Ints, lot: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """A random part of the group-months is looked at: how many, how many of them were said to meet, how many met."""
    count = lot.binomial(world.groups, world.checked, met.shape)
    really = lot.hypergeometric(met, world.groups - met, count)
    told = np.minimum(really, lot.binomial(really, np.divide(said, np.maximum(met, 1))))
    return count, told, really


def cube_of(made: Made, groups: int) -> cubes.Cube:
    """The cube of what was reported: percent of the groups of each pendamping that are said to have met."""
    people, months = made.said.shape
    rows = (np.repeat(made.kabupaten, months), np.repeat(made.trained, months), np.tile(made.month, people))
    return cubes.build(*rows, 100.0 * made.said.reshape(-1) / groups)


def checks_of(made: Made, design: Design) -> Checks:
    """What was checked, by kabupaten, month and arm, as a study takes it."""
    untrained = made.since < -design.anticipation
    after = (made.since >= 0) & (made.since < design.reach)
    ever = (made.trained > 0)[:, None]
    arms = (untrained & ~ever, untrained & ever, after)
    own = (np.arange(int(made.kabupaten.max()) + 1)[:, None] == made.kabupaten).astype(np.float64)
    return Checks(*(np.stack([own @ (part * kept) for kept in arms], axis=2) for part in made.checks))


def truth(made: Made, design: Design) -> float:
    """The mean effect over the cohorts and months that the design can compare, in points: the effect of the effect."""
    people, months = made.said.shape
    rows = (np.repeat(made.kabupaten, months), np.repeat(made.trained, months), np.tile(made.month, people))
    return overall(cubes.build(*rows, made.effect.reshape(-1)), design).att
