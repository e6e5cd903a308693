"""A plan as it is frozen: what is compared with what, over which months, and what would count as an effect."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.stats.study import Design

MET, SEEN, CAME, DOES, LEFT, LOAD = "L3-01", "L3-06", "L4-01", "L4-04", "L4-07", "L4-08"
OUTCOMES: dict[str, Any] = {
    MET: lazy("kelompok yang bertemu"),
    CAME: lazy("keluarga yang hadir"),
}
SECONDS: dict[str, Any] = OUTCOMES | {
    SEEN: lazy("mutu fasilitasi yang teramati"),
    DOES: lazy("keluarga yang menjalankan isi materi, menurut mereka"),
    LEFT: lazy("graduasi mandiri per 1.000 keluarga setahun"),
}
COLUMNS = {MET: "met", SEEN: "seen", CAME: "came", DOES: "does", LEFT: "left", LOAD: "load"}
"""Under which name the cube keeps each outcome; the last is moved by no training, so it is the placebo."""
LAGS = {LEFT: 12}
"""What takes so many months to show is looked at only from then on."""
RARE, HALF = frozenset({SEEN, DOES}), 6
"""What is known of few people in few months is compared by half-years; where nothing is known nothing is put in."""
STRATA: dict[str, Any] = {
    "": lazy("Tidak, semua sekaligus"),
    "load": lazy("Ya, menurut banyaknya keluarga dampingan"),
    "tenure": lazy("Ya, menurut lama bertugas"),
    "both": lazy("Ya, menurut keduanya"),
}
KINDS: dict[str, Any] = {"kelas": lazy("Kelas diklat"), "coaching": lazy("Jalur bimbingan yang selesai")}
SHORTEST, LONGEST = 9, 48
LEAST = 5


@dataclass(frozen=True)
class Plan:
    """What an evaluator lays down; months count from year 0, `last` 0 is the last whole month, whenever it is read.

    `anticipation` months before training may already feel it; the average takes in `reach` months from training on;
    `sesoi` is the smallest effect, in points, that would matter.
    """

    title: str
    unit: str
    kind: str
    outcome: str
    first: int
    last: int
    anticipation: int
    reach: int
    sesoi: float
    why: str
    strata: str = ""
    asked: tuple[str, ...] | None = None

    @property
    def design(self) -> Design:
        """The same for the engine."""
        return Design(self.anticipation, self.reach, LEAST)

    @property
    def seconds(self) -> list[str]:
        """The other outcomes, which are shown but decide nothing: as they were frozen, else all of today."""
        return [key for key in SECONDS if key != self.outcome] if self.asked is None else list(self.asked)

    def body(self) -> dict[str, Any]:
        """All that is frozen, with what no plan may choose: comparison, clusters, interval, placebo."""
        fixed: dict[str, Any] = {
            "comparison": "notyet",
            "cluster": "kabupaten",
            "level": 0.95,
            "placebo": LOAD,
            "least": LEAST,
        }
        fixed |= {"seconds": self.seconds, "correction": "holm"}
        chosen = {name: value for name, value in asdict(self).items() if name != "asked"}
        return chosen | fixed | {"form": 2}

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Plan":
        """The plan of a frozen body; one from before there were strata has none."""
        asked = tuple(body["seconds"]) if "seconds" in body else None
        return cls(**{name: body[name] for name in cls.__dataclass_fields__ if name in body}, asked=asked)


def sha_of(body: dict[str, Any]) -> str:
    """The hash of a body, in one spelling."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def number(year: int, month: int) -> int:
    """A month counted from year 0."""
    return 12 * year + month


def year_and_month(count: int) -> tuple[int, int]:
    """The same the other way round."""
    return (count - 1) // 12, (count - 1) % 12 + 1


def must_hold(plan: Plan, present: int) -> None:
    """Refuse a plan that could say nothing: unknown words, too few months, months that are still to come."""
    last = plan.last or present - 1
    wrong = {
        "title": (not plan.title.strip(), _("Beri nama.")),
        "kind": (plan.kind not in KINDS, _("Pilih salah satu.")),
        "outcome": (plan.outcome not in OUTCOMES, _("Pilih salah satu.")),
        "strata": (plan.strata not in STRATA, _("Pilih salah satu.")),
        "last": (last >= present, _("Bulan terakhir harus sudah selesai.")),
        "first": (
            not SHORTEST <= last - plan.first + 1 <= LONGEST,
            _("Perlu %(least)s sampai %(most)s bulan.", least=SHORTEST, most=LONGEST),
        ),
        "anticipation": (not 1 <= plan.anticipation <= 6, _("Isi 1 sampai 6 bulan.")),
        "reach": (not 1 <= plan.reach <= 24, _("Isi 1 sampai 24 bulan.")),
        "sesoi": (not 0.5 <= plan.sesoi <= 20, _("Isi 0,5 sampai 20 poin.")),
        "why": (len(plan.why.strip()) < 20, _("Tulis alasannya, paling sedikit satu kalimat.")),
    }
    for field, (is_wrong, said) in wrong.items():
        if is_wrong:
            raise Invalid(said, field)
