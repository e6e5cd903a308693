"""What a phone takes along to observe without signal: whose sheets its owner may fill, and of which sesi."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching.permissions import READ_COACHING
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.service.observing import field_course
from p2k2lms.plugins.coaching.service.talking import people_of
from p2k2lms.plugins.coaching.values import PathCard, SheetKey, StageCard
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class Watched:
    """Somebody whose sheet the actor may fill, on a path (0 for none), with the sheets that are next."""

    person_id: int
    name: str
    own: bool
    path_id: int
    sheets: tuple[SheetKey, ...]


@dataclass(frozen=True)
class Along:
    """The people, and every sheet that some of them need."""

    people: tuple[Watched, ...]
    sheets: tuple[SheetKey, ...]


def along(actor: Actor) -> Along:
    """The own path and the people in one's care: on a path its next meetings, else every sesi for families."""
    require(actor, READ_COACHING)
    others = people_of(actor)
    paths = read.running_of([*others, actor.id or 0], clock.today())
    stages = read.stages_of([path.id for path in paths])
    names = identity.names(others)
    walking = [_on_path(actor, path, stages.get(path.id, ()), names) for path in paths]
    on_path = {one.person_id for one in walking}
    course = field_course() if len(others) > len(on_path - {actor.id}) else None
    taught = tuple(SheetKey(course.version_id, sesi.id) for sesi in course.sesi) if course else ()
    visited = [Watched(p, names[p], False, 0, taught) for p in others if p in names and p not in on_path and taught]
    people = (*walking, *sorted(visited, key=lambda one: one.name))
    return Along(people, tuple(dict.fromkeys(key for one in people for key in one.sheets)))


def _on_path(actor: Actor, path: PathCard, stages: Sequence[StageCard], names: dict[int, str]) -> Watched:
    written = {sesi.id for sesi in catalogue.outline(path.version_id).sesi.values() if sesi.written}
    keys = (SheetKey(path.version_id, sesi) for sesi in _next(stages) if sesi in written)
    return Watched(path.person_id, names.get(path.person_id, ""), path.person_id == actor.id, path.id, tuple(keys))


def _next(stages: Sequence[StageCard]) -> Iterable[str]:
    return (sesi for stage in rules.next_to_watch(stages) for sesi in stage.sesi)
