"""Plain things of a test: the frozen item, the paper that a person sees, the score that others read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from p2k2lms.core.i18n import _, counted, lazy

PRE, POST, QUICK, PRACTICE, PING = PURPOSES = ("pre", "post", "cek", "latihan", "ping")
EXAMS = (PRE, POST)
"""The tests that count: what was known before, and whether it is enough after."""

SEALED = (*EXAMS, PING)
"""Purposes whose keys stay on the server until release; the others answer at once."""

OK, UNVERIFIED = TIMINGS = ("ok", "unverified")
"""Whether every answer of an attempt came in time, or some came later and wait for a widyaiswara to decide."""

IN_CLASS, ALONE, UNKNOWN = PLACES = ("kelas", "sendiri", "")
"""Where an attempt was begun: in the room of the class, on the own phone elsewhere, or before this was noted."""
PLACE_WORDS: dict[str, Any] = {IN_CLASS: lazy("di kelas"), ALONE: lazy("sendiri"), UNKNOWN: lazy("tidak diketahui")}

SCORES = "assessment.score"  # the mark of a month in which a post-test was marked, or marked again
Answer = Any
"""A read answer: an option id, a list of ids, or a mapping of ids; None is no answer."""


@dataclass(frozen=True)
class Choice:
    """Something to choose, to order or to match; its id comes from its text, never from its place."""

    id: str
    text: str
    why: str = ""


@dataclass(frozen=True)
class Item:
    """One item as it was frozen: what is asked, what is right, and why."""

    id: str
    kind: str
    objective: str
    stem: str
    choices: tuple[Choice, ...]
    targets: tuple[Choice, ...] = ()
    key: Answer = None
    why: str = ""
    reread: str = ""

    @property
    def options(self) -> frozenset[str]:
        """Everything that an answer may name: two items with the same options can be marked by one key."""
        return frozenset(choice.id for choice in self.choices + self.targets)

    @classmethod
    def thawed(cls, body: Mapping[str, Any]) -> "Item":
        """The item out of its stored body."""
        choices = {name: tuple(Choice(**one) for one in body[name]) for name in ("choices", "targets")}
        return cls(**{**body, **choices})


@dataclass(frozen=True)
class Paper:
    """One item as it is asked: no key, no mark, no explanation, options in the attempt's own order."""

    id: str
    kind: str
    stem: str
    choices: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """One line of a review: what was chosen or not, why, and where wanted the place or partner that is right.

    `state`: "hit" (right, and taken), "missed" (right, not taken), "false" (taken, not right), "left" (neither).
    """

    text: str
    state: str
    why: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Mark:
    """What a whole paper earned: points of a maximum, whole and per objective (points, max)."""

    points: float
    max: int
    objectives: Mapping[str, tuple[float, int]]


class ScoreCard(NamedTuple):
    """A score that other plugins read; `percent` is rounded down, so that 69.9 never passes for 70.

    What is not `verified` stands as a score, but in no statistics: answers that came too late wait for a decision.
    """

    points: float
    max: float
    percent: int
    passed: bool
    at: datetime
    verified: bool = True
    place: str = UNKNOWN


def are_apart(before: str, after: str) -> bool:
    """True where one test was sat in class and the other alone; of an unknown place nothing is said."""
    return UNKNOWN not in (before, after) and before != after


class Places(NamedTuple):
    """Where the tests after were sat, and how many people sat before and after in different places."""

    in_class: int
    alone: int
    unknown: int
    apart: int

    @property
    def sentence(self) -> str:
        """The same in words, without what nobody did."""
        counts = zip(PLACES, (self.in_class, self.alone, self.unknown), strict=True)
        said = ", ".join(f"{number} {PLACE_WORDS[place]}" for place, number in counts if number)
        if not said:
            return ""
        where = _("Tempat post-test: %(places)s.", places=said)
        if not self.apart:
            return where
        apart = counted("%(n)s orang beda tempat pada pre-test: kenaikannya jangan disamakan begitu saja.", self.apart)
        return f"{where} {apart}"


def places_of(pairs: Iterable[tuple[str, str]]) -> Places:
    """Of the places before and after of each person who sat the test after."""
    known = list(pairs)
    after = Counter(place for _before, place in known)
    return Places(after[IN_CLASS], after[ALONE], after[UNKNOWN], sum(are_apart(*pair) for pair in known))
