"""Pure decisions about learning: the share that is done, what is open, where to go on."""

from collections.abc import Collection, Iterable
from datetime import datetime

from p2k2lms.plugins.catalogue.values import Outline, OutlineModul, OutlineSesi
from p2k2lms.plugins.delivery.values import ModulState, Place, PositionCard, SesiState, Share

ORDERED = "berurut"  # within a modul, a sesi opens when those before it are done; the other order is "bebas"


def share(required: Iterable[str], read: Collection[str]) -> Share:
    """How many of the distinct required cards have been read; other cards and repetitions do not count."""
    wanted = frozenset(required)
    return Share(len(wanted.intersection(read)), len(wanted))


def required_in(sesi: OutlineSesi) -> list[str]:
    """The required cards of a sesi."""
    return [step.id for step in sesi.steps if step.required]


def sesi_states(modul: OutlineModul, course: str, read: Collection[str], order: str = ORDERED) -> list[SesiState]:
    """Every sesi of a modul: its first card is open at birth, and what has been begun never shuts again."""
    states: list[SesiState] = []
    waits_for: Place | None = None
    missing = 0
    for sesi in modul.sesi:
        own = frozenset(step.id for step in sesi.steps).intersection(read)
        part = share(required_in(sesi), read)
        locked = order == ORDERED and waits_for is not None and not own
        left = sum(step.minutes for step in sesi.steps if step.id not in own)
        said = (waits_for, missing) if locked else (None, 0)
        states.append(SesiState(sesi, _sesi_state(sesi, own, part, locked), part, left, own, *said))
        if waits_for is None and part.done < part.required:
            waits_for, missing = _first_unread(course, sesi, read), part.required - part.done
    return states


def opens_after(modul: OutlineModul, order: str = ORDERED) -> dict[str, tuple[str, ...]]:
    """For each sesi those whose required cards open it: `sesi_states` as data, for a phone without signal.

    A sesi is locked while one of these cards is unread and no card of its own has been read.
    """
    found: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for sesi in modul.sesi:
        found[sesi.id] = before if order == ORDERED else ()
        if required_in(sesi):
            before = (*before, sesi.id)
    return found


def _sesi_state(sesi: OutlineSesi, own: Collection[str], part: Share, locked: bool) -> str:
    if not sesi.written or not sesi.steps:
        return "later"
    if locked:
        return "lock"
    if part.done == part.required and (part.required or len(own) == len(sesi.steps)):
        return "done"
    return "half" if own else "open"


def _first_unread(course: str, sesi: OutlineSesi, read: Collection[str]) -> Place | None:
    for number, step in enumerate(sesi.steps, 1):
        if step.required and step.id not in read:
            return Place(course, sesi, step, number)
    return None


def modul_states(outline: Outline, read: Collection[str], order: str = ORDERED) -> tuple[ModulState, ...]:
    """Every modul of a course with the states of its sesi."""
    found = []
    for modul in outline.modul:
        sesi = tuple(sesi_states(modul, outline.course, read, order))
        part = share((s for plan in modul.sesi for s in required_in(plan)), read)
        found.append(ModulState(modul, _modul_state(sesi, part), part, sesi))
    return tuple(found)


def _modul_state(sesi: Collection[SesiState], part: Share) -> str:
    if all(s.state == "later" for s in sesi):
        return "later"
    if part.done == part.required:
        return "done"
    return "half" if any(s.read for s in sesi) else "open"


def place_of(outline: Outline, step_id: str, scroll: float = 0.0) -> Place | None:
    """Where a card stands in this version; None if it is not in it."""
    if step_id not in outline.places:
        return None
    sesi = outline.sesi[outline.places[step_id][0]]
    number = next(n for n, step in enumerate(sesi.steps, 1) if step.id == step_id)
    return Place(outline.course, sesi, sesi.steps[number - 1], number, scroll)


def neighbour(outline: Outline, step_id: str, by: int) -> Place | None:
    """The card before (-1) or after (+1) in the order of the course."""
    there = outline.places[step_id][1] + by
    return place_of(outline, outline.steps[there]) if 0 <= there < len(outline.steps) else None


def sesi_of_scene(outline: Outline, scene_id: str) -> OutlineSesi | None:
    """The sesi that holds a role-play scene; None if it is not in this version."""
    return next((sesi for sesi in outline.sesi.values() if any(s.id == scene_id for s in sesi.scenes)), None)


def lock_on(outline: Outline, step_id: str, read: Collection[str], order: str = ORDERED) -> SesiState | None:
    """The state of the card's sesi when it is locked; None when the card may be read."""
    return sesi_lock(outline, outline.places[step_id][0], read, order)


def sesi_lock(outline: Outline, sesi_id: str, read: Collection[str], order: str = ORDERED) -> SesiState | None:
    """The state of a sesi when it is locked; None when it is open."""
    modul = next(m for m in outline.modul if any(s.id == sesi_id for s in m.sesi))
    states = sesi_states(modul, outline.course, read, order)
    return next((s for s in states if s.sesi.id == sesi_id and s.state == "lock"), None)


def resume(outline: Outline, read: Collection[str], last: PositionCard | None) -> Place | None:
    """Where to go on: the card left unread, else the next unread open one after it, else the first; None at the end."""
    if last is not None and last.step in outline.places and last.step not in read:
        return place_of(outline, last.step, last.scroll)
    locked = {s.sesi.id for m in modul_states(outline, read) for s in m.sesi if s.state == "lock"}
    unread = [s for s in outline.steps if s not in read and outline.places[s][0] not in locked]
    if not unread:
        return None
    from_here = outline.places[last.step][1] if last is not None and last.step in outline.places else -1
    after = [s for s in unread if outline.places[s][1] > from_here]
    return place_of(outline, (after or unread)[0])


def is_newer(told: datetime, kept: datetime | None) -> bool:
    """True if a position told for this instant replaces the one that is kept."""
    return kept is None or told >= kept
