"""The versions of a course for its authors: what differs between two, in words, and the way back to an earlier one."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import packing, queries
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.rules import structure_faults, wording
from p2k2lms.plugins.catalogue.service.authoring import load
from p2k2lms.plugins.catalogue.service.editing import said
from p2k2lms.plugins.catalogue.service.published import open_pack
from p2k2lms.plugins.catalogue.values.pack import OpenPack, VersionCard


@dataclass(frozen=True)
class CardChange:
    """A card that differs: new, gone (then without changes), or said otherwise."""

    step: str
    title: str
    kind: str
    changes: tuple[wording.Change, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What differs between two versions; `newer` is None for the drafts of today."""

    course: str
    older: VersionCard
    newer: VersionCard | None
    cards: tuple[CardChange, ...]
    rubric: tuple[CardChange, ...] = ()


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
    after = _drafted(course) if newer is None else open_pack(by_number[newer].id)
    before = open_pack(by_number[older].id)
    both = (tuple(_changes(before, after)), tuple(_observed(before, after)))
    return Difference(course, by_number[older], None if newer is None else by_number[newer], *both)


def changed_cards(older_id: int, newer_id: int) -> tuple[CardChange, ...]:
    """What a published version says otherwise than an earlier one, for those who teach or learn it: no drafts."""
    return tuple(_changes(open_pack(older_id), open_pack(newer_id)))


def _drafted(course: str) -> OpenPack:
    """The drafts as they would be published; Conflict while they cannot be."""
    draft, faults = read_course(course, queries.texts(course))
    if draft is None or faults or structure_faults(draft):
        raise Conflict(_("Naskah ini belum utuh. Benahi dulu yang ditandai, lalu bandingkan."))
    return OpenPack.model_validate_json(packing.pack(draft).open_part)


def _changes(before: OpenPack, after: OpenPack) -> Iterator[CardChange]:
    for name, card in after.cards.items():
        if name not in before.cards:
            yield CardChange(name, card.title, "new")
        elif card != before.cards[name]:
            told = wording.changes(said(before.cards[name]), said(card))
            yield CardChange(name, card.title, "changed", tuple(told))
    yield from (CardChange(name, card.title, "gone") for name, card in before.cards.items() if name not in after.cards)


def _observed(before: OpenPack, after: OpenPack) -> Iterator[CardChange]:
    """What the rubric says otherwise: each behaviour with its levels, and its examples in each sesi."""
    old, new = _behaviours(before), _behaviours(after)
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
    load(course, texts, queries.last_revision(course), actor)
