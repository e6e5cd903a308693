"""Whom a wave asks, by its audience: people themselves, their supervisors, or interviewers of their families."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.values import NO_FAMILIES, NO_SUPERVISOR
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity

Asked = tuple[int, int, str]  # who answers, about whom, and which family of a roster
Homes = Mapping[int, int | None]  # the kabupaten of each


def everybody(_seed: str, homes: Homes) -> Iterable[int]:
    """A wave is about all its people."""
    return homes


def themselves(_seed: str, people: Collection[int]) -> Iterator[Asked]:
    """Each is asked about himself."""
    for person in people:
        yield person, person, ""


def supervisors(_seed: str, people: Collection[int]) -> Iterator[Asked]:
    """The supervisor of each, where there is one."""
    for person, supervisor in identity.supervisors_of(people, clock.today()).items():
        yield supervisor, person, ""


def interviewers(seed: str, people: Collection[int]) -> Iterator[Asked]:
    """Four families of each of these pendamping, by number alone: no name and no key of a family is kept."""
    bosses = identity.supervisors_of(people, clock.today())
    groups: dict[int, list[tuple[int, int]]] = {}
    for group in fieldwork.held_by(people):
        groups.setdefault(group.holder_id or 0, []).append((group.id, group.members))
    for person in sorted(people):
        drawn = asking.families(seed, person, groups.get(person, []))
        visits = asking.interviewers(person, bosses.get(person), len(drawn))
        for who, (place, number) in zip(visits, drawn, strict=True):
            yield who, person, f"{place}:{number}"


@dataclass(frozen=True)
class Audience:
    """About whom of its people a wave is, who answers about each, and what is lacking where nobody does."""

    asked: Callable[[str, Collection[int]], Iterator[Asked]]
    about: Callable[[str, Homes], Iterable[int]] = everybody
    lacks: str = ""


AUDIENCES = {
    "pendamping": Audience(themselves),
    "peserta": Audience(themselves),
    "atasan": Audience(supervisors, lacks=NO_SUPERVISOR),
    "pewawancara": Audience(interviewers, about=asking.some_of_each, lacks=NO_FAMILIES),
}
