"""Who of a unit is prepared, by which way, who waits and how long: for a koordinator and a supervisor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.once import once_per_page
from p2k2lms.plugins.coaching.permissions import LEADERS, LIST_COVERAGE
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules import coverage as rules
from p2k2lms.plugins.coaching.rules import paths as path_rules
from p2k2lms.plugins.coaching.values import PathCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PostedLine

MOST = 1000


@dataclass(frozen=True)
class WaitingPath:
    """A path that waits for a coach."""

    path: PathCard
    name: str
    waiting: path_rules.Waiting


@dataclass(frozen=True)
class Coverage:
    """One page for a koordinator: how many stand where, the wait, each unit, and the paths without a coach."""

    counts: dict[str, int]
    wait: rules.Wait | None
    units: dict[str, dict[str, int]]
    not_yet: tuple[tuple[int, str, int], ...]
    waiting: tuple[WaitingPath, ...]
    more: bool


def coverage(actor: Actor) -> Coverage:
    """The pendamping of the actor's units; many thousands are cut off and said so."""
    require(actor, LIST_COVERAGE)
    today = clock.today()
    posted = identity.posted(actor.paths(*LEADERS.split()), "pendamping", today, MOST)
    people = tuple(one.person_id for one in posted)
    names, homes = {one.person_id: one.name for one in posted}, {one.person_id: one.unit for one in posted}
    lines = _lines(posted)
    not_yet = sorted((line for line in lines if line.way == rules.NOT_YET), key=lambda line: line.since)
    return Coverage(
        counts=rules.counts(lines),
        wait=rules.wait(lines, today),
        units={unit: rules.counts(own) for unit, own in rules.by_unit(lines, homes).items()},
        not_yet=tuple((p.person_id, names.get(p.person_id, ""), (today - p.since).days) for p in not_yet[:50]),
        waiting=tuple(_waiting(_running(people), names)),
        more=len(people) == MOST,
    )


def _lines(posted: Sequence[PostedLine]) -> list[rules.Line]:
    people = tuple(one.person_id for one in posted)
    ways = enrolment.prepared_ways(people, clock.today())
    began = enrolment.began_on(people)
    walking = {path.person_id for path in _running(people)}
    found = []
    for one in posted:
        kind, _since = ways.get(one.person_id, ("", None))
        first, in_class = began.get(one.person_id, (None, False))
        way = rules.way_of(kind, one.person_id in walking, in_class)
        found.append(rules.Line(one.person_id, one.since, first, way))
    return found


@once_per_page
def _running(people: tuple[int, ...]) -> tuple[PathCard, ...]:
    return tuple(read.running_of(people, clock.today()))


def _waiting(paths: tuple[PathCard, ...], names: dict[int, str]) -> list[WaitingPath]:
    """The paths without a coach, the longest waiting first; that a supervisor is asked first is said by the days."""
    found = [(path, path_rules.waiting(path.asked_on, True, clock.today())) for path in paths]
    return [WaitingPath(path, names.get(path.person_id, ""), w) for path, w in found if w is not None]


def asked(actor: Actor) -> list[WaitingPath]:
    """The paths whose turn it is to be taken by the actor, with names."""
    found = asked_paths(actor)
    names = identity.names([one.path.person_id for one in found]) if found else {}
    return [replace(one, name=names.get(one.path.person_id, "")) for one in found]


@once_per_page
def asked_paths(actor: Actor) -> tuple[WaitingPath, ...]:
    """The same without names: a supervisor is asked at once, a koordinator after a while or where there is none."""
    today, units = clock.today(), actor.paths("koordinator")
    own = identity.supervised_by(actor.id or 0, today) if "supervisor" in actor.roles else []
    led = read.running_of(identity.posted_people(units, "pendamping", today), today) if units else ()
    guided = _running(tuple(own)) if own else ()
    waiting = _waiting((*guided, *(path for path in led if path.person_id not in own)), {})
    cared_for = identity.supervisors_of([w.path.person_id for w in waiting], today) if waiting else {}
    return tuple(
        w
        for w in waiting
        if w.path.person_id in own or path_rules.is_koordinators(w.waiting.days, w.path.person_id in cared_for)
    )
