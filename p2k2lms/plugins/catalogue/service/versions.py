"""The versions of a course for its authors: what differs between two, in words, and the way back to an earlier one."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import packing, queries
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.rules import structure_faults, wording
from p2k2lms.plugins.catalogue.service.authoring import load
from p2k2lms.plugins.catalogue.service.editing import said
from p2k2lms.plugins.catalogue.service.published import published_both
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.pack import OpenPack, SealedPack, VersionCard
from p2k2lms.plugins.catalogue.words import heading, item_lines, rule_lines, scene_lines, sesi_lines

Both = tuple[OpenPack, SealedPack]


@dataclass(frozen=True)
class CardChange:
    """A card, a sesi, a scene, a behaviour or an item that differs: new, gone, or said otherwise, with its changes."""

    step: str
    title: str
    kind: str
    changes: tuple[wording.Change, ...] = ()


@dataclass(frozen=True)
class Reworded:
    """What is said otherwise to those who teach and learn: no item is among it."""

    cards: tuple[CardChange, ...] = ()
    sesi: tuple[CardChange, ...] = ()
    scenes: tuple[CardChange, ...] = ()
    rubric: tuple[CardChange, ...] = ()
    rules: tuple[wording.Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What differs between two versions; `newer` is None for the drafts of today.

    `sealed` is how many items of the tests differ that the reader may not read: they are counted and not told.
    """

    course: str
    older: VersionCard
    newer: VersionCard | None
    words: Reworded
    items: tuple[CardChange, ...]
    sealed: int


def versions(actor: Actor, course: str) -> list[tuple[VersionCard, bool]]:
    """Every version of a course, the newest first, and whether one can go back to it."""
    require(actor, LIST_DOCUMENTS, course)
    found = queries.versions(course)
    if not found and course not in queries.drafted_courses():
        raise NotFound(f"course {course}")
    return found


def difference(actor: Actor, course: str, older: int, newer: int | None = None) -> Difference:
    """What a version says otherwise than an earlier one, or the drafts otherwise than a version."""
    require(actor, LIST_DOCUMENTS, course)
    by_number = {version.number: version for version, _texts in queries.versions(course)}
    if older not in by_number or (newer is not None and newer not in by_number):
        raise NotFound(f"version {older} or {newer} of {course}")
    before = published_both(by_number[older].id)
    after = _drafted(course) if newer is None else published_both(by_number[newer].id)
    asked = list(_asked(before, after))
    told = [change for change, is_sealed in asked if not is_sealed or allowed(actor, CHANGE_DOCUMENT, course)]
    both = by_number[older], None if newer is None else by_number[newer]
    return Difference(course, *both, _reworded(before, after), tuple(told), len(asked) - len(told))


def reworded(older_id: int, newer_id: int) -> Reworded:
    """What a published version says otherwise than an earlier one, for those who teach or learn it: no drafts."""
    return _reworded(published_both(older_id), published_both(newer_id))


def _reworded(before: Both, after: Both) -> Reworded:
    return Reworded(
        cards=tuple(_changes(before[0], after[0])),
        sesi=tuple(_compared(_heads(before[0]), _heads(after[0]))),
        scenes=tuple(_compared(_scenes(before[0]), _scenes(after[0]))),
        rubric=tuple(_observed(before[0], after[0])),
        rules=tuple(wording.changes(_rules(before), _rules(after))),
    )


def changed_items(older_id: int, newer_id: int) -> Mapping[str, int]:
    """How many items are new, changed and gone, of practice and tests alike: none of them is told."""
    return Counter(change.kind for change, _sealed in _asked(published_both(older_id), published_both(newer_id)))


def _drafted(course: str) -> Both:
    """The drafts as they would be published; Conflict while they cannot be."""
    draft, faults = read_course(course, queries.texts(course))
    if draft is None or faults or structure_faults(draft):
        raise Conflict(_("Naskah ini belum utuh. Benahi dulu yang ditandai, lalu bandingkan."))
    packed = packing.pack(draft)
    return OpenPack.model_validate_json(packed.open_part), SealedPack.model_validate_json(packed.sealed_part)


def _changes(before: OpenPack, after: OpenPack) -> Iterator[CardChange]:
    for name, card in after.cards.items():
        if name not in before.cards:
            yield CardChange(name, card.title, "new")
        elif card != before.cards[name]:
            told = wording.changes(said(before.cards[name]), said(card))
            yield CardChange(name, card.title, "changed", tuple(told))
    yield from (CardChange(name, card.title, "gone") for name, card in before.cards.items() if name not in after.cards)


def _asked(before: Both, after: Both) -> Iterator[tuple[CardChange, bool]]:
    """What the items say otherwise, by their id, each with whether it is one of a test."""
    old, new = ({item.id: item for part in both for item in part.items} for both in (before, after))
    for name in sorted({*new, *old}):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        is_sealed = any(item is not None and item.sealed for item in (was, now))
        told = wording.changes(_lines(was, before[0]), _lines(now, after[0])) if was and now else []
        title = heading((now or old[name]).paragraphs[0])
        yield CardChange(name, title, "changed" if was and now else "new" if now else "gone", tuple(told)), is_sealed


def _lines(item: ItemDef, pack: OpenPack) -> list[str]:
    return item_lines(item, pack.objectives, {name: card.title for name, card in pack.cards.items()})


def _compared(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Iterator[CardChange]:
    """What is new, gone, or said in other lines; the first line is how a thing is called."""
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        if was and now and was != now:
            yield CardChange(name, now[0], "changed", tuple(wording.changes(was, now)))
        elif was != now:
            yield CardChange(name, (now or old[name])[0], "new" if now else "gone")


def _heads(pack: OpenPack) -> dict[str, list[str]]:
    return {name: sesi_lines(sheet, pack.objectives) for name, sheet in pack.sesi.items()}


def _scenes(pack: OpenPack) -> dict[str, list[str]]:
    called = {one.id: one.title for one in pack.rubric.behaviours} if pack.rubric else {}
    return {name: scene_lines(scene, called) for name, scene in pack.scenes.items()}


def _rules(both: Both) -> list[str]:
    return rule_lines(both[0].outline, both[0].completion, both[1].blueprint)


def _observed(before: OpenPack, after: OpenPack) -> Iterator[CardChange]:
    """What the rubric says otherwise: its order, each behaviour with its levels, and its examples in each sesi."""
    old, new = _behaviours(before), _behaviours(after)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        orders = ([said[0] for said in one.values()] for one in (old, new))
        yield CardChange("", _("Urutan perilaku"), "changed", tuple(wording.changes(*orders)))
    for name in dict.fromkeys([*new, *old]):
        if told := wording.changes(old.get(name, ()), new.get(name, ())):
            yield CardChange(name, (new.get(name) or old[name])[0], "changed", tuple(told))


def _behaviours(pack: OpenPack) -> dict[str, list[str]]:
    """What is said of each behaviour: its title, its levels, and its examples, each with the sesi that it is of."""
    found = {one.id: [one.title, *one.levels] for one in pack.rubric.behaviours} if pack.rubric else {}
    for sesi in pack.sesi.values():
        for name in sesi.examples.keys() & found.keys():
            found[name].append(f"{sesi.title}: {sesi.examples[name]}")
    return found


def roll_back(actor: Actor, course: str, number: int) -> None:
    """Make the drafts what they were when a version was published; they are then handed in and approved as ever."""
    require(actor, CHANGE_DOCUMENT, course)
    kept = queries.version_texts(course, number)
    if kept is None:
        raise NotFound(f"version {number} of {course}")
    texts: dict[str, str] = json.loads(zlib.decompress(kept))
    load(course, texts, queries.last_revision(course), actor, whole=True)
