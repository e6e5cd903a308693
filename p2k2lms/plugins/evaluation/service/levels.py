"""What certain people said of their training and of their families, for the page of a class or a centre."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.evaluation.queries import levels as read
from p2k2lms.plugins.evaluation.service.instruments import askable

REACTION, USEFUL = "reaksi", "R1"
ALUMNI, FAMILIES, APPLYING = "em-alumni", "A1", "G1"


@dataclass(frozen=True)
class Said:
    """How many were asked, and what those who answered said: yes or no, or a part of a whole of their own."""

    asked: int
    yes: tuple[bool, ...] = ()
    parts: tuple[tuple[float, float], ...] = ()


def found_useful(people: Collection[int], since: date) -> Said:
    """Whether the training was useful to these people: the upper two of five answers."""
    version = next((one for one in askable() if one.code == REACTION), None)
    if version is None or not people:
        return Said(0)
    top = getattr(version.instrument.question(USEFUL), "top", ())
    told = read.said(*_question(people, since)).get(REACTION, {})
    return Said(len(told), yes=tuple(one[USEFUL] in top for one in told.values() if USEFUL in one))


def applying(people: Collection[int], since: date) -> Said:
    """Of their families, how many these people say apply what they learned."""
    told = read.said(*_question(people, since)).get(ALUMNI, {}) if people else {}
    both = [(one[APPLYING], one[FAMILIES]) for one in told.values() if APPLYING in one and one.get(FAMILIES)]
    parts = tuple((float(part), float(whole)) for part, whole in both)
    return Said(len(told), parts=parts)


def ahead_of_said(people: Collection[int], since: date) -> list[Ahead]:
    """What both read, for a page that knows it will ask."""
    return [read.said.ahead(*_question(people, since))] if people else []


def _question(people: Collection[int], since: date) -> tuple[Any, ...]:
    return tuple(sorted(set(people))), (REACTION, ALUMNI), (USEFUL, FAMILIES, APPLYING), since
