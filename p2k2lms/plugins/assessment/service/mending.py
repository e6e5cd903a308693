"""Marks finished tests again by the keys of a newer version; the old score stays beside the new one."""

from collections.abc import Mapping
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt
from p2k2lms.plugins.assessment.permissions import CHANGE_SCORE
from p2k2lms.plugins.assessment.service import bank, ending, frozen
from p2k2lms.plugins.assessment.values import Item
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments


def rescore(actor: Actor, angkatan_id: int, key_version_id: int) -> int:
    """Mark the tests of a class by the newest keys of its course; returns how many were marked anew.

    Older keys have been mended since: marked by them last, a paper would go back to a key known to be wrong.

    An item is marked by its newer key only where it still asks the same options; a paper none of whose
    keys has changed keeps its score, and what these keys have marked before is left alone.
    """
    with unit_of_work("assessment.rescore", actor, f"angkatan:{angkatan_id}:{key_version_id}") as uow:
        require(actor, CHANGE_SCORE, angkatan_id)
        angkatan, keys = enrolments.angkatan(angkatan_id), catalogue.version(key_version_id)
        if keys.course != angkatan.course:
            raise Conflict(_("Kunci ini milik kursus lain."))
        if keys.id != catalogue.latest(keys.course).id:
            raise NotFound("newest keys")
        kept = bank.freeze(uow, catalogue.items(key_version_id))
        bodies = queries.bodies(kept.values())
        newer = {name: (key, Item.thawed(bodies[key])) for name, key in kept.items()}
        members = [member.id for member in enrolments.members(angkatan_id)]
        return sum(_again(uow, actor, one, key_version_id, newer) for one in queries.finished_attempts(members))


def would_change(key_version_id: int, enrolment_ids: Any) -> bool:
    """True if the keys of this version, the newest, would mark a finished test of these enrolments, a SELECT, anew."""
    asked = frozen.items(queries.asked_before(key_version_id, enrolment_ids)).values()
    ids = {item.id for item in asked}
    newer = {item.id: bank.frozen(item) for item in catalogue.items(key_version_id) if item.id in ids} if ids else {}
    return any(_is_mended(item, newer[item.id]) for item in asked if item.id in newer)


def _is_mended(item: Item, new: Item) -> bool:
    """True if an item still asks the same and has another key."""
    return new.key != item.key and new.kind == item.kind and new.options == item.options


def _again(
    uow: UnitOfWork, actor: Actor, attempt: Attempt, key_version_id: int, newer: Mapping[str, tuple[int, Item]]
) -> bool:
    if queries.is_scored_by(attempt.id, key_version_id):
        return False
    found = queries.attempt_and_form(attempt.id)
    assert found is not None, "an attempt has a form"
    paper, mended = [], {}
    for row, item in frozen.paper_of(attempt):
        key = row.item_version_id
        new_key, new = newer.get(item.id, (key, item))
        changed = _is_mended(item, new)
        if changed:
            mended[key] = new_key
        paper.append((new if changed else item, row.value))
    if mended:
        keyed = ending.Keyed(key_version_id, tuple(paper), mended, actor.id)
        ending.add_score(uow, attempt, found[1], keyed)
    return bool(mended)
