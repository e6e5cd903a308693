"""Frozen items, kept ready in memory: what one hash names never changes, so it is read and unfolded once."""

from collections.abc import Collection
from typing import Any

from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt
from p2k2lms.plugins.assessment.values import Item

MOST = 5_000
Name = tuple[int, str]
"""The id of a frozen item and its hash: a database that was filled anew gives ids anew."""
_ready: dict[Name, Item] = {}


def item(name: Name) -> Item:
    """One frozen item."""
    return items([name])[name]


def items(names: Collection[Name]) -> dict[Name, Item]:
    """These frozen items, by name; those that are not ready are read in one query."""
    found = {name: ready for name in names if (ready := _ready.get(name)) is not None}
    if lacking := [name for name in names if name not in found]:
        bodies = queries.bodies(key for key, _hash in lacking)
        fresh = {name: Item.thawed(bodies[name[0]]) for name in lacking}
        if len(_ready) + len(fresh) > MOST:
            _ready.clear()
        _ready.update(fresh)
        found |= fresh
    return found


def paper_of(attempt: Attempt) -> list[tuple[Any, Item]]:
    """Each place of a paper with its answer, and the item as it was asked."""
    rows = queries.sheet(attempt)
    ready = items([(row.item_version_id, row.hash) for row in rows])
    return [(row, ready[row.item_version_id, row.hash]) for row in rows]
