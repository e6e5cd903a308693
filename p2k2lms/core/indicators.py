"""What an indicator is: a definition as data that a plugin declares, with the one SELECT that counts it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app

Count = Callable[[date, Collection[int] | None], Any]
"""Of a month and of some units (None: all), a SELECT of
`unit_id, stratum, numerator, denominator, n_people, missing`, one row for each base unit and stratum."""


@dataclass(frozen=True)
class Indicator:
    """One figure of the platform; texts are lazy strings.

    A base unit is where the facts lie; sums upward are made from it, so a fact belongs to one base unit alone.
    Numerator and denominator are whole numbers; `scale` makes the figure of their ratio, 100 for percent.
    `window` is how many months are summed when it is read. `facts` are the marks after which it is counted
    again. With `apart` what is missing is counted as the denominator is and stands beside it, so that its share can be
    told. Without `count` it belongs to a later release: it is shown as not yet counted, never as 0.
    """

    id: str
    name: Any
    above: Any = ""
    below: Any = ""
    level: str = "L3"  # input, process, driver, L1, L2, L3, L4, quality, context, roi
    direction: str = "up"  # up, down, none
    missing: Any = ""
    target: int | None = None
    scale: float = 100
    measure: str = "percent"  # percent, points, per_year, mean, days
    window: int = 1
    version: int = 1
    apart: bool = False
    facts: tuple[str, ...] = ()
    count: Count | None = None

    @property
    def rilis(self) -> int:
        """1 for what is counted, 2 for what a later release will count."""
        return 1 if self.count is not None else 2


def declared() -> Mapping[str, Indicator]:
    """Every indicator that the plugins declare, by id."""
    found: Mapping[str, Indicator] = current_app.extensions["indicators"]
    return found
