"""The plain things of the indicators: sums, and a figure as a page reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator

ALL = ""  # the stratum of everybody
LATER, NO_RECORD, UNKNOWN, NO_DUTY, SAID = "nanti", "tanpa_catatan", "belum_diketahui", "tanpa_kewajiban", "ada"
LEVELS: dict[str, Any] = {
    "input": lazy("Bekal pendamping"),
    "process": lazy("Proses"),
    "driver": lazy("Pendorong"),
    "L1": lazy("Tingkat 1: tanggapan"),
    "L2": lazy("Tingkat 2: belajar"),
    "L3": lazy("Tingkat 3: praktik di kelompok"),
    "L4": lazy("Tingkat 4: hasil pada keluarga"),
    "quality": lazy("Mutu data"),
    "context": lazy("Keadaan"),
    "roi": lazy("Biaya"),
}


class Counts(NamedTuple):
    """What is summed: two whole numbers, how many people stand behind them, how many facts were missing."""

    numerator: int = 0
    denominator: int = 0
    n_people: int = 0
    missing: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """The sums of both."""
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))


NOTHING = Counts()


@dataclass(frozen=True)
class Figure:
    """An indicator of one unit over a period: the months `first` to `last`, as known at `as_of`.

    `counted` is False for a month of which nothing at all is known: that is not the same as nothing due.
    """

    indicator: Indicator
    unit_id: int
    first: date
    last: date
    counts: Counts = NOTHING
    as_of: datetime | None = None
    counted: bool = True

    @property
    def state(self) -> str:
        """Whether a later release will count it, whether there is a figure, or why not: nothing is on record, of all
        that was due nothing is known, or nothing was due. No zero may say any of these."""
        if self.indicator.rilis > 1:
            return LATER
        if self.counts.denominator > 0:
            return SAID
        if not self.counted:
            return NO_RECORD
        return UNKNOWN if self.indicator.apart else NO_DUTY

    @property
    def apart(self) -> float | None:
        """The share of what could not be counted, in percent; None where missing facts are no part of a whole."""
        whole = self.counts.denominator + self.counts.missing
        return 100 * self.counts.missing / whole if self.indicator.apart and whole else None

    @property
    def value(self) -> float | None:
        """Numerator over denominator on the scale of the indicator; None where there is no figure."""
        if self.state != SAID:
            return None
        return self.counts.numerator / self.counts.denominator * self.indicator.scale
