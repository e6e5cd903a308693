"""The ladder of readiness and the question of equivalence: facts in, rungs and conditions out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from p2k2lms.plugins.progress.values import Condition, Decision

CARDS, CHECK, PRACTICE = "kartu", "cek", "praktik"
RUNGS = (CARDS, CHECK, PRACTICE)
READY = len(RUNGS)
ENOUGH = 60  # percent of the points of a sheet that somebody else filled
SEEN_TWICE = 2  # so many sesi, observed and good enough, stand for the practice of every other
VERSION = 1


@dataclass(frozen=True)
class SesiFacts:
    """What is known of one sesi of one person: cards read, the best cek cepat, what was observed."""

    sesi: str
    read: int
    required: int
    check: int | None  # best percent; None while it was not taken
    has_check: bool
    observed: int | None  # best percent that somebody else saw


def practised(observed: Mapping[str, int | None]) -> frozenset[str]:
    """The sesi whose practice was seen and good enough; two of them stand for all."""
    good = {sesi for sesi, percent in observed.items() if percent is not None and percent >= ENOUGH}
    return frozenset(observed) if len(good) >= SEEN_TWICE else frozenset(good)


def met(facts: SesiFacts, pass_mark: int, practice: bool) -> tuple[str, ...]:
    """Which rungs of a sesi are reached, whatever their order."""
    cards = 0 < facts.required <= facts.read
    check = not facts.has_check or (facts.check is not None and facts.check >= pass_mark)
    return tuple(word for word, so in ((CARDS, cards), (CHECK, cards and check), (PRACTICE, practice)) if so)


def level(reached: Iterable[str]) -> int:
    """How high one stands: a rung counts only with all those below it."""
    have, height = set(reached), 0
    for rung in RUNGS:
        if rung not in have:
            break
        height += 1
    return height


def missing(reached: Iterable[str]) -> tuple[str, ...]:
    """The rungs that lack."""
    have = set(reached)
    return tuple(rung for rung in RUNGS if rung not in have)


@dataclass(frozen=True)
class PathFacts:
    """What is known of a finished path when somebody decides about it."""

    read: int
    required: int
    post: int | None
    observed: int  # sheets of others that are good enough
    asked: int  # meetings of the path that ask for one
    rungs: int
    sesi: int


def equivalence(facts: PathFacts, post_limit: int) -> Decision:
    """What speaks for "setara diklat", and what lacks; a widyaiswara decides."""
    conditions = (
        Condition("cards", facts.required, facts.read, 0 < facts.required <= facts.read),
        Condition("post_test", post_limit, facts.post, facts.post is not None and facts.post >= post_limit),
        Condition("observed", facts.asked, facts.observed, facts.observed >= facts.asked),
        Condition("rungs", facts.sesi, facts.rungs, facts.rungs >= facts.sesi),
    )
    return Decision(all(c.met for c in conditions), conditions)
